// Serves a folder below a path of its own, as a careful host would: with a policy that lets in nothing but the site
// itself. Only on loopback.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

// The strict policy that pages must live with.
export const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".geojson": "application/geo+json",
  ".ics": "text/calendar; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

// Resolves to { url, missing, close }: `url` ends in `path`, `missing` collects what was asked for and is not there.
export async function serve(folder, path = "/a/sub/path/", policy = POLICY) {
  const missing = new Set();
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = asked.startsWith(path) ? normalize(asked.slice(path.length)) : undefined;
    let file = inside === undefined || inside.startsWith("..") ? undefined : join(folder, inside);
    if (file && (asked.endsWith("/") || (await isFolder(file)))) file = join(file, "index.html");
    let status = 200;
    let body = file && (await readFile(file).catch(() => undefined));
    if (body === undefined) {
      missing.add(asked);
      status = 404;
      file = join(folder, "404.html");
      body = await readFile(file).catch(() => Buffer.from("nothing here"));
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = {
      "content-type": type,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "cache-control": "max-age=31536000",
    };
    const packed = /text|json|xml|svg/.test(type) && /gzip/.test(request.headers["accept-encoding"] ?? "");
    if (packed) headers["content-encoding"] = "gzip";
    response.writeHead(status, headers);
    response.end(packed ? gzipSync(body) : body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  return { url, missing, close: () => server.close() };
}

const isFolder = (file) => stat(file).then((it) => it.isDirectory(), () => false);
