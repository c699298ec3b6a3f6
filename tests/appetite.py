"""A test that eats the machine is stopped before the machine stops.

Two cores and their memory are shared. A runaway test once took 22 GB and everybody's quarter of an hour with it; now
the worker that does so says where it stands and ends, and pytest names the test.
"""

import faulthandler
import os
import sys
import threading
import time
from pathlib import Path

MOST = 4 << 30
_EVERY = 0.25
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def eaten() -> int:
    """Memory this process really holds, in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def _watch(most: int) -> None:
    while eaten() < most:
        time.sleep(_EVERY)
    where = sys.__stderr__ or sys.stderr
    where.write(f"\nthis test run holds more than {most >> 30} GB; it stands here:\n")
    where.flush()
    faulthandler.dump_traceback(file=where.fileno(), all_threads=True)
    os._exit(99)


def watch(most: int = MOST) -> None:
    threading.Thread(target=_watch, args=(most,), name="appetite", daemon=True).start()
