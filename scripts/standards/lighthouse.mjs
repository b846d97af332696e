// Lighthouse on the pages that matter most: performance at least 95, everything else 100.
//
//     node scripts/standards/lighthouse.mjs target/debug/dateline target/standards
//
// Uses the sites that `main.mjs` built. On a busy machine the performance says little: run it again on a quiet one.

import { join, resolve } from "node:path";
import { chromium, kinds } from "./browser.mjs";
import { packagesIn } from "./packages.mjs";
import { Report } from "./report.mjs";
import { serve } from "./server.mjs";

const installed = resolve(process.argv[3] ?? process.argv[2]);
const packages = packagesIn(installed);
const report = new Report();
const own = join(installed, "sites/own");
const long = join(installed, "sites/long/public");
const found = kinds(own);
const PAGES = [
  ["home", own, ""],
  ["article", own, found.get("article")],
  ["timeline of 500 attacks", long, "timeline/"],
  ["expert", own, found.get("expert")],
  ["search", own, "search/"],
];
const BOUNDS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

const lighthouse = (await packages.import("lighthouse")).default;
const { launch } = await packages.import("chrome-launcher");
const chrome = await launch({
  chromePath: chromium,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"],
});
for (const [name, folder, path] of PAGES) {
  await report.step(name, async () => {
    const site = await serve(folder);
    const { lhr } = await lighthouse(site.url + path, { port: chrome.port, logLevel: "error", onlyCategories: Object.keys(BOUNDS) });
    for (const [category, least] of Object.entries(BOUNDS)) {
      const score = Math.round((lhr.categories[category].score ?? 0) * 100);
      report.figure(category, score);
      if (score >= least) continue;
      const refs = lhr.categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9);
      report.fault(`${name}: ${category} ${score}: ${refs.map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`).join(", ")}`);
    }
    site.close();
  });
}
await chrome.kill();
report.end();
