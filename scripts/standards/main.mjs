// Holds the sites that the program builds against the standards that their pages must meet, and prints figures.
//
//     mkdir -p target/standards && cp scripts/standards/package.json target/standards/
//     npm install --prefix target/standards
//     node scripts/standards/main.mjs target/debug/dateline target/standards
//
// Needs Node 20, Java 17 and Chromium (`CHROMIUM`, else /usr/bin/chromium). `lighthouse.mjs` beside it is a command of
// its own, as it takes minutes.

import { rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fromFile, launch, looks, onPaper, withoutScript } from "./browser.mjs";
import { data } from "./data.mjs";
import { htmlValidate, nu } from "./markup.mjs";
import { packagesIn } from "./packages.mjs";
import { Report } from "./report.mjs";
import { narrowing, searching } from "./scripts.mjs";
import { build, fixtures, foreign, invent } from "./sites.mjs";
import { sizes } from "./sizes.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [program, installed] = process.argv.slice(2, 4).map((path) => resolve(path));
const packages = packagesIn(installed);
const report = new Report();
const work = join(installed, "sites");
rmSync(work, { recursive: true, force: true });

const own = join(work, "own");
const long = join(work, "long/public");
const paged = join(work, "paged/public");
let built = [own];
await report.step("sites are built", () => {
  // Its page for what is not found links from the root of the host.
  build(program, repository, own, ["--base-url", "http://127.0.0.1/a/sub/path/"]);
  invent(join(work, "long"), 500);
  build(program, join(work, "long"), long);
  invent(join(work, "paged"), 130, "[lists]\nattacks_per_page = 50\n");
  foreign(join(work, "paged"));
  build(program, join(work, "paged"), paged);
  const small = fixtures(repository).map((root) => build(program, root, join(work, "fixtures", basename(root))));
  built = [own, ...small];
  report.figure("sites", built.length + 2);
});
await report.step("HTML: the Nu HTML Checker", () => nu(report, packages, built));
await report.step("HTML: html-validate", () => htmlValidate(report, packages, built));
await report.step("feeds and data", () => data(report, packages, own));
await report.step("sizes", () => sizes(report, own, long));
const browser = await launch(packages);
await report.step("axe, policy and requests", () => looks(report, packages, browser, own));
await report.step("without JavaScript", () => withoutScript(report, browser, own));
await report.step("from a folder", () => fromFile(report, browser, own));
await report.step("narrowing the timeline", () => narrowing(report, browser, paged));
await report.step("searching", () => searching(report, browser, paged));
await report.step("on paper", async () => {
  await onPaper(report, packages, browser, own, ["attack", "timeline"]);
  // Its articles have addresses, which paper has to write out.
  await onPaper(report, packages, browser, long, ["attack"]);
});
await browser.close();
report.end();
