// What a reader's browser has to fetch, compressed where a server would.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { filesOf } from "./sites.mjs";

export function sizes(report, folder, long) {
  const bytes = (file) => readFileSync(join(folder, file));
  const packed = (file) => gzipSync(bytes(file), { level: 9 }).length / 1000;
  const sum = (files) => Number(files.reduce((all, file) => all + packed(file), 0).toFixed(1));
  const timeline = readFileSync(join(long, "timeline/index.html"));
  const attacks = timeline.toString().match(/data-attack="[^"]*"/g) ?? [];
  if (new Set(attacks).size < 450) report.fault(`the long timeline has only ${new Set(attacks).size} attacks`);
  report.atMost(`HTML of a timeline of ${new Set(attacks).size} attacks`, Math.round(timeline.length / 1000), 300, "kB");
  report.atMost("CSS, compressed", sum(filesOf(folder, ".css").filter((file) => !file.includes("pagefind"))), 15, "kB");
  const scripts = filesOf(folder, ".js").filter((file) => !/pagefind|search/.test(file));
  report.atMost("JavaScript before search, compressed", sum(scripts), 20, "kB");
  const fonts = filesOf(folder, ".woff2").reduce((all, file) => all + bytes(file).length, 0);
  report.atMost("fonts", Math.round(fonts / 1000), 120, "kB");
}
