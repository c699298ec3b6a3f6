"""How far a filing is, as the screens draw it: a fold over what the bridge tells while it works. Never written down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bridges.filing import (
    Changed,
    FieldProof,
    FieldsChecked,
    Frame,
    Note,
    PageAnswered,
    PageAsks,
    Parked,
    Resumed,
    StepBegan,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The department was asked what became of this case and had no news; ``why`` when it gave no answer at all."""

    case: str
    at: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """``step``: name of the recipe's step (text key ``step.<name>``); ``frame``: newest JPEG of the page;
    ``parked``: why it waits for a person; ``changed``: what that person changed and nobody has decided about yet;
    ``asks``: what the page itself asks that person."""

    step: str = ""
    n: int = 0
    of: int = 0
    filled: int = 0
    verified: int = 0
    fields: int = 0
    note: str = ""
    frame: bytes = field(default=b"", repr=False)
    parked: str = ""
    parked_words: str = ""
    changed: tuple[FieldProof, ...] = ()
    asks: tuple[PageAsks, ...] = ()

    def after(self, said: object) -> CaseProgress:
        match said:
            case StepBegan():
                return replace(self, step=said.name, n=said.n, of=said.of)
            case FieldsChecked():
                return replace(self, filled=said.filled, verified=said.verified, fields=said.of)
            case Frame():
                return replace(self, frame=said.jpeg)
            case Parked():
                return replace(self, parked=said.why, parked_words=said.words, changed=())
            case Changed():
                return replace(self, changed=said.fields)
            case Resumed():
                return replace(self, parked="", parked_words="", changed=(), asks=())
            case PageAsks():
                return replace(self, asks=(*self.asks, said))
            case PageAnswered():
                return replace(self, asks=tuple(one for one in self.asks if one.n != said.n))
            case Note():
                return replace(self, note=said.code)
            case _:
                return self
