"""The one error of this room, and how it becomes the three sentences a clerk reads."""

from collections.abc import Mapping


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
