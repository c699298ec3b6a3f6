"""One filing, walked step by step on the page. Says every stage to the parent and asks it before the click."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

from bridges.worker import finding, pictures, signing_in
from bridges.worker.acts import VERBS, Acts
from bridges.worker.arrival import arrived
from bridges.worker.filling import Filling
from bridges.worker.hand_over import HandOver, PersonSubmitted
from bridges.worker.live import LiveView
from bridges.worker.pane import Pane
from bridges.worker.pressing import Meant, is_plain, press
from bridges.worker.receipt import Receipt
from bridges.worker.rows import Rows
from bridges.worker.session import Session
from bridges.worker.wire import Trouble, Wire

ANSWER_SECONDS = 10.0
NOT_THE_PAGE = ("login", "stopped")
AFTER_CLICK = ("clicked", "receipt", "done")


class PageIsAnother(Exception):
    """A person gave back another page than the one they took: the walk begins again."""


class Run:
    """`order`: steps, receipt, values, masked, credentials, stop_before_submit (see bridges.plan and hand.py)."""

    def __init__(self, session: Session, wire: Wire, live: LiveView, order: Mapping[str, Any]) -> None:
        self._session, self._wire, self._live, self._order = session, wire, live, order
        self._panes: list[Pane | Rows] = []
        self.values: dict[str, str] = dict(order.get("values") or {})
        session.guard.values = self.values
        self._acts = Acts(session, self.values, lambda: self._panes, self.take)
        self.filling = Filling(session, order, lambda: self._panes, self._acts, self._reach)
        self._evidence: list[dict[str, Any]] = []
        self._of = sum(len(step.get("fill", ())) for step in order["steps"])
        self.hand_over = HandOver(session, wire, live, order)
        self.clicked = self._found_open = False

    # ---- telling
    def _reach(self, stage: str) -> None:
        if not self.clicked or stage in AFTER_CLICK:  # looking for the number afterwards is no step of the course
            self._wire.say("stage", stage=stage)

    def _count(self) -> None:
        proofs = self._proofs()
        self._wire.say("fields", filled=len(proofs), verified=sum(proof["ok"] for proof in proofs), of=self._of)

    def _proofs(self) -> list[dict[str, Any]]:
        return [proof for pane in self._panes for proof in pane.proofs]

    def result(self, **end: Any) -> dict[str, Any]:
        healed = [one for pane in self._panes for one in pane.healed]
        told = {"proofs": self._proofs(), "evidence": self._evidence, "healed": healed, "prints": self.filling.prints}
        return {**end, **told, "clicked": self.clicked}

    # ---- signing in
    async def sign_in(self) -> None:
        """Signs in by the recipe; the password goes into the page and nowhere else."""
        credentials = self._order.get("credentials")
        if not credentials:
            raise Trouble("login", "no_credentials")
        self._reach("need_login")
        self._session.signing_in = True
        try:
            await signing_in.sign_in(self._session, credentials, self.take)
        finally:
            self._session.signing_in = False

    # ---- the walk
    async def walk(self) -> dict[str, Any]:
        """All steps up to the submit, at most thrice: a session lost before the intent is renewed and starts over."""
        for attempt in (1, 2, 3):
            self._panes, self._evidence = [], []
            await self._acts.back_home()
            self._session.guard.forget_dialogs()
            try:
                for n, step in enumerate(self._order["steps"], 1):
                    if self.hand_over.is_wished:
                        await self._parked("taken_over")
                    self._wire.say("step", name=next(k for k in _VERBS if k in step), n=n, of=len(self._order["steps"]))
                    if "submit" in step:
                        return await self._submit(step)
                    await self.take(step)
            except PersonSubmitted:
                return await self._submitted_by_person()
            except PageIsAnother:
                pass  # the person went on by themself: everything is filled anew
            except (Trouble, PlaywrightError) as trouble:
                if self.clicked or attempt == 3:
                    raise
                if not await self._may_begin_again(trouble):
                    raise
                self._reach("attached")
        raise Trouble("login", "session_lost")

    async def lay_open(self) -> None:
        """Opens the form's first page and signs in, for the filing that is about to come."""
        step = next(iter(self._order["steps"]), {"open": "/"})
        await self.take(step)
        self._session.lay_open(step["open"], step.get("frame"))

    async def _parked(self, why: str, words: str = "") -> None:
        """The page in a person's hands until they give it back; raises `PageIsAnother` when it is no longer ours."""
        stands = await self.hand_over.park(why, [one for one in self._panes if isinstance(one, Pane)], words)
        self.values.update({name: value for name, value in self.hand_over.kept.items() if name in self.values})
        if not stands:
            raise PageIsAnother

    async def _may_begin_again(self, trouble: Trouble | PlaywrightError) -> bool:
        if self._found_open and not (isinstance(trouble, Trouble) and trouble.reason in NOT_THE_PAGE):
            return True  # perhaps it stood there too long: opened anew before the page is blamed
        if await self._person_signs_in(trouble):
            return True
        if await signing_in.was_lost(self._session, trouble):
            await self.sign_in()
            return True
        return isinstance(trouble, PlaywrightError) and "detached" in str(trouble)

    async def _person_signs_in(self, trouble: BaseException) -> bool:
        """No account, a wrong password, a captcha, a USB key: with somebody at the counter the run waits for them."""
        if not isinstance(trouble, Trouble) or trouble.reason != "login" or not self._order.get("person"):
            return False
        self._panes = []
        with contextlib.suppress(PageIsAnother):
            await self._parked(trouble.code)
        return True

    async def _submitted_by_person(self) -> dict[str, Any]:
        self.clicked = True
        words = self._order["masked"]
        self._evidence += await pictures.capture(self._session, self._session.page, "receipt", words)
        return self.result(end="doubt", why="person_submitted")

    async def take(self, step: Mapping[str, Any]) -> None:
        if "if" in step and not await self._is_wanted(step["if"]):
            return
        acts: dict[str, Callable[[Mapping[str, Any]], Awaitable[None]]] = {
            "open": self._open, "human": self._by_person, "fill": self._fill, "upload": self._upload,
            "click": self._leave_by, "wait": self._wait, "check": self._check,
        }  # fmt: skip
        act = next((act for verb, act in acts.items() if verb in step), None)
        if act is not None:
            await act(step)
        elif await self._acts.perform(step):
            for pane in self._panes[: -1 if "table" in step else None]:
                pane.left = True
        if act != self._open or not self._session.signing_in:
            self._unknown_dialog()

    async def _is_wanted(self, seen: Mapping[str, Any]) -> bool:
        """Now, or within the time the recipe gives it."""
        return await self._session.sees(seen) or ("within_s" in seen and await self._session.wait(seen))

    async def _open(self, step: Mapping[str, Any]) -> None:
        session, named = self._session, step.get("frame")
        begins = self._order["do"] == "file" and step is self._order["steps"][0]
        self._found_open = begins and session.lies_open(step["open"], named)
        if not self._found_open:
            await session.open(step["open"], named)
        if session.signing_in:
            return
        if await signing_in.is_asked(session):
            await self.sign_in()
            await signing_in.open_again(session, step["open"], named)
        self._reach("opened")

    async def _by_person(self, step: Mapping[str, Any]) -> None:
        if not self._order.get("person"):
            raise Trouble("login", "person_needed", words=step["human"])
        await self._parked("human", step["human"])

    async def _fill(self, step: Mapping[str, Any]) -> None:
        await self.filling.fill(step)
        self._count()

    async def _upload(self, step: Mapping[str, Any]) -> None:
        await self.filling.upload(step, self._click)

    async def _leave_by(self, step: Mapping[str, Any]) -> None:
        if not self._session.signing_in and not self.clicked:  # then the panes are those of the walk that was lost
            await self.filling.verify()
        await self._click(step["click"], step)
        for pane in self._panes:
            pane.left = True

    async def _wait(self, step: Mapping[str, Any]) -> None:
        if not await self._session.wait(step["wait"]):
            self._unknown_dialog()
            raise Trouble("page", "waited_in_vain", what=_words(step["wait"]))

    async def _check(self, step: Mapping[str, Any]) -> None:
        if not await self._session.sees(step["check"]):
            raise Trouble("page", "check_failed", what=_words(step["check"]))

    def _unknown_dialog(self) -> None:
        if self._session.guard.unknown_dialog:
            raise Trouble("page", "unknown_dialog", words=self._session.guard.unknown_dialog)
        if self._session.guard.refusing_dialog and not self.clicked:
            raise Trouble("data", "refused_before_submit", words=self._session.guard.refusing_dialog)

    async def _click(self, what: Any, step: Mapping[str, Any]) -> None:
        session, count = self._session, len(self._session.guard.popups)
        opens = isinstance(what, Mapping) and (what.get("popup") or what.get("opens"))
        if opens:
            session.guard.popups_wanted += 1
        button = await session.button(what, step.get("frame"), step.get("within"))
        page = session.page
        await button.click(timeout=10_000)
        if opens and what.get("opens"):
            await self._acts.move_to(count)
        elif not self.clicked and not page.is_closed():
            await arrived(page, session.traffic)

    # ---- the click
    async def _submit(self, step: Mapping[str, Any]) -> dict[str, Any]:
        session, words = self._session, self._order["masked"]
        clicks = step["submit"] if isinstance(step["submit"], list) else [step["submit"]]
        self._evidence = before = await pictures.capture(session, session.page, "before_submit", words)
        # Looked for while the page settles; the press itself looks again.
        meant = await self._made_sure_of(clicks[0], step)
        await self.filling.verify()
        if not any(pane.fields for pane in self._panes):
            self._reach("verified")
        self._count()
        table = pictures.value_table(self._proofs(), words)
        self._evidence = [pictures.piece("values.json", "application/json", table), *before]
        self._reach("evidence")
        if self._order.get("stop_before_submit"):
            raise Trouble("stopped", "stopped_before_submit")
        receipt = Receipt(session, self._order["receipt"], self.values)
        await receipt.remember()
        self._unknown_dialog()
        if await session.at_login():
            raise Trouble("login", "session_over")
        if self.hand_over.is_wished:  # the last moment at which a person may have it
            await self._parked("taken_over")
            return await self._submit(step)
        if not await self._wire.may_click():
            raise Trouble("stopped", "not_allowed_to_click")
        self.clicked = True
        session.last_status = 200
        return await asyncio.shield(self._after_intent(step, clicks, receipt, meant))

    async def _made_sure_of(self, what: Any, step: Mapping[str, Any]) -> Meant | None:
        """Waits until the button stands there to be pressed; how it is meant, where we may press it ourselves.

        Raises Playwright's TimeoutError when it never does.
        """
        session, named, within = self._session, step.get("frame"), step.get("within")
        meant = await session.meant(what, named, within) if is_plain(what) else None
        if meant is None or not meant.ready:
            await (await session.button(what, named, within)).click(trial=True, timeout=10_000)
        return meant

    async def _after_intent(
        self, step: Mapping[str, Any], clicks: list[Any], receipt: Receipt, meant: Meant | None
    ) -> dict[str, Any]:
        rule, since = self._order["receipt"], self._session.traffic.count
        looked_for = "steps" in rule or "row" in rule
        try:
            # Looking for the number may open pages: then the click waits until the page is on its way.
            swift = meant if len(clicks) == 1 and not looked_for else None
            if swift is None or not await press(self._session.page, swift):
                for what in clicks:
                    await self._click(what, step)
        except (Trouble, PlaywrightError):
            pass  # it may have arrived all the same: only the department's answer counts from here on
        self._reach("clicked")
        if looked_for:
            answer = await finding.find(self._session, receipt, rule, self.values, self.take, since)
        else:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(arrived(self._session.page, self._session.traffic), ANSWER_SECONDS)
            answer = await receipt.await_answer()
        self._evidence += await pictures.capture(self._session, self._session.page, "receipt", self._order["masked"])
        if "failed" in answer:  # for whoever keeps the recipe: which step of looking for the number did not go
            words = pictures.mask_all(json.dumps(answer.pop("failed"), ensure_ascii=False), self._order["masked"])
            self._evidence.append(pictures.piece("looking.json", "application/json", words.encode()))
        self._reach("receipt")
        with contextlib.suppress(PlaywrightError):
            await self._acts.back_home()
        return self.result(**answer)


def _words(seen: Mapping[str, Any]) -> str:
    return str(seen.get("text") or seen.get("css") or seen.get("gone") or seen.get("url") or "")


_VERBS = ("open", "fill", "upload", "click", "wait", "check", "human", "submit", *VERBS)
