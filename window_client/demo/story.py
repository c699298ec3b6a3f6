"""The visit of the demo, beat by beat: what the clerk does, what the resident answers, what must have happened.

The story acts through the Desk and through the resident's own window, exactly as two people do; it knows no short cut
into the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from window_client.counter import scenes as s
from window_client.counter.desk import Desk
from window_client.demo import hand
from window_client.demo.player import Beat
from window_client.demo.stage_set import ITEMS, StageSet
from window_client.resident.stage import Stage


@dataclass(frozen=True)
class Cast:
    """Who plays: the Desk, the resident's window, the set; ``show`` brings a page of the clerk's window up."""

    desk: Desk
    stage: Stage
    set: StageSet
    show: Callable[[str], None]
    printer: str

    def at_rest(self) -> bool:
        """Every errand has come home, but for the departments' browsers: no clerk waits for those to be warm."""
        return all(errand.says == "desk.says.warm" for errand in self.desk.errands)

    def resident_answers(self, answer: s.ResidentAnswer) -> None:
        self.stage.answered.emit(answer)


def story(cast: Cast) -> Iterator[Beat]:
    """From an empty window to the next resident. Raises what the Desk raises."""
    desk = cast.desk
    cast.show("pick")
    yield Beat("01-welcome")
    desk.open_visit()
    cast.show("card")
    desk.read_card()
    yield Beat("02-card", cast.at_rest)
    cast.show("pick")
    for code in ITEMS:
        desk.pick(code)
        yield Beat("", cast.at_rest)
    yield Beat("03-items")
    yield from _papers(cast)
    yield from _answers(cast)
    yield from _confirmation(cast)
    yield from _filing(cast)
    yield from _receipt(cast)
    desk.close_visit()
    cast.show("pick")
    yield Beat("16-next", cast.at_rest)


def _papers(cast: Cast) -> Iterator[Beat]:
    desk = cast.desk
    cast.show("gather")
    for need in desk.form.materials:
        cast.set.lay_paper(need.kind)
        desk.scan(need.kind)
        yield Beat("", cast.at_rest)
    yield Beat("04-scanned")
    desk.ask_consent()
    yield Beat("05-consent")
    scene = desk.scene
    if isinstance(scene, s.Consent):
        cast.resident_answers(s.AgreesTo(tuple(line.document for line in scene.documents)))
    yield Beat("06-agreed", cast.at_rest)


def _answers(cast: Cast) -> Iterator[Beat]:
    """Type what the card and the earlier answers did not say: every element once."""
    desk = cast.desk
    cast.show("form")
    for one in desk.form.fields:
        visit = desk.visit
        value = cast.set.resident.value(one.name)
        if visit is not None and value and not visit.value(one.name):
            desk.write(one.name, value)
    yield Beat("07-form")


def _confirmation(cast: Cast) -> Iterator[Beat]:
    desk = cast.desk
    desk.push_review()
    cast.show("resident")
    yield Beat("08-review")
    cast.resident_answers(s.HasRead())
    yield Beat("", lambda: isinstance(desk.scene, s.Sign))
    hand.sign(cast.stage)
    yield Beat("09-sign")
    cast.resident_answers(hand.signed(cast.stage))
    yield Beat("", lambda: desk.visit is not None and desk.visit.is_confirmed)


def _filing(cast: Cast) -> Iterator[Beat]:
    desk = cast.desk
    cast.show("file")
    desk.file_all()
    yield Beat("10-filing", lambda: cast.at_rest() or _all_pages_seen(desk))
    yield Beat("11-filed", cast.at_rest)


def _all_pages_seen(desk: Desk) -> bool:
    return sum(1 for one in desk.progress.values() if one.frame and one.filled) == len(ITEMS)


def _receipt(cast: Cast) -> Iterator[Beat]:
    desk = cast.desk
    desk.issue_voucher()
    cast.show("hand_over")
    yield Beat("12-voucher", lambda: cast.at_rest() and desk.issued is not None)
    desk.print_voucher(cast.printer, "a4")
    yield Beat("13-printed", cast.at_rest)
    desk.show_rating()
    yield Beat("14-rating")
    cast.resident_answers(s.Rates(5))
    yield Beat("15-thanks", cast.at_rest)
