// Edits a site that is being served and looks at it in headless Chromium: does each edit arrive, without a reload where
// none is promised, and does a fault come and go?
//
//     node scripts/preview_in_browser.mjs target/debug/dateline [chromium]
//
// Needs Node 22 (or 20 with --experimental-websocket) and Chromium; speaks the Chrome DevTools protocol.

import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program, browser = "chromium"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "dateline-browser-"));
const site = join(folder, "site");
const children = [];

const write = (path, text) => {
  mkdirSync(join(site, path, ".."), { recursive: true });
  writeFileSync(join(site, path), text);
};

// Starts a program and waits for a line of its messages that `pattern` fits.
const started = (command, args, pattern) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    children.push(child);
    let text = "";
    child.stderr.on("data", (piece) => {
      text += piece;
      const found = text.match(pattern);
      if (found) resolve(found[1]);
    });
    child.on("exit", () => reject(new Error(`${command} ended: ${text}`)));
  });

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

const article = (words) =>
  "Title: A market in Bilbao\nDate: 2021-06-06\n\nA bomb killed three people at the market in Bilbao on Friday.\n\n" +
  "“We had no warning,” said Ada Example, a lecturer at the Marlow Institute.\n\n" +
  "The square was quiet. ".repeat(400) + `\n\n${words}\n`;

async function main() {
  write("site.toml", 'title = "Seen"\n');
  write("content/articles/market.txt", article("The first words."));
  write("static/own.css", "body { --own: 1 }\n");
  const extended = (words) =>
    `{% extends "theme/article.html" %}{% block main %}<details><summary>More</summary>${words}</details>` +
    '<input id="field"><link rel="stylesheet" href="{{ page.root }}own.css">{{ super() }}{% endblock main %}\n';
  write("templates/article.html", extended("old template"));

  const url = await started(program, ["-r", site, "serve", "-p", "0"], /(http:\/\/[\d.:]+)\//);
  const endpoint = await started(
    browser,
    ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", `--user-data-dir=${folder}/profile`],
    /DevTools listening on ws:\/\/([\d.:]+)/,
  );
  const target = await fetch(`http://${endpoint}/json/new?about:blank`, { method: "PUT" }).then((it) => it.json());
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const waiting = new Map();
  socket.addEventListener("message", ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    waiting.get(id)?.(result ?? error);
  });
  let calls = 0;
  const call = (method, params) =>
    new Promise((resolve) => {
      waiting.set(++calls, resolve);
      socket.send(JSON.stringify({ id: calls, method, params }));
    });
  const evaluate = async (expression) => {
    const answer = await call("Runtime.evaluate", { expression, returnByValue: true });
    return answer.result?.value;
  };
  const until = async (what, expression) => {
    const begun = Date.now();
    while (!(await evaluate(expression))) {
      if (Date.now() - begun > 30_000) throw new Error(`never seen: ${what}`);
      await pause(20);
    }
    console.log(`seen: ${what}, after ${Date.now() - begun} ms`);
  };
  const has = (words) => `document.body.innerText.includes(${JSON.stringify(words)})`;
  const held = async (what, expression) => {
    if (!(await evaluate(expression))) {
      const now = await evaluate("JSON.stringify([window.mark, document.querySelector(\"details\")?.open, scrollY, document.activeElement.id, document.activeElement.value])");
      throw new Error(`not kept: ${what}: ${now}`);
    }
    console.log(`kept: ${what}`);
  };

  await pause(500);
  await call("Page.navigate", { url: `${url}/articles/market/` });
  await until("the article", has("The first words."));
  await pause(500);
  await evaluate(`window.mark = 1; document.querySelector("details").open = true; scrollTo({ top: 300, behavior: "instant" });
    document.querySelector("#field").focus({ preventScroll: true }); document.querySelector("#field").value = "typed"`);

  write("content/articles/market.txt", article("The second words."));
  await until("an edit of the article", has("The second words."));
  const all = 'window.mark === 1 && document.querySelector("details").open && Math.abs(scrollY - 300) < 3';
  const field = 'document.activeElement.id === "field" && document.activeElement.value === "typed"';
  await held("scroll position, what was opened, focus and what was typed", `${all} && ${field}`);

  write("static/own.css", "body { --own: 2 }\n");
  await until("an edit of a stylesheet", 'getComputedStyle(document.body).getPropertyValue("--own").trim() === "2"');
  await held("the page", all);

  write("templates/article.html", extended("new template"));
  await until("an edit of a template", has("new template"));
  await held("the page", all);

  write("content/about.md", "# About\n\nAnother page.\n");
  await pause(1000);
  await held("the page, when another one came", all);

  write("templates/article.html", "{{ page.nothing.of.the.kind }}");
  const fault = 'document.querySelector("dateline-fault")?.shadowRoot.textContent.includes("templates/article.html")';
  await until("a fault", fault);
  await held("the last good page", has("The second words."));
  write("templates/article.html", extended("mended template"));
  await until("the mended template", has("mended template"));
  await until("that the fault is gone", 'document.querySelector("dateline-fault") === null');
  await held("the page", all);

  const shooting = (words) => `Title: A street in Lyon\nDate: 2020-03-04\n\n${words} people were shot dead in Lyon on 2 March 2020.\n`;
  write("content/articles/street.txt", shooting("Two"));
  await pause(500);
  await call("Page.navigate", { url: `${url}/timeline/#type=shooting` });
  const shown = (words) =>
    `[...document.querySelectorAll(".rail > li:not([hidden])")].map((it) => it.innerText).join().includes("${words}")`;
  const one = 'document.querySelectorAll(".rail > li:not([hidden])").length === 1';
  await until("a timeline that is narrowed", `${one} && ${shown("Killed\u00a02")}`);
  await evaluate("window.mark = 1");
  write("content/articles/street.txt", shooting("Five"));
  await until("an edit of what is shown", shown("Killed\u00a05"));
  await held("what the timeline is narrowed to", `window.mark === 1 && ${one} && document.querySelectorAll(".narrowed").length === 1`);
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const child of children) {
    child.removeAllListeners("exit");
    child.kill();
  }
  // The browser's own processes write to its profile for a while after it was told to end.
  for (let tries = 1; tries <= 50; tries += 1) {
    await pause(200);
    try {
      rmSync(folder, { recursive: true, force: true });
      break;
    } catch (error) {
      if (tries === 50) console.error(`cannot delete ${folder}: ${error.message}`);
    }
  }
  process.exit();
}
