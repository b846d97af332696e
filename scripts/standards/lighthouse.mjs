// Lighthouse on the pages that matter most: performance at least 95, everything else 100.
//
//     node scripts/standards/lighthouse.mjs target/debug/dateline target/standards
//
// Uses the sites that `main.mjs` built. Whatever else the machine does only lowers the performance: a page that falls
// short is measured again, three times at most, and its best counts.

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
const MOST_RUNS = 3;
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
    const options = { port: chrome.port, logLevel: "error", onlyCategories: Object.keys(BOUNDS) };
    const performance = ({ categories }) => Math.round((categories.performance.score ?? 0) * 100);
    let { lhr } = await lighthouse(site.url + path, options);
    for (let runs = 1; runs < MOST_RUNS && performance(lhr) < BOUNDS.performance; runs++) {
      report.figure("performance, to be measured again", performance(lhr));
      const again = (await lighthouse(site.url + path, options)).lhr;
      if (performance(again) > performance(lhr)) lhr = again;
    }
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
