"""``onewindow bridge accept``: the department's pages as they are now, seen by a person and kept beside the recipe.

From then on a filing stops before the first key when two labels have changed places or a code stands for other words.
What is kept is said in words first; without ``--yes`` or a yes at the terminal nothing is written.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bridges import fingerprint
from bridges.filing import Credentials, Filing
from bridges.fingerprint import Difference
from bridges.inspection import CannotInspect, FieldSeen, Inspection
from bridges.recipe import Recipe
from bridges.rehearsal import panes_on_the_way
from bridges.words import words_for
from window_client.casework.errors import WindowError
from window_client.cli import looked
from window_client.cli.bridge_common import (
    Attach,
    Base,
    Item,
    PasswordFile,
    RecipeName,
    User,
    account_of,
    accounts,
    address_of,
    filing_of,
    item_needed,
    looked_at,
    recipe_named,
)
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop

# What a person may look at and mean all the same; with anything else the recipe does not fit this page.
MEANT = ("", "swapped", "recoded")
MOST_FIELDS = 40


@dataclass(frozen=True)
class Seen:
    """`changes` since it was last accepted; `first`: panes accepted for the first time; `blind`: not seen this time."""

    prints: fingerprint.Prints
    changes: tuple[Difference, ...]
    first: tuple[tuple[str, int, tuple[str, ...]], ...]
    blind: tuple[tuple[str, int], ...]


def accept(
    context: typer.Context, recipe: RecipeName,
    values: Annotated[
        Path | None, typer.Option(help="A sample case (JSON): also pages that only come when it is filled. Never sent.")
    ] = None,
    attach: Attach = None, item: Item = "",
    user: User = "", password_file: PasswordFile = None, base: Base = "",
    kept: Annotated[bool, typer.Option("--sign-ins", help="Use what `onewindow sign-in` keeps.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep it without asking.")] = False,
    json_wanted: JsonFlag = False,
) -> None:  # fmt: skip
    """Keep the department's pages as they are now beside the recipe: fingerprint.json. Says first what changed."""
    settings = settings_of(context)
    language = settings.language
    known = recipe_named(recipe, language, json_wanted)
    filing = filing_of(known, values, attach or [], item, "", language, json_wanted) if values else None
    with accounts(context, account_of(user, password_file), kept, json_wanted) as account_at:
        account = account_at(known.department)
    base = address_of(settings, known.department, base)
    found = looked_at(known, account, base, False, language, json_wanted)
    _must_fit(known, found, language, json_wanted)
    prints = {form: dict(steps) for form, steps in found.fingerprints.items()}
    if filing is not None:
        form, panes = _rehearsed(known, filing, account, base, language, json_wanted)
        prints[form] = {**prints.get(form, {}), **panes}
    seen = compared(known, prints)
    _decide(known, seen, yes, language, json_wanted)


def compared(recipe: Recipe, now: fingerprint.Prints) -> Seen:
    prints = fingerprint.merged(recipe.fingerprint, now)
    first = tuple(
        (form, int(step.split(".")[0]) + 1, tuple(str(one["label"] or one.get("name", "")) for one in controls))
        for form, steps in prints.items() for step, controls in steps.items()
        if step not in recipe.fingerprint.get(form, {})
    )  # fmt: skip
    blind = fingerprint.unseen({name: form.steps for name, form in recipe.forms.items()}, prints)
    return Seen(prints, fingerprint.differences(recipe.fingerprint, now), first, blind)


def unfit(found: Inspection) -> list[FieldSeen]:
    return [one for one in found.fields if one.problem not in MEANT]


def _must_fit(recipe: Recipe, found: Inspection, language: str, json_wanted: bool) -> None:
    wrong = unfit(found)
    if not wrong:
        return
    report = {"department": recipe.department, "kept": False, "problems": [asdict(one) for one in wrong]}
    said = [words_for(language, "bridge.accept.unfit", {"department": recipe.department})]
    emit(report, json_wanted, lambda: "\n".join(said + [looked.line(one, language) for one in wrong]))
    raise typer.Exit(int(Exit.NO))


def _rehearsed(
    recipe: Recipe, filing: Filing, account: Credentials | None, base: str, language: str, json_wanted: bool
) -> tuple[str, fingerprint.Prints | Any]:
    form = recipe.form_for(filing.item)
    if form is None:
        stop(item_needed(recipe), language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    try:  # looked at with open eyes: what was accepted before must not stop the walk that accepts anew
        return form.name, panes_on_the_way(replace(recipe, fingerprint={}), form, filing, account, base=base)
    except CannotInspect as trouble:
        stop(WindowError(f"bridge.{trouble.code}", **trouble.detail), language=language, json_wanted=json_wanted)


def _decide(recipe: Recipe, seen: Seen, yes: bool, language: str, json_wanted: bool) -> None:
    """Says what is new, asks, and keeps it."""
    news = bool(seen.changes or seen.first)
    lines = in_words(recipe, seen, language)
    asked = news and not yes and not json_wanted and sys.stdin.isatty()
    if asked:
        print("\n".join(lines), file=sys.stderr)
        lines = []
    wanted = news and (yes or (asked and typer.confirm(words_for(language, "bridge.accept.ask", {}), err=True)))
    file = fingerprint.keep(recipe.file.parent, seen.prints) if wanted else None
    report = {
        "department": recipe.department, "kept": wanted, "file": str(file or ""),
        "changes": [asdict(one) for one in seen.changes],
        "first": [{"form": form, "step": step, "fields": fields} for form, step, fields in seen.first],
        "not_seen": [{"form": form, "step": step} for form, step in seen.blind],
    }  # fmt: skip
    if file is not None:
        lines = [*lines, words_for(language, "bridge.accept.kept", {"file": str(file)})]
    elif news:
        lines = [*lines, words_for(language, "bridge.accept.not_kept", {})]
    emit(report, json_wanted, lambda: "\n".join(lines))
    if news and not wanted:
        raise typer.Exit(int(Exit.NO))


def in_words(recipe: Recipe, seen: Seen, language: str) -> list[str]:
    lines = [difference(one, language) for one in seen.changes]
    for form, step, fields in seen.first:
        said = "、".join(fields[:MOST_FIELDS]) + ("…" if len(fields) > MOST_FIELDS else "")
        detail = {"form": form, "step": str(step), "count": str(len(fields)), "fields": said}
        lines.append(words_for(language, "bridge.accept.first", detail))
    if not lines:
        lines.append(words_for(language, "bridge.accept.same", {"department": recipe.department}))
    for form, step in seen.blind:
        lines.append(words_for(language, "bridge.accept.blind", {"form": form, "step": str(step)}))
    return lines


def difference(one: Difference, language: str) -> str:
    detail = {"form": one.form, "step": str(one.step), "field": one.field, "was": one.was, "now": one.now}
    return words_for(language, f"bridge.print.{one.kind}", detail)


def hint(recipe: Recipe, name: str, language: str) -> str:
    """For whoever has just seen that the recipe works; empty when its pages are accepted."""
    blind = fingerprint.unseen({name: form.steps for name, form in recipe.forms.items()}, recipe.fingerprint)
    if not blind:
        return ""
    places = "、".join(f"{form} {step}" for form, step in blind[:6]) + ("…" if len(blind) > 6 else "")
    return words_for(language, "bridge.accept.hint", {"recipe": name, "places": places})
