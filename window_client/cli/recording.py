"""``onewindow bridge record``: a person files one sample case in the opened browser, and a recipe of it is written.

Values are written only where they are asked for (``--values``); what stands in a password box is never known here.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

import bridges.recipe as recipes
from bridges.draft import Draft
from bridges.inspection import CannotInspect
from bridges.recipe import RecipeWrong
from bridges.recipe_writer import written
from bridges.recorder import Recorder
from bridges.words import words_for
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop

ADDRESS = re.compile(r"https?://[^/\s]+(/\S*)?")


def record(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the case begins: the sign-in page or the form.")],
    out: Annotated[Path, typer.Option(help="The recipe to write.")] = Path("recipe.yaml"),
    values: Annotated[Path | None, typer.Option(help="Also write what was typed, as a sample for bridge run.")] = None,
    department: Annotated[str, typer.Option(help="Small letters, also the folder name.")] = "recorded",
    item: Annotated[str, typer.Option(help="Item code filed with this form.")] = "",
    host: Annotated[list[str] | None, typer.Option(help="A further host the page may reach; may be repeated.")] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="No window; drive it over the debugging address.")
    ] = False,
    json_wanted: JsonFlag = False,
) -> None:
    """Fill one sample case by hand in the opened browser and get a recipe that fills it again."""
    language = settings_of(context).language
    _check(url, out, values, headless, language, json_wanted)
    recorder = Recorder(url, hosts=host or (), headless=headless)
    threading.Thread(target=_listen_for_enter, args=(recorder, url, language), daemon=True).start()
    try:
        draft = recorder.record(department, item)
    except CannotInspect as trouble:
        stop(WindowError(f"bridge.{trouble.code}", **trouble.detail), language=language, json_wanted=json_wanted)
    text = written(draft.recipe, lambda code, detail: words_for(language, f"record.{code}", detail))
    _keep(out, text)
    if values is not None:
        _keep(values, json.dumps({**draft.samples.values, **draft.samples.tables}, ensure_ascii=False, indent=1) + "\n")
    _told(draft, out, values, language, json_wanted)


def _check(url: str, out: Path, values: Path | None, headless: bool, language: str, json_wanted: bool) -> None:
    trouble: WindowError | None = None
    taken = next((file for file in (out, values) if file is not None and file.exists()), None)
    if not ADDRESS.fullmatch(url):
        trouble = WindowError("record.bad_address", url=url)
    elif taken is not None:
        trouble = WindowError("record.exists", file=str(taken))
    elif (
        not headless
        and sys.platform == "linux"
        and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    ):
        trouble = WindowError("record.no_display")
    if trouble is not None:
        stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)


def _listen_for_enter(recorder: Recorder, url: str, language: str) -> None:
    recorder.ready.wait()
    said: list[tuple[str, Mapping[str, str]]] = [("begin", {"url": url}), ("end", {})]
    if not os.environ.get("DISPLAY") and recorder.endpoint:
        said.insert(1, ("endpoint", {"endpoint": recorder.endpoint}))
    for code, detail in said:
        print(words_for(language, f"record.{code}", detail), file=sys.stderr, flush=True)
    sys.stdin.readline()
    recorder.finish.set()


def _keep(file: Path, text: str) -> None:
    """For its writer's eyes only: a sample may be somebody's."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


def _told(draft: Draft, out: Path, values: Path | None, language: str, json_wanted: bool) -> None:
    [form] = draft.recipe["forms"].values()
    fields = sum(len(step.get("fill", ())) for step in form["steps"])
    papers = sum(len(step.get("upload", ())) for step in form["steps"])
    tables = [step["table"] for step in form["steps"] if "table" in step]
    wrong = ""
    try:
        recipes.load(out)
    except RecipeWrong as trouble:  # the writer still gets what was recorded, with the place that needs a hand
        wrong = f"{out}:{trouble.line}: {trouble.in_words(language)}"
    report: dict[str, Any] = {
        "recipe": str(out), "fields": fields, "tables": len(tables), "papers": papers, "number": draft.number,
        "look_up": "look_up" in form, "login": "login" in draft.recipe,
        "values": str(values) if values else "", "wrong": wrong,
    }  # fmt: skip
    filled = {"file": str(out), "fields": str(fields), "papers": str(papers), "number": draft.number or "—"}
    lines = [words_for(language, "record.written" if fields or tables else "record.nothing", filled)]
    for table in tables:
        count = str(len(draft.samples.tables[table["rows"]]))
        lines.append(words_for(language, "record.rows_written", {"rows": table["rows"], "count": count}))
    lines += [words_for(language, "record.values_written", {"file": str(values)})] if values else []
    emit(report, json_wanted, lambda: "\n".join([*lines, *([wrong] if wrong else [])]))
    if wrong or not (fields or tables):
        raise typer.Exit(int(Exit.NO))
