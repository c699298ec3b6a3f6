"""Every table and every run of equal rows of a recorded page, as it stood before each act. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridges.recording import Recording, Seen

Key = tuple[str, str]  # frame and what the table is known by
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One table on one page as it stood at one moment."""

    page: str
    table: Seen
    fields: Mapping[int, Seen]

    @property
    def shape(self) -> str:
        return str(self.table["shape"])

    @property
    def rows(self) -> Sequence[Seen]:
        return list(self.table["rows"]) if self.shape != "words" else []

    @property
    def words(self) -> list[Texts]:
        """What each row of a table that only shows words shows."""
        return [tuple(row["words"]) for row in self.table["rows"]]

    def cells(self, row: Seen) -> list[Seen | None]:
        return [self.fields.get(n) for n in row["cells"]]

    def texts(self, row: Seen) -> Texts:
        return tuple(cell["text"] if cell else "" for cell in self.cells(row))

    def is_blank(self, row: Seen) -> bool:
        return all(cell is None or is_blank(cell) for cell in self.cells(row))


Moments = Sequence[tuple[dict[Key, Standing], Mapping[str, dict[int, Seen]]]]


def moments_of(recording: Recording) -> Moments:
    """Before every act, and at the end: each table as it stood on the youngest page that showed it."""
    last = (
        {page.id: page.now for page in recording.pages.values()},
        {page.id: page.tables for page in recording.pages.values()},
    )
    out: list[tuple[dict[Key, Standing], Mapping[str, dict[int, Seen]]]] = []
    for fields, tables in [*((act.before, act.tables) for act in recording.acts), last]:
        now: dict[Key, Standing] = {}
        for page, listed in tables.items():
            if recording.pages[page].window:
                continue
            for one in listed:
                now[recording.pages[page].frame, one["key"]] = Standing(page, one, fields.get(page, {}))
        out.append((now, fields))
    return out


def is_blank(cell: Seen) -> bool:
    options = cell.get("options") or []
    if cell["type"] == "select":
        return not cell["code"] or bool(options and options[0]["text"] == cell["text"])
    return cell["type"] in ("radio", "checkbox") or not cell["text"].strip()
