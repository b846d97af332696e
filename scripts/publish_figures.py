#!/usr/bin/env python3
"""Measures publishing: a site of made-up articles to a folder and to an S3 server on this machine.

    python3 -m venv target/ci-moto && target/ci-moto/bin/pip install 'moto[server,s3]==5.*'
    scripts/publish_figures.py target/release/dateline target/ci-moto/bin/moto_server 10000

The program has to be built with `--features stores`. Prints how many requests each publication sent (counted by a proxy
before the server) and how long it took: the first, one without a change, and one after an edit of one article, whose uploads
are compared with the files whose bytes changed.
"""

import collections
import hashlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ADDRESS = "https://dossier.example.org/"


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Proxy:
    """Hands bytes on, and counts the requests that begin in them."""

    START = re.compile(rb"^(GET|PUT|POST|DELETE|HEAD) (\S+) HTTP/1\.1\r\n", re.M)

    def __init__(self, server):
        self.server, self.counts, self.lock = server, collections.Counter(), threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.server))
            threading.Thread(target=self.pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, False), daemon=True).start()

    def pump(self, source, sink, counting):
        try:
            while data := source.recv(1 << 16):
                if counting and (start := self.START.match(data)):
                    with self.lock:
                        self.counts[start[1].decode()] += 1
                sink.sendall(data)
        except OSError:
            pass
        finally:
            try:
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def taken(self):
        with self.lock:
            counts, self.counts = self.counts, collections.Counter()
        return ", ".join(f"{count} {method}" for method, count in sorted(counts.items()))


def write_site(root, articles, endpoint):
    (root / "site.toml").write_text(
        f'title = "Dossier"\nbase_url = "{ADDRESS}"\n'
        '[publish.folder.folder]\npath = "../www"\n'
        f'[publish.store.s3]\nbucket = "dossier"\nregion = "us-east-1"\nendpoint = "{endpoint}"\n'
    )
    here = pathlib.Path(__file__).parent
    lines = subprocess.run([sys.executable, here / "made_up_articles.py", str(articles)], capture_output=True, check=True)
    for line in lines.stdout.splitlines():
        article = json.loads(line)
        file = root / "content/articles" / article["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article["text"])
        said = f'published = {article["published"]}\nsource = "{article["source"]}"\n'
        file.with_suffix(".toml").write_text(said)
    return file


def hashes(folder):
    files = (file for file in folder.rglob("*") if file.is_file() and ".dateline" not in file.relative_to(folder).parts)
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).digest() for file in files}


def main():
    dateline, moto, articles = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
    port = free_port()
    server = subprocess.Popen([moto, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/dossier", method="PUT"))
        proxy = Proxy(port)
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / "site"
            root.mkdir()
            edited = write_site(root, articles, f"http://127.0.0.1:{proxy.port}")
            environment = os.environ | {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test-test"}

            def publish(target, *words):
                begun = time.monotonic()
                command = [dateline, "publish", target, "--yes", *words]
                done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
                took = time.monotonic() - begun
                assert done.returncode == 0, done.stderr
                last = [line for line in done.stderr.splitlines() if line.startswith(("published", "planned"))]
                return took, done.stdout, last[-1] if last else ""

            for target in ("folder", "store"):
                print(f"== {target}", flush=True)
                # So that what is measured is publishing and not building.
                publish(target, "--dry-run")
                proxy.taken()
                for what in ("first", "no change", "one edit"):
                    changed = None
                    if what == "one edit":
                        built = root / ".dateline/publish" / target
                        before = hashes(built)
                        edited.write_text(edited.read_text() + f"\nThe harbour was closed again, for {target}.\n")
                        _, planned, _ = publish(target, "--dry-run")
                        after = hashes(built)
                        changed = sorted(path for path in after if before.get(path) != after[path])
                        uploads = sorted(line.split("\t")[2] for line in planned.splitlines() if line.startswith("upload"))
                        assert uploads == changed, "the uploads are not the files whose bytes changed"
                        proxy.taken()
                    took, _, said = publish(target)
                    print(f"{what}: {took:.2f} s; {proxy.taken() or 'no requests'}; {said}", flush=True)
                    if changed is not None:
                        print(f"   the uploads are the {len(changed)} files whose bytes changed", flush=True)
    finally:
        server.kill()


main()
