"""A real PostgreSQL for the tests, of Debian's own making, started once a session and thrown away after it.

It listens on a Unix socket in a private folder only. PostgreSQL refuses to run as root, so root hands it to the
`postgres` user of the Debian package; anybody else runs it as himself. It dies with the test run, even a killed one.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy

_USER = "postgres"
_START_WITHIN = 60.0


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL; `folder` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{_USER}@/{database}?host={self.folder}"


def binaries() -> Path:
    """The folder with initdb and postgres: the newest of Debian's, or wherever the path leads."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("postgres")
    if elsewhere is None:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql-15 (./run test does it as root)")
    return Path(elsewhere).resolve().parent


def _as_unprivileged(command: Sequence[str]) -> list[str]:
    """The command, run by the postgres user when we are root, and ended by the kernel when we are."""
    who = ["--reuid", _USER, "--regid", _USER, "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig", "INT", *command]


@contextmanager
def running_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="ow-pg-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam(_USER)
        os.chown(folder, account.pw_uid, account.pw_gid)
    programs, data, log = binaries(), folder / "data", folder / "log"
    make = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        _USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    made = subprocess.run(_as_unprivileged(make), capture_output=True, text=True, cwd=folder, check=False)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr or made.stdout}")
    # Durability is the product's concern and tested with SQLCipher and kill -9; here only speed counts.
    settings = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": ""}
    settings |= {"unix_socket_directories": str(folder), "max_connections": "60", "shared_buffers": "32MB"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with log.open("wb") as words:
        command = _as_unprivileged([str(programs / "postgres"), "-D", str(data), *options])
        process = subprocess.Popen(command, stdout=words, stderr=words, stdin=subprocess.DEVNULL, cwd=folder)
    try:
        _wait_until_it_answers(process, programs, folder, log)
        yield Server(folder)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_it_answers(process: subprocess.Popen[bytes], programs: Path, folder: Path, log: Path) -> None:
    deadline = time.monotonic() + _START_WITHIN
    question = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(question, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


@contextmanager
def fresh_database(server: Server) -> Iterator[str]:
    """The address of an empty database of its own, thrown away afterwards with whoever still holds it."""
    name = f"t{secrets.token_hex(6)}"
    keeper = sqlalchemy.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    yield server.url(name)
    with keeper.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))
    keeper.dispose()
