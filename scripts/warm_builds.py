#!/usr/bin/env python3
"""How long `dateline build` takes with what earlier builds left in `.dateline/cache`.

    python3 scripts/warm_builds.py [--runs N] SITE PROGRAM

SITE is a folder with a `site.toml` and articles in `content/articles/`; one of them is edited and put back. Prints
medians of N rounds (5 unless said) by the clock and of the time on the processors, each case in a process of its own and all cases in turn: without a cache, with an
empty one, without change, all rendered though nothing changed; after an edit of words, the same with all rendered, after
one of a toll (the first "N people" of the article); and how large the cache is.
"""
import argparse
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("program")
    asked = parser.parse_args()
    cache, public = asked.site / ".dateline", asked.site / "public"
    article = sorted((asked.site / "content/articles").iterdir())[0]
    whole = article.read_bytes()
    times = {}

    def build(case, *words):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([asked.program, "--quiet", "--root", asked.site, "build", *words], check=True)
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        times.setdefault(case, []).append((wall, worked))

    for run in range(asked.runs):
        shutil.rmtree(public, ignore_errors=True)
        build("without a cache", "--no-cache")
        build("without a cache, unchanged", "--no-cache")
        shutil.rmtree(public, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        build("empty cache")
        build("unchanged")
        build("unchanged, --force", "--force")
        article.write_bytes(whole + f"\n\nThe court rose at noon on day {run}.\n".encode())
        build("words")
        article.write_bytes(whole + f"\n\nThe court rose at ten on day {run}.\n".encode())
        build("words, --force", "--force")
        article.write_bytes(re.sub(rb"\d+(?= people)", str(700 + run).encode(), whole, count=1))
        build("a toll")
        article.write_bytes(whole)
        shutil.rmtree(public)
        build("warm cache, no output")
    for case, both in times.items():
        walls, worked = zip(*both)
        spread = f"({min(walls):.3f} to {max(walls):.3f})"
        print(f"{case:28} {statistics.median(walls):6.3f} s  {spread:20} {statistics.median(worked):6.3f} s of work")
    for file in sorted((cache / "cache").iterdir()):
        print(f"{file.name:28} {file.stat().st_size / 2**20:6.2f} MiB")


main()
