"""Putting the four layers together, and saying exactly where something is wrong."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError

from window_client.settings.tree import PREFIX, DepartmentLink, Settings, leaves

_SECRET_WORDS = ("password", "passwd", "passphrase", "secret", "token", "credential", "private_key", "口令", "密码")


@dataclass(frozen=True)
class Finding:
    """One thing wrong with the settings (texts ``settings.<code>.*``); ``where``: file, variable or command line."""

    code: str
    where: str
    line: int = 0
    detail: Mapping[str, str] = field(default_factory=dict)

    def words(self, texts: Mapping[str, str]) -> tuple[str, str, str]:
        """What happened, what is already done, what to do next, in the language of ``texts``."""
        values = {"at": f"{self.where}:{self.line}" if self.line else self.where, **self.detail}
        happened, done, after = (texts[f"settings.{self.code}.{part}"] for part in ("happened", "done", "next"))
        return happened.format(**values), done.format(**values), after.format(**values)


class SettingsWrong(Exception):
    """The settings cannot be used. Everything that is wrong is in ``findings``, the first of them in ``code``."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = findings[0]
        super().__init__(first.code, f"{first.where}:{first.line}" if first.line else first.where, dict(first.detail))
        self.findings = findings
        self.code = first.code
        self.detail = {"where": first.where, "line": str(first.line), **first.detail}


def load(config: Path | None = None, command_line: Mapping[str, Any] | None = None) -> Settings:
    """Put the four layers together. ``command_line`` is a nested mapping, e.g. ``{"language": "en"}``.

    Raises SettingsWrong with everything that is wrong, or with the one thing that kept the file from being read.
    """
    path = config or (Path(os.environ[PREFIX + "CONFIG"]) if os.environ.get(PREFIX + "CONFIG") else None)
    lines: dict[tuple[str, ...], int] = {}
    if path is None:
        path = user_config_path("onewindow", appauthor=False) / "settings.yaml"
        from_file = _read(path, lines) if path.is_file() else {}
    else:
        from_file = _read(path, lines)
    findings = [*_secrets(from_file, path, lines), *_misspelt_variables()]
    from_environment = EnvSettingsSource(Settings)()
    layers: dict[str, Mapping[str, Any]] = {
        str(path): from_file,
        "environment": from_environment,
        "command line": command_line or {},
    }
    merged: dict[str, Any] = {}
    for layer in layers.values():
        merged = _laid_over(merged, layer)
    try:
        settings = Settings(**merged)
    except ValidationError as trouble:
        findings += [_finding(dict(error), layers, lines) for error in trouble.errors(include_url=False)]
        raise SettingsWrong(tuple(findings)) from trouble
    if findings:
        raise SettingsWrong(tuple(findings))
    return settings


def _read(path: Path, lines: dict[tuple[str, ...], int]) -> dict[str, Any]:
    """The file's plain values; ``lines`` learns where each key stands. Paths in it count from the file's own folder."""
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as trouble:
        reason = trouble.strerror if isinstance(trouble, OSError) else "UTF-8"
        raise SettingsWrong((Finding("file_unreadable", str(path), detail={"why": reason or ""}),)) from trouble
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark
        line = mark.line + 1 if mark else 0
        raise SettingsWrong((Finding("not_yaml", str(path), line, {"why": trouble.problem or ""}),)) from trouble
    if tree is None:
        return {}
    if not isinstance(tree, CommentedMap):
        raise SettingsWrong((Finding("not_a_mapping", str(path), 1),))
    plain: dict[str, Any] = _plain(tree, (), lines)
    for key, info in leaves():
        if info.annotation in (Path, Path | None):
            _count_from(path.parent, plain, key)
    return plain


def _plain(node: Any, at: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            lines[(*at, str(key))] = node.lc.key(key)[0] + 1
        return {str(key): _plain(value, (*at, str(key)), lines) for key, value in node.items()}
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return [_plain(value, at, lines) for value in node] if isinstance(node, list) else node


def _count_from(folder: Path, plain: dict[str, Any], key: tuple[str, ...]) -> None:
    for part in key[:-1]:
        inner = plain.get(part)
        if not isinstance(inner, dict):
            return
        plain = inner
    value = plain.get(key[-1])
    if isinstance(value, str) and value:
        plain[key[-1]] = str(folder.absolute() / Path(value).expanduser())


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        result[key] = _laid_over(below, value) if both else value  # type: ignore[arg-type]
    return result


def _secrets(tree: Mapping[str, Any], path: Path, lines: Mapping[tuple[str, ...], int]) -> Iterator[Finding]:
    """Anything in the file that looks like a secret: by its key, or a password inside the database address."""
    for at in lines:
        if any(word in at[-1].lower() for word in _SECRET_WORDS):
            yield Finding("secret_in_file", str(path), lines[at], {"key": ".".join(at)})
    address = str(tree.get("database") or "")
    if "@" in address and ":" in address.rsplit("@", 1)[0].rsplit("://", maxsplit=1)[-1]:
        yield Finding("secret_in_file", str(path), lines.get(("database",), 0), {"key": "database"})


def _misspelt_variables() -> Iterator[Finding]:
    """A variable with a group of ours (``ONEWINDOW_STATION__…``) must be a setting; others belong to somebody else."""
    known = {PREFIX + "__".join(key).upper() for key, _ in leaves()}
    groups = {name for name, info in Settings.model_fields.items() if name != "departments"}
    for name in os.environ:
        group, nested, _rest = name.removeprefix(PREFIX).partition("__")
        if name.startswith(PREFIX) and nested and group.lower() in groups and name.upper() not in known:
            yield Finding("unknown_variable", name, detail={"key": name, "nearest": _nearest(name, known)})


def _finding(
    error: dict[str, Any], layers: Mapping[str, Mapping[str, Any]], lines: Mapping[tuple[str, ...], int]
) -> Finding:
    at = tuple(str(part) for part in error["loc"])
    where = next((name for name, layer in reversed(list(layers.items())) if _holds(layer, at)), "")
    line = lines.get(at, 0) if where not in ("environment", "command line") else 0
    key = ".".join(at)
    match error["type"]:
        case "extra_forbidden":
            siblings = _words_at(at[:-1])
            return Finding("unknown_key", where, line, {"key": key, "nearest": _nearest(at[-1], siblings)})
        case "string_type" if isinstance(error["input"], int | float):
            return Finding("needs_quotes", where, line, {"key": key, "value": str(error["input"])})
        case _:
            wanted = str(error.get("ctx", {}).get("pattern") or error.get("ctx", {}).get("expected") or error["msg"])
            return Finding("wrong_value", where, line, {"key": key, "wanted": wanted})


def _holds(layer: Mapping[str, Any], at: tuple[str, ...]) -> bool:
    here: Any = layer
    for part in at:
        if not isinstance(here, Mapping) or part not in here:
            return False
        here = here[part]
    return True


def _words_at(at: tuple[str, ...]) -> set[str]:
    model: type[BaseModel] = Settings
    for part in at:
        if model is Settings and part == "departments":
            return set(DepartmentLink.model_fields)
        inner = model.model_fields[part].annotation if part in model.model_fields else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return set(model.model_fields)


def _nearest(word: str, known: set[str]) -> str:
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.3)
    return near[0] if near else ", ".join(sorted(known)[:6])
