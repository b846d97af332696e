#!/usr/bin/env python3
"""Measure how well the program reads, against articles that people marked by hand.

    cargo build --release
    python3 scripts/accuracy.py ../shared/eval target/release/dateline        # prints the table of docs/accuracy.md
    python3 scripts/accuracy.py EVAL PROGRAM --floors                         # and fails where a measure has fallen

EVAL holds sets of articles with their truth (`SET/docs.jsonl`, `SET/gold.jsonl`) and the scorers, which are not part
of this repository. What each set is, and how its scorer counts, stands in docs/accuracy.md. Python 3, standard
library only.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# measure, set, the scorer's own words for it, the least that is accepted (a little under what was last reached)
MEASURES = [
    ("quotation with its named speaker, F1", "quotes", "quote + named speaker, end to end", 72),
    ("the same, texts with `''…''` marks left out", "plain", "quote + named speaker, end to end", 93),
    ("speaker right, given the quotation", "plain", "speaker right, given quote found", 96),
    ("unnamed speaker left unnamed", "plain", "unnamed/organisation speaker left unnamed", 79),
    ("people quoted in an article, F1", "plain", "named people quoted, per article", 90),
    ("people quoted or paraphrased, F1", "plain", "named people quoted or paraphrased, per article", 84),
    ("words of title and affiliation found", "plain", "title/affiliation words recalled", 56),
    ("words of title and affiliation right", "plain", "title/affiliation words precise (lower bound)", 94),
    ("indirect speech, F1", "plain", "indirect speech content (overlap >= 0.5)", 48),
    ("shootings: incident found", "gva", "incident found", 96),
    ("shootings: date, F1", "gva", "date exact (best)", 88),
    ("shootings: city, F1", "gva", "city (best)", 81),
    ("shootings: state, F1", "gva", "state (best)", 84),
    ("shootings: killed, F1", "gva", "killed exact (best)", 85),
    ("shootings: injured, F1", "gva", "injured exact (best)", 74),
    ("shootings: all four right", "gva", "date+city+killed+injured all right (best)", 55),
    ("shootings: all four right, first event", "gva", "date+city+killed+injured all right (first)", 53),
    ("MUC: the article reports an incident, F1", "muc_dev", "document reports an incident", 86),
    ("MUC: incidents, F1", "muc_dev", "incidents", 69),
    ("MUC: type, F1", "muc_dev", "type", 66),
    ("MUC: date, F1", "muc_dev", "date: exact day / inside gold range", 54),
    ("MUC: country, F1", "muc_dev", "country", 62),
    ("MUC: place, finest, F1", "muc_dev", "place: finest level", 40),
    ("MUC: perpetrator, F1", "muc_dev", "perpetrator, organisation or person", 50),
    ("MUC: target, F1", "muc_dev", "victim or target (one right filler)", 58),
    ("MUC: killed, F1", "muc_dev", "killed count", 46),
    ("MUC: injured, F1", "muc_dev", "injured count", 39),
    ("MUC: all slots, F1", "muc_dev", "ALL SLOTS (micro, the 8 above)", 55),
    ("modern bombings: reports an attack, F1", "wikievents", "article reports an attack", 86),
]
SCORERS = {
    "quotes": "score_quotes.py",
    "plain": "score_quotes.py",
    "gva": "score_incidents.py",
    "muc_dev": "score_events.py",
    "wikievents": "score_roles.py",
}


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf8") if line.strip()]


def write_lines(path, rows):
    with open(path, "w", encoding="utf8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def without_doubled_apostrophes(source, folder):
    """The set of quotations without the texts whose marks are two apostrophes: their truth has none of these marks."""
    folder.mkdir()
    documents = [it for it in lines(source / "docs.jsonl") if it["text"].count("''") < 2]
    kept = {it["id"] for it in documents}
    for name, rows in (("docs", documents), ("gold", [it for it in lines(source / "gold.jsonl") if it["id"] in kept])):
        write_lines(folder / f"{name}.jsonl", rows)


def read(program, documents, out):
    """What the program reads in each document, as the scorers take it: one process for all of them."""
    articles = []
    for number, document in enumerate(documents):
        article = {"path": f"{number:06}.txt", "text": document["text"]}
        if document.get("published"):
            article["published"] = document["published"]
        articles.append(json.dumps(article, ensure_ascii=False) + "\n")
    run = [program, "extract", "--ndjson"]
    told = subprocess.run(run, input="".join(articles).encode(), stdout=subprocess.PIPE, check=True).stdout
    records = [json.loads(line) for line in told.decode().splitlines()]
    if len(records) != len(documents):
        sys.exit(f"{len(documents)} articles went in, and {len(records)} records came out")
    predictions = []
    for document, record in zip(documents, records):
        output = {"output": record["facts"]} if "facts" in record else {"error": record["error"]}
        predictions.append({"id": document["id"], **output})
    write_lines(out, predictions)
    faulty = sum("error" in it for it in predictions)
    print(f"{out.stem}: {len(predictions)} documents, {faulty} errors", file=sys.stderr)


def figure(report, name):
    """What the scorer's line called `name` says: (percent, the rest of the line)."""
    for line in report.splitlines():
        if line.startswith(name + " "):
            said = line[len(name):].split("[")[0].strip()
            percents = re.findall(r"([\d.]+)%", said)
            return float(percents[-1]), re.sub(r"\s+", " ", said)
    return None, "not in the scorer's report"


def false_alarms(gold, predictions):
    """Of the articles that by the truth report no incident, how many the program gives one."""
    quiet = {it["id"] for it in gold if not it["events"]}
    loud = [it for it in predictions if it["id"] in quiet and (it.get("output") or {}).get("events")]
    return len(loud), len(quiet)


def last_name(name):
    words = re.findall(r"\w+", (name or "").lower())
    words = [word for word in words if word not in ("jr", "sr", "ii", "iii")]
    return words[-1] if words else None


def pronouns(gold, predictions):
    """Of the quotations that hang on "he" or "she" and were found, how many have the speaker of the set's own link.

    That link was made by a program, not by reading: where the two part, it is wrong more often than not. So this is a
    lower bound, good for comparing two versions."""
    read = {it["id"]: it.get("output") or {} for it in predictions}
    same = told = 0
    for document in gold:
        people = read.get(document["id"], {}).get("people") or []
        found = [(it, person) for person in people for it in person.get("quotes") or [] if it.get("kind") == "direct"]
        attributions = {it["id"]: it for it in document["attributions"]}
        for quote in document["quotes"]:
            by = attributions.get(quote["attribution"]) or {}
            if not quote["kind"] or by.get("speaker_from") != "auto" or by.get("source_type") != "pronoun":
                continue
            middle = (quote["start"] + quote["end"]) / 2
            speaker = next((person for it, person in found if it["start"] <= middle <= it["end"]), None)
            if speaker:
                told += 1
                same += last_name(speaker.get("name")) == last_name(by["speaker"])
    return same, told


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("eval", type=pathlib.Path)
    arguments.add_argument("program", type=pathlib.Path)
    arguments.add_argument("--floors", action="store_true", help="fail where a measure is under its floor")
    given = arguments.parse_args()
    evaluation, program = given.eval.resolve(), given.program.resolve()
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    reports, fallen = {}, []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        without_doubled_apostrophes(evaluation / "quotes", scratch / "plain")
        for name, scorer in SCORERS.items():
            source = scratch / "plain" if name == "plain" else evaluation / name
            out = scratch / f"{name}.jsonl"
            read(program, lines(source / "docs.jsonl"), out)
            score = [sys.executable, evaluation / scorer, "--set", source, "--pred", out]
            reports[name] = subprocess.run(score, capture_output=True, text=True, check=True).stdout
            if name == "plain":
                linked = pronouns(lines(source / "gold.jsonl"), lines(out))
            if name == "muc_dev":
                alarms = false_alarms(lines(source / "gold.jsonl"), lines(out))
    print(f"Read by `{version}`.\n\n| measure | reached | in full |\n|---|---|---|")
    for measure, name, words, floor in MEASURES:
        percent, full = figure(reports[name], words)
        if percent is None or percent < floor:
            fallen.append(f"{measure}: {percent}, and the floor is {floor}")
        print(f"| {measure} | {percent} | {full} |")
    same, told = linked
    print(f"| pronouns: the speaker that the set's own program links | {100 * same / told:.1f} | {same} of {told} |")
    loud, quiet = alarms
    print(f"| MUC: false alarms among articles without an incident | {100 * loud / quiet:.1f} | {loud} of {quiet} |")
    if given.floors and fallen:
        sys.exit("fallen:\n" + "\n".join(fallen))


main()
