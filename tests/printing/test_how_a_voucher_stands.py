"""Laws I2, I5, I8: revoked is revoked for everybody who has the list, every reason stays, an old list is shown as old.

On both databases; lists travel as files, over a loopback line, and as QR codes read back from pictures.
"""

from __future__ import annotations

import http.server
import io
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import Engine

from printing import qr_series, reading, status, status_fetch
from printing.errors import StatusWrong, UnknownVoucher
from printing.register import METADATA
from printing.status import STATES, State, StatusList, StatusLists, pack
from printing.status_book import StatusBook
from printing.trust_memory import TrustMemory
from tests.printing.realm import ISSUER, NOW, Realm, realm

ADDRESS = f"{ISSUER}/1"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def ours() -> Realm:
    return realm()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(engine: Engine, clock: Clock) -> StatusBook:
    METADATA.create_all(engine)
    return StatusBook(engine, ISSUER, clock)


def _states(book: StatusBook, ours: Realm, *numbers: str) -> list[State | None]:
    known = status.read(book.publish(ADDRESS, ours.seals["status"]), ours.trust)
    places = [book.place_of(number) for number in numbers]
    return [known.state(place[1]) for place in places if place is not None]


def test_a_change_is_in_the_list_and_its_reason_in_the_book(book: StatusBook, ours: Realm) -> None:
    places = {number: book.place_for(number) for number in ("A", "B", "C", "D", "E")}
    assert len({place for _, place in places.values()}) == 5
    assert book.place_for("A") == places["A"], "asked again, or after a power cut, the place is the same"
    book.change("B", "revoked", "误发", "W03-017")
    book.change("C", "suspended", "核实中", "W03-017")
    book.change("D", "redeemed", "已领证", "W03-017")
    book.change("E", "revoked", "受理编号有误", "W03-017", successor="F")
    assert _states(book, ours, *"ABCDE") == ["in_force", "revoked", "suspended", "redeemed", "revoked"]
    book.change("C", "in_force", "无误", "W03-018")
    assert _states(book, ours, "C") == ["in_force"]
    assert [(one.state, one.reason, one.actor) for one in book.history("C")] == [
        ("suspended", "核实中", "W03-017"),
        ("in_force", "无误", "W03-018"),
    ]
    known = status.read(book.publish(ADDRESS, ours.seals["status"]), ours.trust)
    assert known.successor(places["E"][1]) == "F"
    assert "误发" not in known.encode().decode("utf-8", "replace"), "a reason is nobody's business outside"


def test_what_cannot_be_changed_says_so(book: StatusBook) -> None:
    book.place_for("A")
    with pytest.raises(UnknownVoucher):
        book.change("nobody", "revoked", "x", "a")
    for state in ("revoked", "redeemed"):
        number = f"final {state}"
        book.place_for(number)
        book.change(number, state, "x", "a")
        with pytest.raises(StatusWrong) as told:
            book.change(number, "in_force", "x", "a")
        assert told.value.detail["reason"] == "final"
    for state, reason, wanted in (("in_force", "x", "same"), ("revoked", "  ", "no_reason")):
        with pytest.raises(StatusWrong) as told:
            book.change("A", state, reason, "a")  # type: ignore[arg-type]
        assert told.value.detail["reason"] == wanted
    assert book.history("A") == ()


def test_versions_only_rise_and_only_when_something_is_new(book: StatusBook, ours: Realm, clock: Clock) -> None:
    seal = ours.seals["status"]
    book.place_for("A")
    first = book.publish(ADDRESS, seal)
    book.place_for("B")
    assert book.publish(ADDRESS, seal) == first, "a voucher more is no news: it is in force"
    book.change("A", "revoked", "x", "a")
    second = book.publish(ADDRESS, seal)
    clock.now += timedelta(hours=13)
    third = book.publish(ADDRESS, seal)
    versions = [status.read(paper, ours.trust).version for paper in (first, second, third)]
    assert versions == [1, 2, 3]
    memory = TrustMemory()
    memory.judge(ours.trust)
    lists = [status.read(paper, ours.trust) for paper in (first, second, third)]
    assert [memory.is_old(ours.trust, lists[n]) for n in (1, 0, 2, 1)] == [False, True, False, True]


def test_two_windows_draw_at_once(engine: Engine) -> None:
    METADATA.create_all(engine)
    books = [StatusBook(engine, ISSUER) for _ in range(2)]
    found: list[dict[str, tuple[str, int]]] = [{}, {}]

    def draw(n: int) -> None:
        for number in range(12):
            found[n][str(number)] = books[n].place_for(str(number))

    windows = [threading.Thread(target=draw, args=(n,)) for n in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    assert found[0] == found[1]
    assert len(set(found[0].values())) == 12


def test_only_a_status_key_of_the_region_is_heard(ours: Realm) -> None:
    made = StatusList(ADDRESS, NOW, timedelta(days=1), pack({1: "revoked"}, 64))

    def reason(content: bytes) -> str:
        with pytest.raises(StatusWrong) as told:
            status.read(content, ours.trust)
        return told.value.detail["reason"]

    good = made.signed(ours.seals["status"])
    assert status.read(good, ours.trust) == made
    assert reason(made.signed(ours.seals["ES256"])) == "unknown_key"
    assert reason(replace(made, uri="110101001/1").signed(ours.seals["status"])) == "not_authorised"
    assert reason(replace(made, issued=NOW + timedelta(days=500)).signed(ours.seals["status"])) == "not_authorised"
    assert reason(b"") == "not_a_status_list"
    for at in range(len(good)):
        with pytest.raises(StatusWrong):
            status.read(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :], ours.trust)
    lost = replace(ours.trust, keys=tuple(replace(key, compromised_since=NOW) for key in ours.trust.keys))
    with pytest.raises(StatusWrong):
        status.read(good, lost)
    assert StatusLists.of([good, b"junk"], ours.trust).refused == ("not_a_status_list",)


def test_a_list_that_swells_is_refused(ours: Realm) -> None:
    """Negative control beside it: the same bits with the size they really have are read."""
    bits = bytes(100_000)
    honest = StatusList(ADDRESS, NOW, timedelta(days=1), bits)
    assert StatusList.decode(honest.encode()) == honest
    lying = StatusList(ADDRESS, NOW, timedelta(days=1), bits[:64]).encode()
    body = honest.encode()
    import cbor2

    mixed = cbor2.loads(lying) | {6: cbor2.loads(body)[6]}
    with pytest.raises(StatusWrong):
        StatusList.decode(cbor2.dumps(mixed, canonical=True))


@given(st.dictionaries(st.integers(0, 1023), st.sampled_from(STATES), max_size=40))
def test_every_place_says_its_own_state(states: dict[int, State]) -> None:
    made = StatusList(ADDRESS, NOW, timedelta(days=1), pack(states, 1024))
    again = StatusList.decode(made.encode())
    assert [again.state(n) for n in range(1024)] == [states.get(n, "in_force") for n in range(1024)]
    assert again.state(1024) is None


def test_a_list_as_a_row_of_qr_codes(ours: Realm) -> None:
    places = random.Random(3).sample(range(65536), 700)
    chance = {place: STATES[1 + n % 3] for n, place in enumerate(places)}
    paper = StatusList(ADDRESS, NOW, timedelta(days=1), pack(chance, 65536)).signed(ours.seals["status"])
    texts = qr_series.parts(paper)
    assert len(texts) > 1
    read = []
    for text in reversed(texts):
        with Image.open(io.BytesIO(qr_series.picture(text))) as picture:
            assert reading.by_zxing(picture.convert("L")) == reading.by_pyzbar(picture.convert("L")) == [text]
            read += reading.by_zxing(picture.convert("L"))
    assert qr_series.gather([*read, read[0], "a letter"]) == paper
    assert status.read(qr_series.gather(read), ours.trust).state(places[1]) == STATES[2]
    for wrong, reason in (
        (read[1:], "part_missing"),
        ([], "no_series"),
        ([*read, *qr_series.parts(b"another")], "two_series"),
        ([read[0][:-3] + "000", *read[1:]], "series_damaged"),
    ):
        with pytest.raises(StatusWrong) as told:
            qr_series.gather(wrong)
        assert told.value.detail["reason"] == reason


def test_a_list_of_nothing_but_zeros_can_be_shown() -> None:
    for content in (bytes(480), bytes(200), StatusList(ADDRESS, NOW, timedelta(days=1), bytes(1 << 18)).encode()):
        for text in qr_series.parts(content):
            with Image.open(io.BytesIO(qr_series.picture(text))) as picture:
                assert reading.by_zxing(picture.convert("L")) == reading.by_pyzbar(picture.convert("L")) == [text]


@given(st.binary(min_size=1, max_size=2000))
def test_any_content_comes_through_a_series(content: bytes) -> None:
    assert qr_series.gather(qr_series.parts(content)) == content


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_texts_are_a_series_or_a_sentence(texts: list[str]) -> None:
    with pytest.raises(StatusWrong):
        qr_series.gather([*texts, "GS1:1/2:00000000:00"])


@pytest.fixture
def line(ours: Realm) -> Iterator[str]:
    """A loopback server: /status/<address> gives the list, /moved sends elsewhere, /big never ends."""
    paper = StatusList(ADDRESS, NOW, timedelta(days=1), pack({}, 64), 3).signed(ours.seals["status"])

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", f"/status/{ADDRESS}")
                self.end_headers()
                return
            self.send_response(200 if self.path.startswith(("/status/", "/letter")) else 404)
            self.end_headers()
            self.wfile.write(paper if self.path.startswith("/status/") else b"a letter")

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join(20)
    server.server_close()


def test_a_list_comes_over_the_line_and_only_its_signature_counts(line: str, ours: Realm, tmp_path: Path) -> None:
    got = status_fetch.fetch(f"{line}/status/{ADDRESS}")
    assert status_fetch.install(got, tmp_path, ours.trust).version == 3
    older = StatusList(ADDRESS, NOW, timedelta(days=1), pack({}, 64), 2).signed(ours.seals["status"])

    def reason(work: object) -> str:
        with pytest.raises(StatusWrong) as told:
            work()  # type: ignore[operator]
        return told.value.detail["reason"]

    assert reason(lambda: status_fetch.install(older, tmp_path, ours.trust)) == "older"
    assert reason(lambda: status_fetch.install(b"a letter", tmp_path, ours.trust)) == "not_a_status_list"
    assert reason(lambda: status_fetch.install(status_fetch.fetch(f"{line}/letter"), tmp_path, ours.trust))
    assert reason(lambda: status_fetch.fetch(f"{line}/moved")) == "answer", "a captive portal's way in"
    assert reason(lambda: status_fetch.fetch(f"{line}/none")) == "answer"
    assert reason(lambda: status_fetch.fetch("http://status.invalid/x")) == "not_https"
    assert reason(lambda: status_fetch.fetch("file:///etc/passwd")) == "not_https"
    assert reason(lambda: status_fetch.fetch("http://127.0.0.1:9/x")) == "unreachable"
    assert status_fetch.file_name("../../etc/passwd").count("/") == 0
