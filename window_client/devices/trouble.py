"""The one error of this room, and how it becomes the three sentences a clerk reads."""

from collections.abc import Mapping


class DeviceTrouble(Exception):
    """A device could not do it. Texts: ``devices.<code>.happened|done|next``; details are safe to show and to log.

    Neither a name nor a number read from a document may become a detail: they are shown to whoever stands there.
    A detail called ``why`` is a code of its own (``devices.why.<why>``).
    """

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail: Mapping[str, str] = {name: str(value) for name, value in detail.items()}

    @property
    def text_key(self) -> str:
        return f"devices.{self.code}"

    def words(self, texts: Mapping[str, str]) -> tuple[str, str, str]:
        """What happened, what is already done, what to do next, in the language of ``texts``."""
        values = dict(self.detail)
        if "why" in values:
            values["why"] = texts.get(f"devices.why.{values['why']}", values["why"])
        happened, done, after = (texts[f"{self.text_key}.{part}"] for part in ("happened", "done", "next"))
        return happened.format(**values), done.format(**values), after.format(**values)
