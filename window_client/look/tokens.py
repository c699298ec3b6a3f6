"""Design tokens as one frozen value: what `resources/styles/tokens.yaml` says for one room, theme and type size.

A window is built from one `Tokens`; another theme or larger type is another value and the window is laid out anew,
so no widget keeps a colour of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import resources

type_names = ("tiny", "small", "body", "strong", "heading", "title", "display")
Room = Literal["staff", "resident"]
Theme = Literal["light", "contrast"]


@dataclass(frozen=True)
class Tokens:
    room: Room
    theme: Theme
    large: bool
    colours: Mapping[str, str]
    type: Mapping[str, int]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    control: int

    @classmethod
    def load(cls, room: Room, theme: Theme = "light", large: bool = False) -> Tokens:
        tokens = resources.style_tokens()
        factor = float(tokens["large"][room]) if large else 1.0
        return cls(
            room=room,
            theme=theme,
            large=large,
            colours={name: str(value) for name, value in tokens["colours"][theme].items()},
            type={name: round(int(px) * factor) for name, px in tokens["type"][room].items()},
            space={name: int(px) for name, px in tokens["space"].items()},
            radius={name: int(px) for name, px in tokens["radius"].items()},
            control=round(int(tokens["control"][room]) * factor),
        )

    def colour(self, name: str) -> str:
        return self.colours[name]

    def px(self, name: str) -> int:
        """A type size in pixels."""
        return self.type[name]

    def gap(self, name: str) -> int:
        """A distance in pixels; the resident's room breathes more."""
        return self.space[name] if self.room == "staff" else round(self.space[name] * 1.3)

    def but(self, *, theme: Theme | None = None, large: bool | None = None) -> Tokens:
        return Tokens.load(self.room, theme or self.theme, self.large if large is None else large)
