// What pages do better with a script: the timeline is narrowed in place, and search finds words of every script.

import { serve } from "./server.mjs";

// On a timeline of several pages, and on one that is narrowed already, choices are combined in place and kept in the
// address; what is shown is what the attacks' attributes say. Taken back, the page is as it was.
export async function narrowing(report, browser, folder) {
  const site = await serve(folder);
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => report.fault(`narrowing: ${error}`));
  const choose = async (kind, value) => {
    await page.evaluate(([kind, value]) => {
      document.querySelector(`[data-filter="${kind}"] a[data-value="${value}"]`).click();
    }, [kind, value]);
    await page.waitForFunction(() => / \/ /.test(document.querySelector(".narrowed")?.textContent ?? ""));
  };
  const seen = () =>
    page.evaluate(() => {
      const shown = [...document.querySelectorAll(".year li[data-attack]")].filter((entry) => entry.checkVisibility());
      return {
        ids: shown.map((entry) => entry.dataset.attack),
        types: [...new Set(shown.map((entry) => entry.dataset.type))],
        countries: [...new Set(shown.map((entry) => entry.dataset.country))],
        years: [...new Set(shown.map((entry) => entry.closest(".year").querySelector("h2").textContent))],
        links: shown.map((entry) => entry.querySelector("h3 a").href),
        told: document.querySelector(".narrowed").textContent,
        hash: location.hash,
        pages: document.querySelector("nav.pages")?.checkVisibility() ?? false,
      };
    });
  const expect = (what, is) => is || report.fault(`narrowing: ${what}`);

  let combined = 0;
  for (const start of ["timeline/", "timeline/page/2/"]) {
    await page.goto(site.url + start);
    const before = await seen();
    expect(`${start}: one page of several is shown at first`, before.pages && before.ids.length <= 50);
    const year = await page.evaluate(() => document.querySelector('[data-filter="year"] a').dataset.value);
    await choose("country", "peru");
    const peru = await seen();
    expect(`${start}: all attacks in Peru, of every page (${peru.ids.length})`, peru.ids.length === 13 && `${peru.countries}` === "peru");
    expect(`${start}: no attack twice`, new Set(peru.ids).size === peru.ids.length);
    expect(`${start}: pages of the whole list are put away`, !peru.pages);
    await choose("type", "bombing");
    const bombings = await seen();
    expect(`${start}: bombings in Peru (${bombings.ids.length})`, bombings.ids.length > 0 && bombings.ids.length < 13 && `${bombings.types}` === "bombing");
    expect(`${start}: both are in the address (${bombings.hash})`, bombings.hash === "#country=peru&type=bombing");
    const lost = [];
    for (const link of bombings.links) if ((await page.request.get(link)).status() !== 200) lost.push(link);
    expect(`${start}: links of other pages lead on: ${lost}`, lost.length === 0);
    combined += bombings.ids.length;
    await page.reload();
    await page.waitForFunction(() => / \/ /.test(document.querySelector(".narrowed")?.textContent ?? ""));
    expect(`${start}: the address brings them back`, `${(await seen()).ids}` === `${bombings.ids}`);
    await page.click(".narrowed button");
    expect(`${start}: all is as before`, `${(await seen()).ids}` === `${before.ids}`);
    await choose("year", year);
    expect(`${start}: a year alone`, `${(await seen()).years}` === year);
  }

  await page.goto(`${site.url}timeline/country/kenya/`);
  const kenya = await seen();
  await choose("type", "bombing");
  const bombings = await seen();
  expect("bombings in Kenya", bombings.ids.length > 0 && bombings.ids.length < kenya.ids.length && `${bombings.types}` === "bombing");
  expect("another country is another page", await page.evaluate(() => {
    document.querySelector('[data-filter="country"] a[data-value="peru"]').click();
    return true;
  }));
  await page.waitForURL("**/timeline/country/peru/").catch(() => report.fault("narrowing: no way to another country"));
  await context.close();
  for (const path of site.missing) report.fault(`narrowing: asked for and not there: ${path}`);
  site.close();
  report.figure("bombings in Peru, from two pages", combined);
}

// A word inside a run of letters is found where a script sets no words apart, and marked with its language.
export async function searching(report, browser, folder) {
  const site = await serve(folder);
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => report.fault(`searching: ${error}`));
  const found = async (query) => {
    await page.goto(`${site.url}search/?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.querySelector(".found").textContent);
    return page.$$eval(".results a", (links) => links.map((link) => `${link.lang} ${link.textContent}`));
  };
  const inside = { 爆発: "ja 東京で爆発、3人死亡", ระเบิด: "th เกิดระเบิดในตลาดกรุงเทพ", تفجير: "ar التفجير في بيروت" };
  for (const [query, title] of Object.entries(inside)) {
    const titles = await found(query);
    if (`${titles}` !== title) report.fault(`searching: ${query} finds ${JSON.stringify(titles)}`);
  }
  const latin = await found("airobi");
  if (latin.length > 0) report.fault(`searching: a piece of a Latin word finds ${latin.length} things`);
  if ((await found("nairob")).length === 0) report.fault("searching: the beginning of a word finds nothing");
  await context.close();
  site.close();
  report.figure("words found inside a run of letters", Object.keys(inside).length);
}
