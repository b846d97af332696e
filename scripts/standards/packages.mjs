// The npm packages that the checks need, from wherever they were installed.

import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// `folder` holds `node_modules`.
export function packagesIn(folder) {
  const modules = resolve(folder, "node_modules");
  if (!existsSync(modules)) {
    throw new Error(`no packages in ${folder}: copy scripts/standards/package.json there and run \`npm install\``);
  }
  const require = createRequire(join(modules, "x.js"));
  return {
    require,
    file: (name, path) => join(modules, name, path),
    import: (name) => import(pathToFileURL(require.resolve(name)).href),
  };
}
