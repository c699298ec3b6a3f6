"""The technical log: what the program did, never for whom.

JSON lines with rotation in the data folder, short lines for people on standard error; structlog over the standard
library, so that libraries and the other rooms, which only know ``logging``, go through the same door.

Laws: one redaction for everything, just before it is written: numbers of people (ID card, telephone, bank account),
values registered as secret, everything under a key that names personal data. One record is one line: control
characters are written as escapes, so no value can pretend to be another record. Tracebacks carry no local variables.
"""

import contextlib
import logging
import logging.handlers
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from threading import Lock
from typing import Any, Final

import structlog

HIDDEN: Final = "***"
_PRIVATE_WORDS: Final = (
    *("name", "id_number", "birth_date", "phone", "address", "account", "portrait", "signature"),
    *("password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "cookie", "authorization"),
    *("pin", "values", "fields", "content", "姓名", "身份证号", "电话", "地址", "口令", "密码"),
)
_OF_STRUCTLOG = frozenset({"_record", "_from_structlog"})  # between two processors, never written
_OWN_WORDS = frozenset({"event", "level", "logger", "timestamp", "visit", "case"})
_D = r"[0-9０-９]"
_COUNTRY = r"(?:(?:00)?[8８][6６][ \-]?)?"
_GAP = r"[\s\-_.·]?"
_NUMBERS = re.compile(
    "|".join(
        (
            # 18 characters with optional gaps, however the digits are written; before the shorter ones on purpose
            rf"(?:{_D}{_GAP}){{17}}[0-9０-９XxＸｘ]",
            rf"{_D}{{15,}}[XxＸｘ]?",  # old ID numbers, bank accounts, anything longer
            rf"{_D}{{4}}(?:[ \-]{_D}{{4}}){{2,4}}(?:[ \-]?{_D}{{1,3}})?",  # an account in groups of four
            rf"(?<!{_D}){_COUNTRY}[1１][3-9３-９]{_D}{{9}}(?!{_D})",  # a mobile number
            rf"(?<!{_D}){_COUNTRY}[1１][3-9３-９]{_D}[ \-]{_D}{{4}}[ \-]{_D}{{4}}(?!{_D})",
            rf"(?<!{_D})0{_D}{{2,3}}[ \-]{_D}{{7,8}}(?!{_D})",  # a landline with its area code
        )
    )
)
# A case number has as many digits as an account; it says nothing about a person and is what a log is searched for.
_CASE_NUMBER = re.compile(r"(?<![0-9A-Za-z])V[0-9]{8}-[0-9]{2}-[0-9]{4}(?:-[0-9]{1,2})?(?![0-9])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_secrets: dict[str, int] = {}
_secrets_lock = Lock()


def logger(name: str) -> Any:
    """A logger that takes an event and key words: ``log.info("scanned", pages=2)``. Events are fixed English words."""
    return structlog.stdlib.get_logger(name)


@contextlib.contextmanager
def about(**subject: str) -> Iterator[None]:
    """Everything logged inside carries these words, e.g. ``about(visit=…, case=…)``. Of this thread only."""
    with structlog.contextvars.bound_contextvars(**subject):
        yield


@contextlib.contextmanager
def keeping_quiet(*values: str) -> Iterator[None]:
    """While inside, these values (a resident's name, a password) never appear in the log, whoever writes them."""
    spelled = [form for value in values if value.strip() for form in {value, repr(value)[1:-1]}]
    with _secrets_lock:
        for form in spelled:
            _secrets[form] = _secrets.get(form, 0) + 1
    try:
        yield
    finally:
        with _secrets_lock:
            for form in spelled:
                _secrets[form] -= 1
                if not _secrets[form]:
                    del _secrets[form]


def never_log(value: str) -> None:
    """This value never appears in the log again, until the program ends."""
    keeping_quiet(value).__enter__()


def redacted(text: str) -> str:
    """The text as it may be written: no personal number, no registered secret."""
    with _secrets_lock:
        hidden = sorted(_secrets, key=len, reverse=True)
    for value in hidden:
        text = text.replace(value, HIDDEN)
    pieces: list[str] = []
    at = 0
    for found in _CASE_NUMBER.finditer(text):
        pieces += [_NUMBERS.sub(HIDDEN, text[at : found.start()]), found.group()]
        at = found.end()
    return "".join([*pieces, _NUMBERS.sub(HIDDEN, text[at:])])


def one_line(text: str) -> str:
    """Control characters, line ends and direction marks as escapes: nothing written can look like another record."""
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


def _clean(value: Any, depth: int = 0) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        text = repr(value)
        return value if redacted(text) == text else HIDDEN
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, Mapping) and depth < 6:
        return {
            one_line(redacted(str(key))): HIDDEN if _is_private(str(key)) else _clean(inner, depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset) and depth < 6:
        return [_clean(inner, depth + 1) for inner in value]
    return one_line(redacted(value if isinstance(value, str) else repr(value)))


def _is_private(key: str) -> bool:
    """``person.name``, ``id_number``, ``user_password``; not ``filename`` or ``event``."""
    return key not in _OWN_WORDS and any(
        key.lower() == word or key.lower().endswith(("." + word, "_" + word)) for word in _PRIVATE_WORDS
    )


def redact(_: Any, __: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The one processor every record passes just before it is written."""
    return {
        key if key in _OF_STRUCTLOG else one_line(redacted(str(key))): value
        if key in _OF_STRUCTLOG
        else HIDDEN
        if _is_private(str(key))
        else _clean(value)
        for key, value in record.items()
    }


def _with_traceback(_: Any, __: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """``exc_info`` as file, line, function and type; the exception's own text passes the redaction like any other."""
    info = record.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[1] is not None:
        frames = traceback.extract_tb(info[2])
        record["trouble"] = f"{type(info[1]).__name__}: {info[1]}"
        record["at"] = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames[-12:]]
    return record


def _for_people(_: Any, __: str, record: MutableMapping[str, Any]) -> str:
    rest = " ".join(
        f"{key}={value}" for key, value in record.items() if key not in ("event", "level", "timestamp", "logger")
    )
    clock = str(record.get("timestamp", ""))[11:19]
    return f"{clock} {record.get('level', ''):<7} {record.get('event', '')}  {rest}".rstrip()


def start_logging(
    folder: Path | None, *, level: str = "info", keep_files: int = 14, megabytes: int = 5, to_people: bool = True
) -> None:
    """Begin. ``folder`` (made 0700) gets onewindow.jsonl with rotation; without one only standard error is written."""
    stop_logging()
    root = logging.getLogger()
    root.setLevel(level.upper())
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        to_file = _OwnersOnly(
            folder / "onewindow.jsonl", maxBytes=megabytes * 1_000_000, backupCount=keep_files, encoding="utf-8"
        )
        to_file.setFormatter(_formatter(structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)))
        root.addHandler(to_file)
    if to_people:
        to_screen = logging.StreamHandler(sys.stderr)
        to_screen.setFormatter(_formatter(_for_people))
        root.addHandler(to_screen)
    logging.captureWarnings(capture=True)


def stop_logging() -> None:
    """Close what start_logging opened; other people's handlers stay."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one.formatter, structlog.stdlib.ProcessorFormatter)]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)


def _formatter(writer: Any) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_CHAIN,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, writer],
    )


class _OwnersOnly(logging.handlers.RotatingFileHandler):
    """The log is nobody else's business, also after a file is full and a new one begins. A full disk is not fatal."""

    def _open(self) -> Any:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding=self.encoding)  # noqa: PTH123

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write("log file cannot be written\n")


_CHAIN: Final[list[Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _with_traceback,
    redact,
]
# From the first import on, before anything is started: our own records are redacted when they are made, so that a
# handler of somebody else (a test's, an embedding program's) never sees more than ours do.
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_CHAIN, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)
