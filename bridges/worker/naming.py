"""Which frame of a page a recipe means by a name: what the page calls it, its address, or the marks of its element."""

from __future__ import annotations

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page


async def marked(named: str, page: Page) -> Frame | None:
    """By the id or title of its element: a frame of another origin does not tell them itself."""
    for frame in page.frames:
        if frame is page.main_frame or frame.name:
            continue
        try:
            element = await frame.frame_element()
            marks = await element.evaluate("e => [e.id, e.name, e.title]")
        except PlaywrightError:
            continue
        if named in marks:
            return frame
    return None


def called(named: str, page: Page) -> Frame | None:
    """By its exact name (or id), a part of its address, or the beginning of its name; the youngest wins."""
    frames = [frame for frame in page.frames if frame is not page.main_frame]
    for fits in (
        lambda f: f.name == named,
        lambda f: named in f.url,
        lambda f: bool(f.name) and f.name.startswith(named),
    ):
        found = [frame for frame in frames if fits(frame) and not frame.is_detached()]
        if found:
            return found[-1]
    return None
