// HTML: the Nu HTML Checker and html-validate, on every page.

import { spawnSync } from "node:child_process";
import { filesOf } from "./sites.mjs";

// The Nu HTML Checker (npm vnu-jar, needs Java): no error and no warning. Its guess at a page's language is no fault: a
// page in one language may hold articles in another, each marked with its own.
export function nu(report, packages, folders) {
  const jar = packages.file("vnu-jar", "build/dist/vnu.jar");
  const args = ["-Xss2m", "-jar", jar, "--skip-non-html", "--format", "json", ...folders];
  const { stderr, error } = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  const messages = JSON.parse(stderr).messages.filter(({ type, message }) => type !== "info" || !message.includes("appears to be written in"));
  for (const { type, url, lastLine, message, extract } of messages) {
    report.fault(`Nu: ${type}: ${url}:${lastLine}: ${message} (${extract?.trim()})`);
  }
  report.figure("pages", folders.reduce((sum, folder) => sum + filesOf(folder, ".html").length, 0));
  report.figure("messages", messages.length);
}

// html-validate with its recommended rules, but for the two that are about taste.
export async function htmlValidate(report, packages, folders) {
  const { HtmlValidate, FileSystemConfigLoader } = packages.require("html-validate");
  const validator = new HtmlValidate(
    new FileSystemConfigLoader({
      root: true,
      extends: ["html-validate:recommended"],
      rules: {
        // Line ends and the case of `doctype` mean nothing to anybody.
        "no-trailing-whitespace": "off",
        "doctype-style": "off",
        // The words of a source may be long, and a headline is a headline.
        "long-title": "off",
        // HTML lets an id be a day: `2016-08-02`.
        "valid-id": ["error", { relaxed: true }],
        // `<button class="badge">` in no form submits nothing.
        "no-implicit-button-type": "off",
        // A table that scrolls inside itself has to be named and reached, and is no section of the text.
        "prefer-native-element": ["error", { exclude: ["group"] }],
      },
    }),
  );
  let errors = 0;
  for (const folder of folders) {
    for (const file of filesOf(folder, ".html")) {
      const { results } = await validator.validateFile(`${folder}/${file}`);
      for (const { line, message, ruleId } of results.flatMap((result) => result.messages)) {
        errors += 1;
        report.fault(`html-validate: ${folder}/${file}:${line}: ${message} [${ruleId}]`);
      }
    }
  }
  report.figure("errors", errors);
}
