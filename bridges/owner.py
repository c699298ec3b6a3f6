"""Who holds a run: a name that tells later, on the same host, whether that very process is gone."""

from __future__ import annotations

import os
import socket
import uuid

import psutil


def who_am_i() -> str:
    """host:pid:birth:journal, enough to see later, on the same host, that this very process is gone."""
    birth = psutil.Process().create_time()
    return f"{socket.gethostname()}:{os.getpid()}:{birth:.2f}:{uuid.uuid4().hex[:6]}"


def is_gone(owner: str) -> bool:
    """True only when the owner ran on this host and is surely dead; a stranger's host is never judged."""
    host, *rest = owner.rsplit(":", 3)
    if host != socket.gethostname() or len(rest) != 3:
        return False
    try:
        return bool(abs(psutil.Process(int(rest[0])).create_time() - float(rest[1])) > 0.05)
    except psutil.NoSuchProcess:
        return True
    except (ValueError, psutil.AccessDenied):
        return False
