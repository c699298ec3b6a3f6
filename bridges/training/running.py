"""The departments as running servers: one port and one thread each, all in one process.

A thread each, because `down` must really close one department's door while the others go on.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from bridges.training import canlian, gongan, minzheng
from bridges.training.department import Department
from bridges.training.trouble import Trouble
from resources import ResourceWrong

_OPENERS: Mapping[str, Callable[[Path], tuple[Department, ASGIApp]]] = {
    "gongan": gongan.open_department,
    "minzheng": minzheng.open_department,
    "canlian": canlian.open_department,
}
ALL = tuple(_OPENERS)


class CannotServe(Exception):
    """A department could not be opened; `code` is a key below `training.` in resources/texts."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Door:
    """One department behind one port; it can be shut and opened again at the same port."""

    def __init__(self, department: Department, app: ASGIApp, host: str, port: int) -> None:
        self.department = department
        self._app, self._host = app, host
        self.port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.open()

    def open(self) -> None:
        if self._server is not None:
            return
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":  # there the same option would let two programs share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self.port))
        except OSError as error:
            listener.close()
            raise CannotServe("port_taken", port=str(self.port), department=self.department.id) from error
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=0,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=asyncio.run,
            args=(self._serve(self._server, listener),),
            name=f"training-{self.department.id}",
            daemon=True,
        )
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise CannotServe("did_not_start", department=self.department.id)
            time.sleep(0.01)

    async def _serve(self, server: uvicorn.Server, listener: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        await server.serve(sockets=[listener])

    def shut(self) -> None:
        """Close the door the way a crash does: nobody waiting inside gets an answer."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is None or thread is None:
            return
        server.should_exit = True
        if self._loop is not None and thread.is_alive():
            self._loop.call_soon_threadsafe(_hang_up, server)
        thread.join(5)


def _hang_up(server: uvicorn.Server) -> None:
    for connection in tuple(server.server_state.connections):
        connection.transport.abort()


class Running:
    """The departments that are open now, and the handles a test or a trainer holds."""

    def __init__(self, doors: Mapping[str, Door], host: str) -> None:
        self._doors = dict(doors)
        self.urls = {name: f"http://{host}:{door.port}/" for name, door in doors.items()}
        self.databases = {name: door.department.book.path for name, door in doors.items()}
        self.departments = {name: door.department for name, door in doors.items()}

    def trouble(self, department: str, **faults: Any) -> None:
        """Exactly these faults from now on; none at all makes the department well again."""
        door = self._doors[department]
        trouble = Trouble(**faults)
        door.department.trouble = trouble
        if trouble.down:
            door.shut()
        else:
            door.open()

    def expire_sessions(self, department: str) -> None:
        self.departments[department].expire_sessions()

    def decide(self, department: str, number: str, status: str) -> None:
        """An officer of the department decides: 审核中, 退回补正, 已办结 or 不予办理."""
        self.departments[department].book.decide(number, status)

    def reset(self, department: str | None = None) -> None:
        """Empty books, no sessions, no troubles: for tests."""
        for name, door in self._doors.items():
            if department in (None, name):
                door.department.reset()
                door.open()

    def stop(self) -> None:
        for door in self._doors.values():
            door.department.stop()
            door.shut()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(
    home: Path,
    departments: Sequence[str] = ALL,
    host: str = "127.0.0.1",
    ports: Mapping[str, int] | int = 0,
) -> Running:
    """Open the departments. `ports`: one a department, or the first of a row of ports; 0 takes free ones."""
    for name in departments:
        if name not in _OPENERS:
            raise CannotServe("unknown_department", department=name, known=", ".join(ALL))
    home.mkdir(parents=True, exist_ok=True)
    doors: dict[str, Door] = {}
    try:
        for n, name in enumerate(departments):
            port = (ports + n if ports else 0) if isinstance(ports, int) else ports.get(name, 0)
            try:
                department, app = _OPENERS[name](home)
            except ResourceWrong as missing:
                raise CannotServe("kit_missing", folder=missing.file.name, department=name) from missing
            doors[name] = Door(department, app, host, port)
    except CannotServe:
        for door in doors.values():
            door.shut()
        raise
    return Running(doors, host)
