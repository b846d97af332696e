// The sites that are looked at: the repository's own, the fixtures, and one of 500 invented attacks.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Every file below `folder` whose name ends in `ending`, as paths relative to it, in order.
export function filesOf(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending))
    .sort();
}

// Builds the site at `root` into `output`.
export function build(program, root, output, more = []) {
  execFileSync(program, ["-q", "--root", root, "build", "--no-cache", "--output-dir", output, ...more], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return output;
}

// The fixture sites that have no faults, and those of the recipes.
export function fixtures(repository) {
  const folder = join(repository, "tests/sites");
  const sites = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return sites.map(({ name }) => name).filter((name) => !name.startsWith("bad-")).sort().map((name) => join(folder, name));
}

const TOWNS = ["Oslo", "Madrid", "Lima", "Nairobi", "Manchester", "Quetta", "Bogotá", "Lyon", "Osaka", "Perth"];
const MONTHS = "January February March April May June July August September October November December".split(" ");
const DEEDS = [
  (town, day, killed, injured) => `A bomb exploded at a market in ${town} on ${day}, killing ${killed} people and injuring ${injured}.`,
  (town, day, killed, injured) => `Gunmen opened fire on a bus station in ${town} on ${day}, killing at least ${killed} people and injuring more than ${injured}.`,
  (town, day, killed) => `A man with a knife attacked people at a railway station in ${town} on ${day}. ${killed} people were killed.`,
];

// Writes a site of `count` articles, each of one attack that never took place and one expert who does not exist.
export function invent(root, count, settings = "") {
  mkdirSync(join(root, "content/articles"), { recursive: true });
  writeFileSync(join(root, "site.toml"), 'title = "Five hundred invented attacks"\ndescription = "None of them took place."\n' + settings);
  for (let at = 0; at < count; at++) {
    const town = TOWNS[at % TOWNS.length];
    const [year, month, day] = [1980 + (at % 45), at % 12, 1 + ((at * 7 + Math.floor(at / 180) * 9) % 28)];
    const deed = DEEDS[at % DEEDS.length](town, `${day} ${MONTHS[month]} ${year}`, 2 + ((at * 13) % 90), 3 + ((at * 17) % 200));
    const name = `Aster${at % 40} Quill`.replace(/\d+/, (it) => "abcdefghijklmnopqrstuvwxyz"[it % 26] + (it > 25 ? "el" : "an"));
    const published = `${year}-${String(month + 1).padStart(2, "0")}-${String(Math.min(day + 1, 28)).padStart(2, "0")}`;
    const text =
      `Title: Attack number ${at + 1} in ${town}\nDate: ${published}\nSource: The Invented Courier\nURL: https://example.org/${at}\n\n` +
      `${deed}\n\n“The ${at + 1}th time is one too many,” said Dr ${name}, a senior researcher at the Marlow Institute.\n`;
    writeFileSync(join(root, `content/articles/attack-${String(at).padStart(3, "0")}.txt`), text);
  }
  return root;
}

// Adds articles in scripts that set no words apart, or write short words to the front of others.
export function foreign(root) {
  const articles = [
    ["tokyo", "ja", "東京で爆発、3人死亡", "市場で爆発があった。"],
    ["bangkok", "th", "เกิดระเบิดในตลาดกรุงเทพ", "ตำรวจกล่าว"],
    ["beirut", "ar", "التفجير في بيروت", "قالت الشرطة."],
  ];
  for (const [name, language, title, text] of articles) {
    const head = `Title: ${title}\nDate: 2021-06-08\nSource: The Invented Courier\nLanguage: ${language}\n\n`;
    writeFileSync(join(root, `content/articles/${name}.txt`), `${head}${text}\n`);
  }
}
