"""Starts what works behind the clerk's window so that the window goes first.

Five departments filled at once keep every core busy; a clerk who types must not wait for them. Workers and browsers run
at a lower priority, in a process group of their own (a Ctrl-C meant for us does not take a department's page away) but
in our session: Linux gives every *session* an equal share (autogroup), and in one of its own the lower priority would
weigh nothing against the window. Measured with five filings on two cores: of a hundred waits of the window ninety-nine
were under 23 ms, against 126 ms with sessions of their own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

NICE = 10  # ranks below the window; 19 is the last one there is


def start(
    command: Sequence[str], *, talks: bool = False, env: Mapping[str, str] | None = None, first: bool = False
) -> subprocess.Popen[bytes]:
    """`talks`: its input and output are pipes to us. `first`: a person looks at it, so it keeps the window's own rank.

    Raises OSError when the program is not there.
    """
    pipe = subprocess.PIPE if talks else subprocess.DEVNULL
    if sys.platform == "win32":
        rank = 0 if first else subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | rank,
        )  # fmt: skip
    if not first:
        command = [*_without_ranks(), *command]
    child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env, process_group=0)
    if not first:
        # Threads and children it already has are of its group, later ones inherit.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PGRP, child.pid, min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICE))
    return child


def _without_ranks() -> list[str]:
    """As root, and only then, Chromium may and does give its drawing threads ranks above the window's.

    `setpriv` takes that one right away and becomes the program it starts.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    setpriv = shutil.which("setpriv") if root else None
    return [setpriv, "--bounding-set=-sys_nice", "--inh-caps=-sys_nice"] if setpriv else []
