"""Facts as JSON and back, by the facts' own annotations: a new fact needs nothing here.

Laws: what was written is never rewritten, so a field that a later version added stays in the stored bytes; reading it
with an older version ignores the field, and `recode` keeps it byte for byte. A body of the wrong shape is told
(`casework.fact_unreadable`), never guessed at.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from window_client.casework import facts
from window_client.casework.errors import WindowError

KINDS: Mapping[str, type] = {kind.__name__: kind for kind in get_args(facts.Fact)}


@dataclass(frozen=True)
class Decoded:
    """`rest`: fields of the stored body that this version does not know."""

    fact: facts.Fact
    rest: Mapping[str, Any]


def kind_of(fact: facts.Fact) -> str:
    return type(fact).__name__


def encode(fact: facts.Fact, rest: Mapping[str, Any] | None = None) -> bytes:
    """One canonical JSON object: sorted keys, no blanks, UTF-8."""
    try:
        said = {**(rest or {}), **_plain(fact)}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError):
        raise WindowError("casework.fact_unwritable", kind=kind_of(fact)) from None


def decode(kind: str, body: bytes) -> Decoded:
    known = KINDS.get(kind)
    if known is None:
        raise WindowError("casework.fact_unknown", kind=kind)
    try:
        said = json.loads(body, parse_constant=_refuse)
        return Decoded(_made(known, said), {key: said[key] for key in said if key not in _hints(known)})
    except (ValueError, TypeError, KeyError, RecursionError):
        raise WindowError("casework.fact_unreadable", kind=kind) from None


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _made(kind: type, said: Any) -> Any:
    if not isinstance(said, dict):
        raise TypeError
    values = {name: _read(hint, said[name]) for name, hint in _hints(kind).items() if name in said}
    for one in fields(kind):
        if one.name not in values and one.default is MISSING and one.default_factory is MISSING:
            raise KeyError(one.name)
    return kind(**values)


def _read(hint: Any, said: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _must(said in arguments, said)
    if origin is tuple:
        _must(isinstance(said, list) and arguments[1:] == (...,), said)
        return tuple(_read(arguments[0], one) for one in said)
    if origin is dict:
        _must(isinstance(said, dict), said)
        return {key: _read(arguments[1], one) for key, one in said.items()}
    if origin is types.UnionType:
        return None if said is None else _read(next(one for one in arguments if one is not type(None)), said)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made(hint, said)
    if hint is float:
        return float(_must(isinstance(said, int | float) and not isinstance(said, bool), said))
    return _must(type(said) is hint, said)


def _must(holds: bool, said: Any) -> Any:
    if not holds:
        raise TypeError
    return said


def _refuse(constant: str) -> float:
    raise ValueError(constant)
