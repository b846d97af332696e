#!/usr/bin/env python3
"""Writes made-up articles, one a line, as `dateline extract --ndjson` reads them.

    scripts/made_up_articles.py 100000 > articles.ndjson

Every name, place and event is invented. The same number gives the same bytes. An article has 250 to 450 words, two to four
speakers and one to three dated attacks; ten articles share an attack, as those of a real dossier do.
"""

import datetime
import json
import random
import sys

GIVEN = "Agnes Bruno Carla Daniel Elena Farid Greta Hassan Ingrid Jonas Karin Lukas Maria Nadia Oskar Paula".split()
FAMILY = "Aldersen Brackwell Corvino Dunmere Estrallo Fennimor Garrowby Ivarro Jessamy Kolvane Lindquell Ormesson".split()
POSTS = ["a senior fellow", "professor of law", "a lecturer in security studies", "an analyst", "head of the archive"]
HOUSES = ["the Marlow Institute", "the University of Estermark", "the Centre for Public Memory", "the Halden Foundation"]
TOWNS = ["Estermark", "Port Lorne", "Vallenbruck", "Sandrigo Bay", "Middelheim", "Karsova", "Tollington", "Nuvoli"]
VENUES = ["market hall", "railway station", "courthouse", "ferry landing", "town library", "bus depot", "school"]
ACTS = ["A bomb exploded at", "Gunmen opened fire at", "A car was driven into the crowd at", "An arson attack destroyed"]
FILLER = [
    "The council met until late and put off its decision on the road to the harbour.",
    "Trains ran again by the evening, and most of the shops in the old town had opened.",
    "The inquiry is to publish its findings in the spring, a year later than was planned.",
    "Residents had asked for more lights along the river for as long as anybody remembers.",
    "The budget for the coming year leaves room for two new posts, the mayor's office said.",
    "A service was held in the morning, and the names were read aloud one after the other.",
    "Insurers have paid for the roof, and volunteers have painted what could be saved.",
]
OUTLETS = ["Calder Courier", "Harbour Post", "Estermark Echo", "Sunday Review"]


def attack(number):
    """The same number gives the same attack, whichever article tells of it."""
    own = random.Random(f"attack {number}")
    day = datetime.date(1995, 1, 1) + datetime.timedelta(days=own.randrange(10_000))
    town = f"{own.choice(TOWNS)}"
    return day, f"{own.choice(ACTS)} the {own.choice(VENUES)} in {town} on {day.day} {day:%B %Y}, killing " \
                f"{own.randrange(2, 40)} people and injuring {own.randrange(2, 90)}."


def article(number, attacks):
    own = random.Random(f"article {number}")
    told = [attack(own.randrange(attacks)) for _ in range(own.randrange(1, 4))]
    published = max(day for day, _ in told) + datetime.timedelta(days=own.randrange(1, 400))
    paragraphs = [sentence for _, sentence in told]
    for _ in range(own.randrange(2, 5)):
        name = f"{own.choice(GIVEN)} {own.choice(FAMILY)}"
        words = own.choice(FILLER)[:-1]
        paragraphs.append(f"“{words},” said {name}, {own.choice(POSTS)} at {own.choice(HOUSES)}.")
    for _ in range(own.randrange(4, 8)):
        paragraphs.append(" ".join(own.sample(FILLER, own.randrange(2, 5))))
    own.shuffle(paragraphs)
    title = f"What {own.choice(TOWNS)} remembers, part {number}"
    return {
        "path": f"{number // 1000:04}/report-{number:07}.txt",
        "text": "\n\n".join([title, *paragraphs]) + "\n",
        "published": published.isoformat(),
        "source": own.choice(OUTLETS),
    }


def main():
    count = int(sys.argv[1])
    for number in range(count):
        print(json.dumps(article(number, max(1, count // 10)), ensure_ascii=False))


main()
