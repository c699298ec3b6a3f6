"""The press beside bare typst, our verifier beside the bare signature check, zxing beside pyzbar: one machine, one run.

`bare typst` makes the same two papers (A4 PDF, 80 mm picture at 203 dpi) from the same, already filled input with the
same warm compiler. `issue` is all a window waits for: checks, signing, the symbol, both papers (the 80 mm one through
pdfium, which is cheaper than typst's own picture), reading both back with two readers, verifying again, the register's
commit. Rounds are interleaved; for issuing the medians count, for the short ones the best on both sides: other work on
the machine can only add.
"""

import io
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from PIL import Image

import resources
from printing import keys, layout, paper, qr, reading, statement
from printing.press import Press
from printing.register import METADATA, Register
from printing.seal import Seal, _bstr, _signed_bytes, unverified
from printing.voucher import Issued, Line, Voucher
from tests.benchmarks.figure import Figure
from tests.benchmarks.paper import sheets as paper_sheets
from tests.benchmarks.reading import reading_figures
from tests.benchmarks.trust import trust_figures
from window_client.casework.records.engine import open_engine

ROUNDS = 15
HOST = "verify.xingfu.gov.invalid"


@dataclass(frozen=True)
class Counter:
    press: Press
    trust: keys.TrustList
    seal: Seal


def _counter(room: Path) -> Counter:
    now = datetime.now(UTC)
    record = keys.make_issuer(room / "issuer.key", b"\x05" * 32, issuer="990101", name="bench", now=now)
    seal = keys.open_issuer(room / "issuer.key", b"\x05" * 32, now)
    engine = open_engine(room / "press.db", secrets.token_bytes(32))
    METADATA.create_all(engine)
    press = Press(seal, Register(engine), resources.layouts_dir(), HOST, room)
    return Counter(press, keys.TrustList.first((record,), (HOST,), now), seal)


def _receipt(n: int) -> Voucher:
    sample = layout.load(resources.layouts_dir(), "combined_receipt").sample(3)
    lines = tuple(line for line in sample.lines if not line.key.startswith("agent"))
    items = tuple(
        tuple(Line(line.key, f"{line.value}{n}" if line.key == "accepted_number" else line.value) for line in item)
        for item in sample.items
    )
    number, now = f"B{n:06d}", datetime.now(UTC)
    return Voucher(number, sample.kind, sample.layout, sample.centre, now, lines, items, language="zh", demo=True)


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def _issue_beside_typst(counter: Counter) -> Figure:
    found = layout.load(resources.layouts_dir(), "combined_receipt")
    engine = counter.press._engine
    ours, bare = [], []
    for n in range(ROUNDS + 2):
        voucher = _receipt(n)
        text = qr.text_of(counter.press.issue(_receipt(10_000 + n)).statement, HOST)
        matrix = qr.modules(text)
        sheets = [layout.fill(found, voucher, form, matrix, "-") for form in ("a4", "80mm")]
        started = time.perf_counter()
        engine.pdf(found, sheets[0], int(voucher.issued_at.timestamp()))
        engine.picture(found, sheets[1], paper.DPI)
        middle = time.perf_counter()
        counter.press.issue(_receipt(20_000 + n))
        if n >= 2:  # the first rounds warm both sides
            bare.append(middle - started)
            ours.append(time.perf_counter() - middle)
    ratio = median(ours) / median(bare)
    return Figure("voucher issue against bare typst (A4 and 80 mm)", ratio, "≤ 1.5×", ratio <= 1.5, "×")


def _verify_beside_raw(counter: Counter, issued: Issued) -> Iterator[Figure]:
    signers = counter.trust.signers
    head = issued.statement[3 : 3 + (issued.statement[2] & 31)]
    _, payload = unverified(issued.statement)
    message, signature = _signed_bytes(head, payload), issued.statement[-64:]
    row, key = counter.seal.algorithm, counter.seal.algorithm.public(counter.seal.public)
    assert issued.statement == b"\xd2\x84" + _bstr(head) + b"\xa0" + _bstr(payload) + b"\x58\x40" + signature

    def whole() -> None:
        _, content_type, found = signers.open(issued.statement)
        statement.parse(statement.unpack(found, content_type))

    def many(work: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            for _ in range(200):
                work()

        return run

    raw = many(lambda: row.holds(key, signature, message))
    opened = many(lambda: signers.open(issued.statement))
    all_values = many(whole)
    rounds = [(_seconds(raw), _seconds(opened), _seconds(all_values)) for _ in range(ROUNDS)]
    bare, ours, full = (min(side) for side in zip(*rounds, strict=True))
    ratio = bare / ours
    yield Figure("own COSE verifier against the bare ES256 check", ratio, "≥ 0.95×", ratio >= 0.95, "×")
    all_of_it = bare / full
    yield Figure("… with inflating and parsing every value", all_of_it, "≥ 0.20×", all_of_it >= 0.20, "×")


def _readers(issued: Issued) -> Figure:
    picture = Image.open(io.BytesIO(issued.receipt_png)).convert("L")
    assert reading.by_zxing(picture) == reading.by_pyzbar(picture) == [issued.qr_text]
    pairs = [
        (_seconds(lambda: reading.by_pyzbar(picture)), _seconds(lambda: reading.by_zxing(picture)))
        for _ in range(ROUNDS)
    ]
    slow, fast = (min(side) for side in zip(*pairs, strict=True))
    ratio = fast / slow
    return Figure("clean 80 mm receipt, zxing's time against pyzbar's", ratio, "≤ 0.5×", ratio <= 0.5, "×")


def _size(issued: Issued) -> Figure:
    content_type, payload = unverified(issued.statement)
    ratio = len(payload) / len(statement.unpack(payload, content_type))
    return Figure("every value of three items, packed against plain", ratio, "≤ 0.35×", ratio <= 0.35, "×")


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="onewindow-bench-") as folder:
        counter = _counter(Path(folder))
        issued = counter.press.issue(_receipt(1))
        yield _issue_beside_typst(counter)
        yield from _verify_beside_raw(counter, issued)
        yield _readers(issued)
        yield _size(issued)
        yield from trust_figures(counter.trust, counter.seal, issued)
        yield from reading_figures(counter.press)
    yield from paper_sheets()
