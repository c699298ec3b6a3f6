"""The click that may be the submit: one trusted press where the button surely is, without Playwright's long way there.

Playwright carries 300 KB of its own script into every new page before its first click, and waits for frames of a page
nobody looks at. Here the runtime says in one call where the button's middle is, that it stands still and that nothing
covers it; the mouse then presses that point. Should the page move in between, the press is caught before the page hears
of it. Whatever this way cannot promise (a covered or moving button, a frame of another origin) is left to Playwright.
"""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import ElementHandle, Page
from playwright.async_api import Error as PlaywrightError

PATIENCE_MS = 10_000
AIM_SECONDS, ASK_SECONDS = 1.0, 1.0
_AIM = "(e, arm) => window.__onewindow ? window.__onewindow.aim(e, arm) : null"
_MISSED = "() => window.__onewindow.missed()"


async def can_be_pressed(button: ElementHandle) -> None:
    """Waits until the button stands there to be pressed; Playwright's TimeoutError when it never does."""
    if await _aim(button, arm=False) is None:
        await button.click(trial=True, timeout=PATIENCE_MS)


async def press(page: Page, button: ElementHandle) -> bool:
    """Once, at the button or nowhere; False when surely nothing was pressed. Does not wait for what the page does."""
    point = await _aim(button, arm=True)
    if point is None:
        return False
    await page.mouse.click(point["x"], point["y"])
    return not await _missed(button)


async def _aim(button: ElementHandle, *, arm: bool) -> Any:
    try:
        return await asyncio.wait_for(button.evaluate(_AIM, arm), AIM_SECONDS)
    except (PlaywrightError, TimeoutError):
        return None


async def _missed(button: ElementHandle) -> bool:
    """Whether the press was caught on its way to something else. A page that is gone or busy was pressed."""
    try:
        return bool(await asyncio.wait_for(button.evaluate(_MISSED), ASK_SECONDS))
    except (PlaywrightError, TimeoutError):
        return False
