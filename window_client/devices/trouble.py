"""The one error of this room, and how it becomes the three sentences a clerk reads."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any


class DeviceTrouble(Exception):
    """A device could not do it. Texts: ``<text_key>.happened|done|next``; details are safe to show and to log.

    Neither a name nor a number read from a document may become a detail: they are shown to whoever stands there.
    A detail called ``why`` is a code of its own with its own three sentences (``devices.scan_unreadable.blurred``).
    """

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail: Mapping[str, str] = {name: str(value) for name, value in detail.items()}

    @property
    def text_key(self) -> str:
        return ".".join(("devices", self.code, *(value for name, value in self.detail.items() if name == "why")))

    def words(self, texts: Mapping[str, str]) -> tuple[str, str, str]:
        """What happened, what is already done, what to do next, in the language of ``texts``."""
        happened, done, after = (texts[f"{self.text_key}.{part}"] for part in ("happened", "done", "next"))
        return happened.format(**self.detail), done.format(**self.detail), after.format(**self.detail)


@contextlib.contextmanager
def only_device_trouble(log: Any, event: str, device: str, **more: str) -> Iterator[None]:
    """What every port promises: nothing but DeviceTrouble leaves the block; a fault in a driver is ``device_failed``.
    Either is logged as ``event``."""
    try:
        yield
    except Exception as trouble:
        log.warning(event, device=device, **more, trouble=code_of(trouble))
        if isinstance(trouble, DeviceTrouble):
            raise
        raise DeviceTrouble("device_failed", device=device, what=type(trouble).__name__) from trouble


def code_of(trouble: Exception) -> str:
    """An error as it may stand in a log: our own code, or the type of a foreign one. Never its text."""
    if isinstance(trouble, DeviceTrouble):
        return trouble.code + (":" + trouble.detail["why"] if "why" in trouble.detail else "")
    return type(trouble).__name__
