"""What ``onewindow bridge drift`` tells: of one department or of all, and what healed as a proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bridges import fingerprint
from bridges.filing import Credentials
from bridges.healing import healings, keep_proposal
from bridges.inspection import CannotInspect, FieldSeen, Inspection, inspect
from bridges.recipe import Recipe, RecipeWrong
from bridges.words import words_for
from resources import texts
from window_client.cli import accepting

AT_ONCE = 4
Look = Callable[[Recipe], Inspection]


def report_of(recipe: Recipe, seen: Inspection, *, accept: bool) -> dict[str, Any]:
    """`accept` records the page as it is now, and writes the healed labels as a proposed recipe."""
    changed = fingerprint.differences(recipe.fingerprint, seen.fingerprints)
    healed = healings(seen)
    proposal, kept = None, accept and not accepting.unfit(seen)
    if kept:
        fingerprint.keep(recipe.file.parent, fingerprint.merged(recipe.fingerprint, seen.fingerprints))
        proposal = keep_proposal(recipe.file, healed)
    return {
        "department": recipe.department,
        "changes": [asdict(one) for one in seen.changes],
        "controls": [asdict(one) for one in changed],
        "accepted": kept,
        "never_accepted": not recipe.fingerprint and not kept,
        "healed": [asdict(one) for one in healed],
        "proposal": str(proposal) if proposal else "",
    }


def all_reports(called: Mapping[str, Recipe | RecipeWrong], look: Look, *, accept: bool) -> list[dict[str, Any]]:
    """Every department, a few side by side; also when one cannot be read or looked at: that one says why."""

    def report(department: str) -> dict[str, Any]:
        recipe = called[department]
        if isinstance(recipe, RecipeWrong):
            place = {"file": str(recipe.file), "line": recipe.line}
            return {"department": department, "error": f"recipe.{recipe.code}", "detail": recipe.detail, **place}
        if recipe.engine != "chromium":
            return {"department": recipe.department, "error": "bridge.no_bridge_possible", "detail": {}}
        try:
            return report_of(recipe, look(recipe), accept=accept)
        except CannotInspect as trouble:
            return {"department": recipe.department, "error": f"bridge.{trouble.code}", "detail": trouble.detail}

    with ThreadPoolExecutor(AT_ONCE) as side_by_side:
        return list(side_by_side.map(report, called))


def in_words(report: dict[str, Any], language: str, line: Callable[[FieldSeen], str]) -> str:
    """Old label, nearest candidate and score for each; then what was proposed."""
    if "line" in report:
        wrong = RecipeWrong(Path(report["file"]), report["line"], report["error"].split(".", 1)[1], **report["detail"])
        return f"{report['department']}: {wrong.file}:{wrong.line}: {wrong.in_words(language)}"
    if "error" in report:
        said = words_for(
            language, f"{report['error']}.happened", {"department": report["department"], **report["detail"]}
        )
        return f"{report['department']}: {said}"
    count = len(report["changes"]) + len(report["controls"])
    words = texts(language)["bridge.drift.found" if count else "bridge.drift.none"]
    lines = [words.replace("{department}", report["department"]).replace("{count}", str(count))]
    for one in report["changes"]:
        lines.append(line(FieldSeen(**{**one, "near": tuple(one.get("near", ()))})))
        if one["found"] and one["found"] != one["field"]:
            detail = {"was": one["field"], "now": one["found"], "score": f"{one['score']:.2f}"}
            lines.append("      " + words_for(language, "bridge.drift.candidate", detail))
    lines += ["  " + accepting.difference(fingerprint.Difference(**one), language) for one in report["controls"]]
    if report["never_accepted"]:
        lines.append("  " + words_for(language, "bridge.drift.never_accepted", {"department": report["department"]}))
    if report["proposal"]:
        lines.append(words_for(language, "bridge.drift.proposed", {"file": report["proposal"]}))
    return "\n".join(lines)


def looker(account_at: Callable[[str], Credentials | None], base_of: Callable[[str], str]) -> Look:
    return lambda recipe: inspect(recipe, account_at(recipe.department), base=base_of(recipe.department))
