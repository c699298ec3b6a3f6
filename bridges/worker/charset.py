"""Whether the department can keep a value at all: its characters and its length, judged before a key is pressed.

An old server does not refuse what it cannot store, it stores something else (mojibake, `&#134071;`, nothing).
Not the codec Chromium uses is asked but the one the old server does.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any

from bridges.worker.wire import Trouble

CHARSETS = {"gbk": "gbk", "gb2312": "gbk", "gb18030": "gb18030", "big5": "big5", "windows-1252": "cp1252"}


def codec_of(charset: str) -> str:
    name = CHARSETS.get(charset.lower(), charset)
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8"
    return name


def check_characters(called: str, value: str, charset: str, substitutes: Mapping[str, str]) -> None:
    codec = codec_of(charset)
    for character in value:
        try:
            codecs.encode(character, codec)
        except UnicodeEncodeError:
            substitute = substitutes.get(character, "")
            raise Trouble(
                "data", "charset_substitute" if substitute else "charset", field=called, character=character,
                substitute=substitute, charset=charset,
            ) from None  # fmt: skip


def check_value(
    field: Mapping[str, Any], value: str, control: Mapping[str, Any], charset: str, substitutes: Mapping[str, str]
) -> None:
    """Raises the trouble in the clerk's words: the character, the limit, how long it is now."""
    check_characters(str(field["called"]), value, charset, substitutes)
    most = min([n for n in (control.get("maxlength"), field.get("max_chars")) if n] or [0])
    # The page counts as JavaScript does, in UTF-16 units; the server of an old page often in bytes.
    length = len(value.encode("utf-16-le")) // 2
    if most and length > most:
        raise Trouble("data", "too_long", field=field["called"], limit=str(most), length=str(length))
    size = len(codecs.encode(value, codec_of(charset), "replace"))
    if field.get("max_bytes") and size > field["max_bytes"]:
        raise Trouble("data", "too_many_bytes", field=field["called"], limit=str(field["max_bytes"]), length=str(size))
