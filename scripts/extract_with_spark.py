#!/usr/bin/env python3
"""Reads articles on every worker of a Spark cluster: one article a line in, one record a line out, in order.

    python3 -m venv spark && spark/bin/pip install pyspark
    spark/bin/python scripts/extract_with_spark.py articles.ndjson records --dateline dateline --workers 2

`rdd.pipe` starts one `dateline extract --ndjson` a partition and gives it the partition's lines. Nothing else is shared:
the program has to be on each worker, at the path that is given here, and the site with its lists too if there is one.
"""

import argparse
import time

from pyspark.sql import SparkSession


def main():
    words = argparse.ArgumentParser()
    words.add_argument("articles")
    words.add_argument("records", help="a folder that is not there yet")
    words.add_argument("--dateline", default="dateline")
    words.add_argument("--site", help="the site whose settings and lists are used")
    words.add_argument("--workers", default="2", help="of this machine; for a cluster give --master")
    words.add_argument("--master")
    words.add_argument("--partitions", type=int, default=64)
    given = words.parse_args()
    command = f"{given.dateline} extract --ndjson" + (f" --root {given.site}" if given.site else "")
    spark = SparkSession.builder.appName("dateline").master(given.master or f"local[{given.workers}]").getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    begun = time.monotonic()
    lines = spark.sparkContext.textFile(given.articles, given.partitions)
    # A worker whose program fails fails the job: an article that cannot be read is a record and no failure.
    lines.pipe(command, checkCode=True).saveAsTextFile(given.records)
    print(f"{time.monotonic() - begun:.1f} s in {lines.getNumPartitions()} partitions")
    spark.stop()


main()
