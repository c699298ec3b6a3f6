"""A client that appends for ever and says each acknowledged length aloud; the crash tests kill it.

It is forked anew for each `go` on standard input, so that the imports are paid for once.
"""

import os
import sys
from pathlib import Path

from tests.casework.room import cabinet_on, opened
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.casework.records.engine import open_engine

VISIT = "V20261121-03-0001"


def main(path: Path, key: bytes) -> None:
    cabinet = cabinet_on(open_engine(path, key), plain=True)
    length = len(cabinet.facts(VISIT))
    if length == 0:
        length = cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    while True:
        try:
            length = cabinet.append(
                VISIT,
                (f.AnswerWritten("remark.text", f"第 {length} 条" * 20), f.Rated(5)),
                expected=length,
                actor="c01",
            )
        except WindowError as told:
            print(f"told {told.code}", flush=True)
            return
        print(length, flush=True)


def fork_for_ever(path: Path) -> None:
    key = bytes.fromhex(sys.stdin.readline().strip())
    while sys.stdin.readline().strip() == "go":
        child = os.fork()
        if child == 0:
            print(f"pid {os.getpid()}", flush=True)
            main(path, key)
            os._exit(0)
        os.waitpid(child, 0)
        print("over", flush=True)


if __name__ == "__main__":
    fork_for_ever(Path(sys.argv[1]))
