"""Our A4 sheet beside the same words by reportlab and by WeasyPrint: one machine, one run, CPU seconds of a warm page.

Each draws the combined receipt: title, a table of facts beside the symbol (vectors), a table of items, the sentences,
the signature, with the same TrueType faces. Rounds are interleaved, the best on each side is compared: other work on
the machine can only add. That all three PDFs hold the same words is checked with pdftotext before anything is measured:
who leaves words out is fast.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import resources
from printing import layout, paper, qr
from tests.benchmarks.figure import Figure

ROUNDS = 9
ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".peers" / "bin" / "python"
TEXT = "https://verify.xingfu.gov.invalid/#1" + "70719" * 150
COLUMNS = ("item", "department", "accepted_number", "accepted_at", "promise", "state")


def _sheet(given: dict[str, Any]) -> dict[str, Any]:
    """The words that our template takes, in the shape that the peers' sheets want."""
    rows = [["序号", *(given["item_words"][key]["zh"] for key in COLUMNS)]]
    for n, item in enumerate(given["items"], 1):
        said = {line["key"]: line["value"] for line in item}
        rows.append([str(n), *(said[key] for key in COLUMNS)])
    facts = [[line["label"]["zh"], line["value"]] for line in given["lines"]]
    facts += [
        [given["frame"]["number"]["zh"], given["number"]],
        [given["frame"]["issued_at"]["zh"], given["issued_at"]],
    ]
    return {
        "fonts": [str(font) for font in resources.font_files()],
        "centre": given["centre"],
        "title": given["kind"]["title"]["zh"],
        "lead": given["kind"]["lead"]["zh"],
        "facts": [*facts, [given["frame"]["code"]["zh"], given["code"]]],
        "rows": rows,
        "notices": given["kind"]["notices"]["zh"],
        "signed": f"{given['centre']} {given['kind']['stamp']['zh']} {given['issued_at']}",
        "foot": given["frame"]["signed"]["zh"],
        "symbol": given["symbol"],
        "symbol_mm": given["symbol_mm"],
    }


def _words(sheet: dict[str, Any]) -> list[str]:
    facts = [word for pair in sheet["facts"] for word in pair]
    cells = [cell for row in sheet["rows"] for cell in row]
    return [sheet["centre"], sheet["title"], sheet["lead"], *facts, *cells, *sheet["notices"]]


def _missing(pdf: bytes, words: list[str]) -> list[str]:
    ran = subprocess.run(("pdftotext", "-raw", "-", "-"), input=pdf, capture_output=True, timeout=60, check=True)
    seen = "".join(ran.stdout.decode().split())
    return [word for word in words if "".join(word.split()) not in seen]


class _Peers:
    """reportlab and WeasyPrint in their own environment, asked one page at a time."""

    def __init__(self, sheet: dict[str, Any]) -> None:
        script = str(ROOT / "tests" / "peers" / "paper_peers.py")
        self._child = subprocess.Popen([str(PEERS), script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say(json.dumps(sheet))

    def _say(self, line: str) -> str:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()
        said = self._child.stdout.readline().strip()
        if not said:
            raise RuntimeError("the peers' process ended")
        return said

    def seconds(self, name: str, keep: str = "") -> float:
        return float(self._say(f"{name} {keep}".strip()))

    def close(self) -> None:
        self._child.terminate()
        self._child.wait(10)


def sheets() -> Iterator[Figure]:
    """The two figures; listed with the other figures of `./run bench vouchers`."""
    found = layout.load(resources.layouts_dir(), "combined_receipt")
    filled = layout.fill(found, found.sample(5), "a4", qr.modules(TEXT), "A1B2C-D3E4F")
    sheet = _sheet(json.loads(filled["voucher"]))
    engine = paper.Engine(resources.layouts_dir())
    words = _words(sheet)
    ours: list[float] = []
    times: dict[str, list[float]] = {"reportlab": [], "weasyprint": []}
    peers = _Peers(sheet)
    try:
        with tempfile.TemporaryDirectory(prefix="onewindow-bench-") as folder:
            for name in times:
                peers.seconds(name, f"{folder}/{name}.pdf")
                gone = _missing(Path(folder, f"{name}.pdf").read_bytes(), words)
                print(f"{name}: {len(words) - len(gone)} of {len(words)} words in its text layer", file=sys.stderr)
        assert _missing(engine.pdf(found, filled, 1), words) == []
        for n in range(ROUNDS + 1):
            # Another voucher each time: typst remembers what it has drawn, and a window never draws one twice.
            voucher = found.sample(5)
            other = type(voucher)(**{**voucher.__dict__, "number": f"B{n:05d}"})
            given = layout.fill(found, other, "a4", qr.modules(f"{TEXT}{n}"), f"A1B2C-D3E{n:02d}")
            started = time.process_time()
            engine.pdf(found, given, 1)
            ours.append(time.process_time() - started)
            for name, taken in times.items():
                taken.append(peers.seconds(name))
    finally:
        peers.close()
    mine = min(ours[1:])
    for name, title, least in (("reportlab", "reportlab", 3.0), ("weasyprint", "WeasyPrint", 15.0)):
        ratio = min(times[name][1:]) / mine
        print(f"{name}: {min(times[name][1:]) * 1000:.1f} ms, ours {mine * 1000:.1f} ms", file=sys.stderr)
        yield Figure(f"A4 sheet, {title}'s CPU time against ours", ratio, f"≥ {least:g}×", ratio >= least, "×")
