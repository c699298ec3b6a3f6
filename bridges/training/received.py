"""A department's own book: what it received, its clerks and the uploaded papers, in its own SQLite file.

It keeps exactly what arrived and accepts the same person as often as it is told to, as the old systems do: that a case
reached the department once must be the merit of whoever filed it, and this book is the witness.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridges.beijing import beijing_now

SAMPLE_USER = "window03"
SAMPLE_PASSWORD = "training-only"  # noqa: S105 - the published sign-in of a practice system

_TABLES = """
CREATE TABLE IF NOT EXISTS decided (number TEXT PRIMARY KEY, status TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS received (number TEXT PRIMARY KEY, form TEXT, id_number TEXT, name TEXT, filed_at TEXT,
                                     data TEXT, files TEXT);
CREATE TABLE IF NOT EXISTS clerk (user TEXT PRIMARY KEY, name TEXT, unit TEXT, salt TEXT, hash TEXT);
CREATE TABLE IF NOT EXISTS paper (id TEXT PRIMARY KEY, kind TEXT, name TEXT, media_type TEXT, size INTEGER, sha256 TEXT,
                                  at TEXT, content BLOB);
CREATE TABLE IF NOT EXISTS counter (period TEXT PRIMARY KEY, last INTEGER NOT NULL);
"""


@dataclass(frozen=True)
class Row:
    number: str
    form: str
    id_number: str
    name: str
    filed_at: str
    status: str = "已受理"


@dataclass(frozen=True)
class Upload:
    id: str
    kind: str
    name: str
    media_type: str
    size: int
    sha256: str


def _hash(password: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 1000).hex()


class Book:
    def __init__(self, path: Path, number: Callable[[datetime, int], tuple[str, str]]) -> None:
        """`number(now, n)` gives the period a count runs in and the number itself."""
        self.path = path
        self._number = number
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as book:
            book.executescript(_TABLES)
            salt = secrets.token_hex(8)
            book.execute(
                "INSERT OR IGNORE INTO clerk VALUES (?,?,?,?,?)",
                (SAMPLE_USER, "示例窗口03", "示例市幸福区政务服务中心", salt, _hash(SAMPLE_PASSWORD, salt)),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        book = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            book.execute("PRAGMA synchronous=OFF")  # a killed server loses nothing; power cuts are not practised here
            book.execute("BEGIN IMMEDIATE")
            yield book
            if book.in_transaction:
                book.execute("COMMIT")
        finally:
            book.close()

    def clerk(self, user: str, password: str) -> str | None:
        """The clerk's name when the password is theirs."""
        with self._open() as book:
            row = book.execute("SELECT name, salt, hash FROM clerk WHERE user = ?", (user,)).fetchone()
        return str(row[0]) if row and secrets.compare_digest(row[2], _hash(password, row[1])) else None

    def keep_paper(self, kind: str, name: str, media_type: str, content: bytes) -> Upload:
        upload = Upload(secrets.token_hex(8), kind, name, media_type, len(content), hashlib.sha256(content).hexdigest())
        with self._open() as book:
            book.execute(
                "INSERT INTO paper VALUES (?,?,?,?,?,?,?,?)",
                (
                    upload.id,
                    kind,
                    name,
                    media_type,
                    upload.size,
                    upload.sha256,
                    beijing_now().isoformat(),
                    content,
                ),
            )
        return upload

    def papers(self, ids: list[str]) -> tuple[Upload, ...]:
        with self._open() as book:
            rows = [
                book.execute("SELECT id, kind, name, media_type, size, sha256 FROM paper WHERE id = ?", (i,)).fetchone()
                for i in ids
            ]
        return tuple(Upload(*row) for row in rows if row)

    def receive(
        self, form: str, id_number: str, name: str, data: Mapping[str, str | list[str]], papers: tuple[Upload, ...]
    ) -> Row:
        now = beijing_now()
        period, _ = self._number(now, 0)
        files = [{k: getattr(p, k) for k in ("id", "kind", "name", "media_type", "size", "sha256")} for p in papers]
        with self._open() as book:
            book.execute("INSERT OR IGNORE INTO counter VALUES (?, 0)", (period,))
            book.execute("UPDATE counter SET last = last + 1 WHERE period = ?", (period,))
            count = book.execute("SELECT last FROM counter WHERE period = ?", (period,)).fetchone()[0]
            row = Row(self._number(now, count)[1], form, id_number, name, now.strftime("%Y-%m-%d %H:%M:%S"))
            book.execute(
                "INSERT INTO received VALUES (?,?,?,?,?,?,?)",
                (
                    row.number,
                    form,
                    id_number,
                    name,
                    row.filed_at,
                    json.dumps(dict(data), ensure_ascii=False),
                    json.dumps(files, ensure_ascii=False),
                ),
            )
        return row

    def find(self, id_number: str = "", form: str = "", day: str = "", limit: int = 200) -> tuple[Row, ...]:
        """Rows of one person, item and day (YYYY-MM-DD), newest first; an empty word does not narrow."""
        with self._open() as book:
            rows = book.execute(
                "SELECT number, form, id_number, name, filed_at, coalesce(status, '已受理') FROM received"
                " LEFT JOIN decided USING (number) WHERE (? = '' OR id_number = ?)"
                " AND (? = '' OR form = ?) AND filed_at LIKE ? || '%' ORDER BY filed_at DESC, number DESC LIMIT ?",
                (id_number, id_number, form, form, day, limit),
            ).fetchall()
        return tuple(Row(*row) for row in rows)

    def decide(self, number: str, status: str) -> None:
        """An officer of the department goes on with a case: its list says so from now on."""
        with self._open() as book:
            book.execute("INSERT OR REPLACE INTO decided VALUES (?, ?)", (number, status))

    def before(self, number: str) -> str:
        """The number given out before this one, or this one when it was the first."""
        with self._open() as book:
            row = book.execute(
                "SELECT number FROM received WHERE number <> ? ORDER BY rowid DESC LIMIT 1", (number,)
            ).fetchone()
        return str(row[0]) if row else number

    def empty(self) -> None:
        with self._open() as book:
            for table in ("received", "decided", "paper", "counter"):
                book.execute(f"DELETE FROM {table}")  # noqa: S608 - four fixed names
