"""`python -m bridges.training`: the departments alone, for whoever writes a recipe and needs no client.

Prints one JSON object (addresses, databases, sample sign-in) and serves until it is interrupted or told to stop.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from bridges.training import CannotServe, serve
from bridges.training.received import SAMPLE_PASSWORD, SAMPLE_USER
from bridges.training.wishes import FIRST_PORT, chosen, troubles


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m bridges.training", description="Serve the training departments.")
    words.add_argument("--home", type=Path, default=Path("training-departments"), help="folder of their databases")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=FIRST_PORT, help="port of the first one; 0: free ports")
    words.add_argument("--departments", default="", help="gongan,minzheng,canlian; empty: all")
    words.add_argument("--trouble", action="append", default=[], help="DEPARTMENT:FAULT[=VALUE], may be repeated")
    asked = words.parse_args()
    done = threading.Event()
    try:
        wished = troubles(asked.trouble)
        running = serve(asked.home, chosen(asked.departments), asked.host, asked.port)
    except CannotServe as trouble:
        sys.stderr.write(f"{trouble.code}: {json.dumps(trouble.detail, ensure_ascii=False)}\n")
        return 3
    with running:
        for name, faults in wished.items():
            if name in running.urls:
                running.trouble(name, **faults)
        told = {
            "urls": running.urls,
            "databases": {name: str(path) for name, path in running.databases.items()},
            "user": SAMPLE_USER,
            "password": SAMPLE_PASSWORD,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, lambda *_: done.set())
        done.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
