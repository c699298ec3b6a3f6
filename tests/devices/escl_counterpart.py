"""A network scanner for the tests: the eSCL protocol over HTTP on the loopback, with the faults real ones have."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_ABLE = """<scan:ScannerCapabilities xmlns:scan="s"><scan:Platen/>{adf}
<scan:XResolution>100</scan:XResolution><scan:XResolution>300</scan:XResolution></scan:ScannerCapabilities>"""
_STATUS = (
    """<scan:ScannerStatus><pwg:State>{state}</pwg:State><scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"""
)


@dataclass
class NetworkScanner:
    """`sheets` lie in it; `adf` is the feeder's state; `not_yet` answers 503 that often; `fault` breaks one request."""

    sheets: list[bytes] = field(default_factory=list)
    feeder: bool = False
    adf: str = "ScannerAdfProcessing"
    not_yet: int = 0
    always_not_yet: bool = False
    refuse: int = 0
    cut_after: int = 0
    elsewhere: str = ""
    asked: list[str] = field(default_factory=list)
    ended: int = 0
    address: str = ""


@contextmanager
def network_scanner(**state: object) -> Iterator[NetworkScanner]:
    """A running scanner on a free port of the loopback."""
    scanner = NetworkScanner(**state)  # type: ignore[arg-type]

    class Answering(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            _get(scanner, self.path, self._say)

        def do_POST(self) -> None:
            scanner.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if scanner.refuse:
                return self._say(scanner.refuse, b"")
            return self._say(201, b"", Location=f"{scanner.elsewhere or scanner.address}/ScanJobs/1")

        def do_DELETE(self) -> None:
            scanner.ended += 1
            self._say(200, b"")

        def _say(self, code: int, body: bytes, cut: int = 0, **headers: str) -> None:
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: cut or None])

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    scanner.address = f"http://127.0.0.1:{server.server_port}/eSCL"
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    running.start()
    yield scanner
    server.shutdown()
    server.server_close()
    running.join()


def _get(scanner: NetworkScanner, path: str, say: Callable[..., None]) -> None:
    if path.endswith("/ScannerCapabilities"):
        say(200, _ABLE.format(adf="<scan:Adf/>" if scanner.feeder else "").encode())
    elif path.endswith("/ScannerStatus"):
        say(200, _STATUS.format(state="Idle", adf=scanner.adf).encode())
    elif scanner.always_not_yet or scanner.not_yet:
        scanner.not_yet -= 1
        say(503, b"")
    elif scanner.sheets:
        say(200, scanner.sheets.pop(0), scanner.cut_after)
    else:
        say(404, b"")
