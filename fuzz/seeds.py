#!/usr/bin/env python3
"""Write what the fuzzer starts from: the articles of tests/readings and those of tests/sites, each with a first byte
that tells its format as the target `extract` reads it.

    python3 fuzz/seeds.py fuzz/corpus/extract
"""
import hashlib
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent / "tests"
FORMATS = {".txt": b"b", ".md": b"d", ".html": b"a"}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    readings = sorted((TESTS / "readings").glob("*.txt"))
    articles = sorted(path for path in (TESTS / "sites").glob("*/content/articles/**/*") if path.suffix in FORMATS)
    for path in readings + articles:
        article = path.read_bytes().split(b"\n=====\n")[0]
        name = hashlib.sha256(article).hexdigest()[:16]
        (folder / name).write_bytes(FORMATS[path.suffix] + article)
    print(f"{len(readings)} readings and {len(articles)} articles of sites")


main(pathlib.Path(sys.argv[1]))
