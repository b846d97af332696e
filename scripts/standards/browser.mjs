// Pages in headless Chromium: axe, the strict policy, no other host, no script, no server, on paper.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filesOf } from "./sites.mjs";
import { serve } from "./server.mjs";

export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const launch = (packages) =>
  packages.require("playwright-core").chromium.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
  });

// One page of each kind, by the class of its body; the longest of its kind, as most can go wrong there.
export function kinds(folder) {
  const found = new Map();
  for (const file of filesOf(folder, ".html")) {
    const html = readFileSync(join(folder, file), "utf8");
    const kind = html.match(/<body class="([^"]*)"/)?.[1];
    if (!kind || kind === "redirect") continue;
    if (!found.has(kind) || found.get(kind).length < html.length) found.set(kind, { file, length: html.length });
  }
  return new Map([...found].map(([kind, { file }]) => [kind, file.replace(/index\.html$/, "")]));
}

const LOOKS = [
  { name: "light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "320 pixels", viewport: { width: 320, height: 640 }, colorScheme: "light" },
];

// Each kind of page in each look: no violation of WCAG 2.2 AA that axe knows, nothing that runs out of the window, no
// breach of the policy, no word on the console, no request that leaves the site.
export async function looks(report, packages, browser, folder) {
  const site = await serve(folder);
  const axe = readFileSync(packages.file("axe-core", "axe.min.js"), "utf8");
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const outside = new Set();
  let [rules, requests] = [0, 0];
  for (const { name, ...look } of LOOKS) {
    const context = await browser.newContext(look);
    for (const [kind, path] of kinds(folder)) {
      const page = await context.newPage();
      const said = (what) => report.fault(`${kind}, ${name}: ${what}`);
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && said(message.text()));
      page.on("pageerror", (error) => said(error));
      page.on("request", (request) => {
        requests += 1;
        if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) outside.add(request.url());
      });
      await page.addInitScript(() => {
        window.breaches = [];
        addEventListener("securitypolicyviolation", (it) => window.breaches.push(`${it.violatedDirective} ${it.blockedURI}`));
      });
      await page.goto(site.url + path, { waitUntil: "load" });
      for (const breach of await page.evaluate(() => window.breaches)) said(`a breach of the policy: ${breach}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) said(`the page is ${wide} pixels wider than the window`);
      const low = await page.evaluate(() => {
        const targets = [...document.querySelectorAll("button, summary, input:not([type=radio]), label:has([type=radio])")];
        const isLow = (it) => it.checkVisibility() && it.getBoundingClientRect().height < 24;
        return targets.filter(isLow).map((it) => it.outerHTML.slice(0, 80));
      });
      for (const what of new Set(low)) said(`a target lower than 24 pixels: ${what}`);
      // Through the protocol, which the policy of the page does not bind.
      await page.evaluate(axe);
      const result = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values }, rules: { "target-size": { enabled: true } } }), tags);
      rules += result.passes.length;
      for (const { id, help, nodes } of result.violations) {
        said(`axe: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")} (${nodes.length})`);
      }
      await page.close();
    }
    await context.close();
  }
  for (const url of outside) report.fault(`a request to another host: ${url}`);
  for (const path of site.missing) if (!path.endsWith("404.html")) report.fault(`asked for and not there: ${path}`);
  site.close();
  report.figure("kinds of page", [...kinds(folder).keys()].join(", "));
  report.figure("looks at them", `${kinds(folder).size * LOOKS.length}, ${rules} rules passed, ${requests} requests`);
}

// Without JavaScript: every page is reached by links from the first one, and has the same words as with it.
export async function withoutScript(report, browser, folder) {
  const site = await serve(folder);
  const [plain, scripted] = await Promise.all([false, true].map((javaScriptEnabled) => browser.newContext({ javaScriptEnabled })));
  const reached = new Set();
  const waiting = [site.url];
  const page = await plain.newPage();
  while (waiting.length > 0) {
    const url = waiting.pop();
    if (reached.has(url)) continue;
    reached.add(url);
    const answer = await page.goto(url, { waitUntil: "domcontentloaded" });
    if (!/html/.test(answer.headers()["content-type"])) continue;
    // Those of a drawing, too.
    const links = await page.$$eval("a[href]", (all) => all.map((a) => new URL(a.getAttribute("href"), a.baseURI).href));
    for (const link of links.map((it) => it.replace(/#.*/s, ""))) {
      if (link.startsWith(site.url) && /(\/|\.html)(\?|$)/.test(link)) waiting.push(link.replace(/\?.*/s, ""));
    }
  }
  for (const file of filesOf(folder, ".html")) {
    const redirects = /http-equiv="refresh"/.test(readFileSync(join(folder, file), "utf8"));
    const url = site.url + file.replace(/index\.html$/, "");
    if (!reached.has(url) && file !== "404.html" && !redirects) report.fault(`no link leads to ${file}`);
  }
  const words = async (context, url) => {
    const tab = await context.newPage();
    await tab.goto(url);
    const text = await tab.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " "));
    await tab.close();
    return text;
  };
  for (const [kind, path] of kinds(folder)) {
    const [without, withIt] = await Promise.all([plain, scripted].map((context) => words(context, site.url + path)));
    const lost = withIt.split(" ").length - without.split(" ").length;
    // A search that only scripts can do may say more with them; nothing else may.
    if (lost > 40 || without.length < 20) report.fault(`${kind}: ${lost} words are read with JavaScript only`);
  }
  await Promise.all([plain.close(), scripted.close()]);
  for (const path of site.missing) if (path !== "/a/sub/path/404.html") report.fault(`a link leads to nothing: ${path}`);
  site.close();
  report.figure("pages reached", reached.size);
}

// From a folder, without a server: styles are there, and links lead to files.
export async function fromFile(report, browser, folder) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => report.fault(`from a folder: ${error}`));
  page.on("console", (message) => message.type() === "error" && report.fault(`from a folder: ${message.text()}`));
  let followed = 0;
  for (const [kind, path] of kinds(folder)) {
    if (kind === "not_found") continue;
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    await page.goto(pathToFileURL(join(folder, file)).href);
    const styled = await page.evaluate(() => getComputedStyle(document.body).fontFamily.includes("Dateline"));
    if (!styled) report.fault(`from a folder: ${kind} has no style`);
    const links = await page.$$eval("a[href]", (all) => all.map((a) => String(a.href.baseVal ?? a.href)));
    for (const link of new Set(links.filter((it) => it.startsWith("file:")).map((it) => it.replace(/[#?].*/s, "")))) {
      followed += 1;
      const there = filesThere(link);
      if (!there) report.fault(`from a folder: ${kind} links to ${link}`);
    }
  }
  await context.close();
  report.figure("links from a folder", followed);
}

const filesThere = (url) => {
  try {
    readFileSync(new URL(url));
    return true;
  } catch {
    return false;
  }
};

// On paper: an attack and the timeline as PDF have every word of the page and the addresses of their links.
export async function onPaper(report, packages, browser, folder, wanted) {
  const site = await serve(folder);
  const context = await browser.newContext();
  for (const kind of wanted) {
    const page = await context.newPage();
    await page.goto(site.url + kinds(folder).get(kind));
    const { words, outward, inward } = await page.evaluate(() => ({
      // What leads about on a screen, and labels that show on pointing, are nothing on paper.
      words: (() => {
        const main = document.querySelector("main").cloneNode(true);
        for (const element of main.querySelectorAll("nav, .skip-pictures, svg title")) element.remove();
        // What stands in two elements is two words.
        const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
        let text = "";
        while (texts.nextNode()) text += ` ${texts.currentNode.data}`;
        return text.match(/[\p{L}\p{N}]{4,}/gu);
      })(),
      outward: [...document.querySelectorAll('main a[rel~="external"]')].map((a) => a.href),
      inward: [...document.querySelectorAll('main a:not([rel~="external"], [href^="#"], nav a, svg a)')]
        .map((a) => new URL(a.href))
        .map(({ hostname, pathname, hash }) => {
          const root = new URL(".", document.querySelector('link[rel="icon"]').href).pathname;
          return (document.body.dataset.site ? hostname + pathname : pathname.slice(root.length)) + hash;
        }),
    }));
    const pdf = await page.pdf({ format: "A4" });
    const { text, pages } = await textOf(packages, pdf);
    const bare = text.replace(/[\s\u00ad-]+/g, "");
    const small = bare.toLowerCase(); // A style may write a capital.
    const lost = [...new Set(words)].filter((word) => !small.includes(word.toLowerCase()));
    if (lost.length > 0) report.fault(`on paper, ${kind} lacks ${lost.length} words: ${lost.slice(0, 12).join(", ")}`);
    const silent = outward.filter((href) => !bare.includes(href.replace(/#:~:text.*/s, "").replace(/[\s-]+/g, "").slice(0, 40)));
    if (silent.length > 0) report.fault(`on paper, ${kind} does not write ${silent.length} addresses: ${silent.slice(0, 3).join(", ")}`);
    const untold = [...new Set(inward)].filter((address) => !bare.includes(address.replace(/-/g, "")));
    if (untold.length > 0) report.fault(`on paper, ${kind} does not write ${untold.length} addresses of the site: ${untold.slice(0, 3).join(", ")}`);
    report.figure(`${kind} on paper`, `${pages} pages, ${new Set(words).size} words, ${outward.length + inward.length} addresses`);
    await page.close();
  }
  await context.close();
  site.close();
}

async function textOf(packages, pdf) {
  const { getDocument } = await packages.import("pdfjs-dist/legacy/build/pdf.mjs");
  const paper = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  let text = "";
  for (let number = 1; number <= paper.numPages; number++) {
    const { items } = await (await paper.getPage(number)).getTextContent();
    text += items.map(({ str }) => str).join("");
  }
  return { text: text.normalize("NFKC"), pages: paper.numPages };
}
