"""One picture of both screens, for a page that has room for only one: the clerk's while three departments are filled,
the resident's while they read what is said about them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

_GROUND = (226, 232, 240)
_TALL = 720
_GAP = 28


def both_screens(pictures: Path, out: Path) -> Path:
    """``out/both-screens.png`` from the demo's own photographs; small enough for a page (256 colours)."""
    shown = [_scaled(pictures / name) for name in ("10-filing-clerk.png", "08-review-resident.png")]
    wide = sum(one.width for one in shown) + _GAP * 3
    sheet = Image.new("RGB", (wide, _TALL + _GAP * 2), _GROUND)
    left = _GAP
    for one in shown:
        sheet.paste(one, (left, _GAP + _TALL - one.height))
        left += one.width + _GAP
    path = out / "both-screens.png"
    sheet.quantize(256).save(path, optimize=True)
    return path


def _scaled(path: Path) -> Image.Image:
    """The clerk's screen at full height, the resident's as much smaller as their screen is."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    tall = _TALL if picture.width > 1500 else round(_TALL * 0.78)
    return picture.resize((round(picture.width * tall / picture.height), tall), Image.Resampling.LANCZOS)
