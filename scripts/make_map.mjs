// Makes the outlines of the map: the picture `static/map.svg`, and `src/view/map/outlines.tsv`, one country a line.
//
//     npm install world-atlas@2 topojson-client@3 d3-geo@3 i18n-iso-countries@7
//     node scripts/make_map.mjs
//
// Outlines are those of Natural Earth at 1:110 million (public domain), through world-atlas. They are projected once,
// here, to Equal Earth (Šavrič, Patterson and Jenny 2018), cut at the antimeridian, and written in tenths of a unit of a
// picture 1000 wide. `src/view/map/projection.rs` projects points in the same way; its tests hold the two together.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { geoEqualEarth, geoPath } = await import(require.resolve("d3-geo"));
const { feature, merge, mesh } = await import(require.resolve("topojson-client"));
const countries = require("i18n-iso-countries");

const WIDTH = 1000;
const MIDDLE = 253; // the equator, from above
const SCALE = 184.7308; // so that the equator is 1000 long
const HEIGHT = 440;
const ANTARCTICA = "010";

const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-110m.json"), "utf8"));
const shown = world.objects.countries.geometries.filter((country) => country.id !== ANTARCTICA);
const path = geoPath(geoEqualEarth().scale(SCALE).translate([WIDTH / 2, MIDDLE]).precision(0.3)).digits(3);

// "M1,2L3,4L5,6Z" in tenths of a unit, relative, without points that fall together.
function compact(absolute) {
  let out = "";
  let last = [0, 0];
  for (const line of (absolute ?? "").split("M").slice(1)) {
    const closed = line.endsWith("Z");
    const points = line.replace("Z", "").split("L").map((point) => point.split(",").map((part) => Math.round(part * 10)));
    const kept = points.filter((point, at) => at === 0 || point.join() !== points[at - 1].join());
    if (closed && kept.length < 3) continue;
    const [first, ...rest] = kept;
    const start = first;
    out += `m${first[0] - last[0]} ${first[1] - last[1]}`;
    last = first;
    for (const point of rest) {
      out += ` ${point[0] - last[0]} ${point[1] - last[1]}`;
      last = point;
    }
    if (closed) {
      out += "z";
      last = start;
    }
  }
  return out.replaceAll(" -", "-");
}

function code({ id, properties }) {
  if (id) return countries.numericToAlpha2(id);
  return { Kosovo: "XK" }[properties.name]; // Northern Cyprus and Somaliland have no code of their own
}

const lines = shown
  .map((country) => [code(country), compact(path(feature(world, country)))])
  .filter(([code, outline]) => code && outline)
  .sort();
writeFileSync("src/view/map/outlines.tsv", lines.map((line) => line.join("\t")).join("\n") + "\n");

const land = compact(path(merge(world, shown)));
const objects = { type: "GeometryCollection", geometries: shown };
const borders = compact(path(mesh(world, objects, (one, other) => one !== other)));
// One grey for paper and for ink: the picture stands on both.
writeFileSync(
  "static/map.svg",
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">` +
    `<g transform="scale(.1)" fill="none" stroke="#807a6e" stroke-linejoin="round">` +
    `<path fill="#807a6e" fill-opacity=".2" stroke-opacity=".6" stroke-width="4" d="${land}"/>` +
    `<path stroke-opacity=".45" stroke-width="4" d="${borders}"/></g></svg>\n`,
);

// Points for the tests of the projection.
const projection = geoEqualEarth().scale(SCALE).translate([WIDTH / 2, MIDDLE]);
for (const [name, latitude, longitude] of [["Beslan", 43.19, 44.54], ["Christchurch", -43.53, 172.63], ["Bogotá", 4.61, -74.08], ["Utøya", 60.02, 10.25]]) {
  console.log(name, latitude, longitude, projection([longitude, latitude]).map((part) => Math.round(part * 10) / 10).join(" "));
}
