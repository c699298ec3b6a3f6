"""Nothing personal may be whispered: not in a log, not on standard error, in no test of any room.

The suite's people are invented and their ID numbers begin with 99 (an unassigned region), so every whisper can be told
from an accident. A log line of level WARNING or above that a test did not expect fails it as well.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from window_client.devices.sample_residents import sample_residents

# Eighteen digits of the unassigned region, however the date and the check digit turn out.
ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])99\d{15}[\dXx](?![0-9A-Za-z])")

# Passwords and passphrases the suite and the training departments use.
SECRETS: set[str] = {"training-only"}

# Elements of a sample resident that name or reach a person.
_TELLING = ("name", "phone", "id_number", "address", "account")


@cache
def people() -> frozenset[str]:
    """What the sample residents are called and how they are reached; short answers (a code, 是) name nobody."""
    found = set()
    for resident in sample_residents():
        for element, value in {**resident.card, **resident.answers}.items():
            names_a_person = element.startswith(("person.", "family.", "guardian.", "contact.")) and element.endswith(
                _TELLING
            )
            if names_a_person and (len(value) > 3 or re.search(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}", value)):
                found.add(value)
    return frozenset(found)


_OURS = ("window_client", "bridges", "document_vault", "printing", "resources")


def whispered(text: str) -> list[str]:
    """Everything in this text that no log may hold, shortened so that the report does not whisper it on."""
    found = [match.group() for match in ID_NUMBER.finditer(text)]
    found += [word for word in (*SECRETS, *people()) if word in text]
    return [f"{word[:2]}…{word[-1:]} ({len(word)} characters)" for word in found]


@dataclass
class Ear(logging.Handler):
    """Listens to the standard library's logging; `expect` allows a warning whose text matches."""

    heard: list[logging.LogRecord] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, logging.DEBUG)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)

    def expect(self, pattern: str) -> None:
        """Allows lines of level WARNING and above that match, for this test only."""
        self.expected.append(re.compile(pattern))

    def complaints(self) -> Iterable[str]:
        for record in self.heard:
            line = f"{record.name}: {record.getMessage()}"
            words = f"{line} {record.exc_text or ''} {record.exc_info[1] if record.exc_info else ''}"
            for whisper in whispered(words):
                yield f"the log of {record.name} holds something personal: {whisper}"
            if record.levelno >= logging.WARNING and not any(one.search(line) for one in self.expected):
                yield f"unexpected {record.levelname} in the log: {line}"

    def listen(self) -> None:
        logging.getLogger().addHandler(self)
        for name in _OURS:
            logging.getLogger(name).setLevel(logging.DEBUG)

    def leave(self) -> None:
        logging.getLogger().removeHandler(self)
