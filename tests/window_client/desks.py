"""A real Desk in a real house (SQLCipher, vault, press, catalogue, sample card, watched folder), errands run at once.

Only the departments are not asked: what they would answer is written into the ledger as the fact it would be.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from pytestqt.qtbot import QtBot

import resources
from window_client.assembly.house import House, open_house
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.counter import scenes as s
from window_client.counter.desk import Desk, Rooms
from window_client.counter.errands import Errand
from window_client.devices.roll_call import card_reader_for, scanner_for
from window_client.devices.sample_documents import sample_document
from window_client.devices.sample_residents import sample_residents
from window_client.look.tokens import Tokens
from window_client.look.words import Language, Words
from window_client.settings import Settings
from window_client.staff.preferences import Preferences
from window_client.staff.window import StaffWindow

THREE = ("minzheng.senior_card", "canlian.subsidy", "gongan.residence_permit")


class Clock:
    """Half past nine in the morning of today, two minutes later at each look."""

    def __init__(self) -> None:
        self._now = datetime.now(UTC).astimezone().replace(hour=9, minute=30, second=0, microsecond=0)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=7)
        return self._now


@contextmanager
def a_house(folder: Path) -> Iterator[House]:
    settings = Settings(data=folder, keeper=f"file:{folder / 'keeper.key'}")
    with open_house(settings, lambda: "not asked", clock=Clock()) as house:
        yield house


def a_desk(house: House) -> Desk:
    settings = house.settings

    def at_once(errand: Errand) -> None:
        try:
            home = errand.work(lambda value: desk.hear(errand, value), errand.stop)
        except WindowError as trouble:
            desk.went_wrong(errand, trouble)
            raise
        desk.take_in(errand, home)

    rooms = Rooms(
        house.cabinet,
        house.vault,
        house.filing_desk,
        house.press,
        house.catalogue,
        lambda: scanner_for(settings),
        lambda: card_reader_for(settings),
    )
    desk = Desk(rooms, house.station, at_once, house.clock)
    # No browser is started for a test that only looks at windows.
    desk.rooms.filing_desk.warm = _stay_cold  # type: ignore[method-assign]
    return desk


def under_way(desk: Desk, lane: str, says: str, case: str = "") -> Errand:
    """An errand that is out and does not come home while we look."""
    assert desk.visit is not None
    errand = Errand(lane, says, desk.visit.number, lambda *_: threading.Event().wait(), case)  # type: ignore[arg-type]
    desk.errands.append(errand)
    return errand


def _stay_cold(department: str, item: str = "") -> None:
    del department, item


# -- a visit, step by step -----------------------------------------------------------------------------------------


def pick(desk: Desk) -> None:
    if desk.visit is None:
        desk.open_visit()
    for code in THREE:
        desk.pick(code)


def scan(desk: Desk, house: House, *kinds: str) -> None:
    folder = house.settings.scan_folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for kind in kinds:
        arriving = folder / f"{kind}.part"
        arriving.write_bytes(sample_document(sample_residents()[0], kind))
        arriving.rename(folder / f"{kind}.jpg")
        desk.scan(kind)


def answers() -> dict[str, str]:
    """What the first sample resident says when asked."""
    return dict(sample_residents()[0].answers)


def fill(desk: Desk, *, leave: int = 0) -> None:
    said, form, visit = answers(), desk.form, desk.visit
    assert visit is not None
    wanted = [one.name for one in form.fields if one.name in said and not visit.value(one.name)]
    for name in wanted[: len(wanted) - leave]:
        desk.write(name, said[name])


def agree(desk: Desk) -> None:
    desk.ask_consent()
    scene = desk.scene
    assert isinstance(scene, s.Consent)
    desk.answered(s.AgreesTo(tuple(line.document for line in scene.documents)))


def sign(desk: Desk) -> None:
    desk.push_review()
    desk.answered(s.HasRead())
    desk.answered(s.Signs(b"<svg xmlns='http://www.w3.org/2000/svg'/>", '{"strokes":[]}'))


def happen(desk: Desk, *facts: f.Fact) -> None:
    desk._happen(*facts)


def begin(desk: Desk) -> tuple[str, ...]:
    assert desk.visit is not None
    cases = tuple(desk.visit.live_cases)
    happen(desk, *(f.FilingBegun(case.number, case.department, case.next_key) for case in cases))
    return tuple(case.number for case in cases)


def page_picture() -> bytes:
    """A department's page as a frame would show it."""
    picture = Image.new("RGB", (960, 600), "#f4f7fb")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 960, 56), fill="#14532d")
    pen.rectangle((30, 90, 930, 570), fill="white", outline="#cbd5e1")
    face = str(resources.font_files()[0])
    from PIL import ImageFont

    font = ImageFont.truetype(face, 20)
    pen.text((30, 14), "业务系统（实训）", fill="white", font=ImageFont.truetype(face, 24))
    for n, word in enumerate(("姓名", "证件号码", "联系电话", "现居住地址", "办理类型", "发放账户")):
        pen.text((70, 120 + n * 70), word, fill="#334155", font=font)
        pen.rectangle((220, 112 + n * 70, 880, 152 + n * 70), outline="#94a3b8", fill="#f8fafc")
    drawn = io.BytesIO()
    picture.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()


def clerks_window(qtbot: QtBot, desk: Desk, language: Language = "zh", large: bool = False) -> StaffWindow:
    """The clerk's window at its desk, shown at the size of its screen."""
    preferences = Preferences(language, "light", large, "RESIDENT", screens=("CLERK", "RESIDENT"))
    window = StaffWindow(desk, Words(language), Tokens.load("staff", "light", large), preferences, lambda: None)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    return window
