// Feeds, data files and JSON-LD: read by libraries that other people's programs use.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOf } from "./sites.mjs";

const WORDS = { NewsArticle: 1, Event: 1, Person: 1, Quotation: 1, Dataset: 1, WebSite: 1 };

export async function data(report, packages, folder) {
  const read = (file) => readFileSync(join(folder, file), "utf8");
  const json = (file) => JSON.parse(read(file));
  const hold = (truth, message) => truth || report.fault(message);

  const feed = json("feed.json");
  hold(feed.version === "https://jsonfeed.org/version/1.1" && feed.title, "feed.json: no JSON Feed 1.1");
  for (const item of feed.items) {
    const whole = item.id && item.url && (item.content_text ?? item.content_html) !== undefined;
    hold(whole, `feed.json: ${item.id}: an item needs an id and content`);
    hold(!Number.isNaN(Date.parse(item.date_published)), `feed.json: ${item.date_published} is no date`);
  }
  hold(new Set(feed.items.map(({ id }) => id)).size === feed.items.length, "feed.json: an id stands twice");
  report.figure("items in the JSON Feed", feed.items.length);

  const { check } = packages.require("@placemarkio/check-geojson");
  const places = check(read("data/attacks.geojson"));
  report.figure("places in the GeoJSON", places.features.length);

  const ICAL = (await packages.import("ical.js")).default;
  const calendar = read("data/attacks.ics");
  const longest = Math.max(...calendar.split("\r\n").map((line) => Buffer.byteLength(line)));
  hold(longest <= 75 && !/[^\r]\n/.test(calendar), `data/attacks.ics: a line of ${longest} octets, or a bare line feed`);
  const events = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents("vevent").map((it) => new ICAL.Event(it));
  for (const event of events) {
    hold(event.uid && event.summary && event.startDate.isDate, `data/attacks.ics: ${event.uid} is no all-day event`);
    hold(event.endDate.compare(event.startDate) > 0, `data/attacks.ics: ${event.uid} ends before it begins`);
  }
  hold(new Set(events.map(({ uid }) => uid)).size === events.length, "data/attacks.ics: a UID stands twice");
  report.figure("entries in the calendar", events.length);

  const timeline = json("data/timeline.json");
  for (const event of timeline.events) {
    hold(Number.isInteger(event.start_date.year) && event.text.headline, `data/timeline.json: ${event.unique_id}`);
  }
  report.figure("events for TimelineJS", timeline.events.length);

  const bundle = json("data/datapackage.json");
  for (const resource of bundle.resources) {
    const bytes = readFileSync(join(folder, "data", resource.path)).length;
    hold(bytes === resource.bytes, `data/datapackage.json: ${resource.path} has ${bytes} bytes, not ${resource.bytes}`);
  }
  report.figure("files in the data package", bundle.resources.length);

  await linkedData(report, packages, folder, json("data/annotations.json"));
}

// JSON-LD is turned into triples: what is no JSON-LD gives none. Contexts are known here, so that nothing is fetched.
async function linkedData(report, packages, folder, annotations) {
  const jsonld = packages.require("jsonld");
  const vocabularies = {
    "https://schema.org": "https://schema.org/",
    "http://www.w3.org/ns/anno.jsonld": "http://www.w3.org/ns/oa#",
  };
  const documentLoader = async (url) => ({
    documentUrl: url,
    document: { "@context": { "@vocab": vocabularies[url], type: "@type", id: "@id" } },
  });
  const triples = async (value) => (await jsonld.toRDF(value, { documentLoader })).length;
  let [pages, count] = [0, 0];
  const kinds = new Set();
  for (const file of filesOf(folder, ".html")) {
    const html = readFileSync(join(folder, file), "utf8");
    for (const [, text] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const value = JSON.parse(text);
      for (const node of value["@graph"] ?? [value]) {
        kinds.add(node["@type"]);
        if (!WORDS[node["@type"]]) report.fault(`${file}: JSON-LD of the type ${node["@type"]}`);
        if (node["@type"] === "Event" && node.startDate && !/^-?\d{4}-\d\d-\d\d$/.test(node.startDate)) {
          report.fault(`${file}: an event that begins on ${node.startDate}`);
        }
      }
      const found = await triples(value);
      if (found === 0) report.fault(`${file}: JSON-LD that says nothing`);
      pages += 1;
      count += found;
    }
  }
  report.figure("pages with JSON-LD", `${pages}, ${count} triples, of ${[...kinds].sort().join(", ")}`);
  report.figure("annotations", `${annotations.total}, ${await triples(annotations)} triples`);
}
