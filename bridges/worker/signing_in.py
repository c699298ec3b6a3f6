"""Signing in by the recipe. The password goes into the page and nowhere else: not into a proof, not into evidence."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

from bridges.worker.pane import Pane
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

SIGN_IN_SECONDS = 15.0
LOST_LOGIN_SECONDS = 4.0
# A page may show its sign-in until its server has told it who we are: the question is only meant when all is answered.
ANSWERED_SECONDS, QUIET_SECONDS = 8.0, 0.15
# Troubles a page may show while it is on its way to the sign-in page.
LEAVING = (
    "field_missing",
    "frame_missing",
    "button_missing",
    "unknown_dialog",
    "waited_in_vain",
    "check_failed",
    "page_trouble",
    "field_gone",
    "field_not_held",
    "upload_not_taken",
)


async def is_asked(session: Session) -> bool:
    """Whether the department wants a sign-in: its page shows one and waits for no answer that could take it away."""
    quiet_since, deadline = None, time.monotonic() + ANSWERED_SECONDS
    while await session.at_login():
        now = time.monotonic()
        quiet_since = None if session.traffic.under_way() else quiet_since or now
        if now > deadline or (quiet_since is not None and now - quiet_since >= QUIET_SECONDS):
            return True
        await asyncio.sleep(0.03)
    return False


async def sign_in(
    session: Session, credentials: Mapping[str, str], step_of: Callable[[Mapping[str, Any]], Awaitable[None]]
) -> None:
    """Walks the login steps (`step_of` walks what is no `fill`) and waits for the department's yes or no."""
    login = session.department["login"]
    values = {"login.user": credentials["user"], "login.password": credentials["password"]}
    for n, step in enumerate(login["steps"]):
        if "fill" in step:
            fields = [
                {**field, "key": f"login.{n}.{m}",
                 "value": field.get("fixed") or values.get(field.get("element", ""), ""), "element": "",
                 "called": str(field.get("label") or field.get("name") or field.get("id"))}
                for m, field in enumerate(step["fill"])
            ]  # fmt: skip
            pane = Pane(session, await session.frame(step.get("frame")), {**step, "fill": fields}, [])
            await pane.check()
            await pane.fill()
        elif "wait" not in step or not await _is_in_already(session, login, step["wait"]):
            await step_of(step)
        else:
            session.signed_in = True
            return
    await _answered(session, login)


async def open_again(session: Session, path: str, frame: str | None) -> None:
    """What was wanted before the department asked; shown for a moment once more, its sign-in is no session lost."""
    if not session.department["login"].get("stays"):
        await session.open(path, frame)
        await is_asked(session)


async def _is_in_already(session: Session, login: Mapping[str, Any], awaited: Mapping[str, Any]) -> bool:
    """A page that showed its sign-in for a moment, before it had asked its server who we are, lets us straight in."""
    done, deadline = login.get("done"), time.monotonic() + SIGN_IN_SECONDS
    while done and time.monotonic() < deadline and not await session.sees(awaited):
        if await session.sees(done):
            return True
        await asyncio.sleep(0.03)
    return False


async def _answered(session: Session, login: Mapping[str, Any]) -> None:
    done = login.get("done")
    deadline = time.monotonic() + SIGN_IN_SECONDS
    while time.monotonic() < deadline:
        if any([await session.sees({"text": word}) for word in login.get("wrong", ())]):
            raise Trouble("login", "wrong_password")
        if (await session.sees(done)) if done else not await session.at_login():
            session.signed_in = True
            return
        await asyncio.sleep(0.03)
    raise Trouble("login", "sign_in_failed")


async def was_lost(session: Session, trouble: BaseException) -> bool:
    """Whether the trouble is that the department signed us out; a page that stands is not waited for."""
    login = session.department.get("login")
    if login is None or (isinstance(trouble, Trouble) and trouble.reason in ("data", "login", "stopped")):
        return False
    stands = isinstance(trouble, Trouble) and (
        trouble.code not in LEAVING or trouble.detail.get("candidate") or trouble.detail.get("got")
    )
    deadline = time.monotonic() + (0 if stands else LOST_LOGIN_SECONDS)
    while True:  # an old system first says so in an alert and then goes to its sign-in page
        try:
            if await is_asked(session):
                session.guard.forget_dialogs()
                return True
        except PlaywrightError:
            pass
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
