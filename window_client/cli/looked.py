"""What ``onewindow bridge check`` tells: where every field would go, what is out of reach, what the recipe leaves.

Nothing of it was typed or sent. What the page holds and the recipe does not mention comes as lines to copy.
"""

from __future__ import annotations

from bridges.inspection import FieldSeen, Inspection, lines_of_fields
from bridges.recipe import Recipe
from resources import texts


def line(one: FieldSeen, language: str, place: str = "") -> str:
    """`place`: file and line of the recipe where the field is written, said when it would not be filled."""
    words = texts(language)
    if one.problem == "new_required":
        state = words["bridge.check.new_required"]
    elif one.problem:
        said = words.get(
            f"bridge.field_{one.problem}.happened", words.get(f"bridge.{one.problem}.happened", one.problem)
        )
        for name, value in (
            ("field", one.field),
            ("candidate", one.found),
            ("score", f"{one.score:.2f}"),
            ("near", "、".join(one.near) or "—"),
        ):
            said = said.replace("{" + name + "}", value)
        state = f"{words['bridge.check.problem']}: {said}"
    else:
        state = words["bridge.check.would_fill" if one.score >= 1 else "bridge.check.healed"]
        how = words[f"bridge.check.by.{one.how or 'locator'}"]
        state = f"{state} · {how} · {one.name or one.id or '—'}"
    where = f"  ({place})" if one.problem and place else ""
    return f"  {one.step:>2}  {one.field}  ←  {one.element or '—'}  [{one.kind}]  {state}{where}"


def in_words(recipe: Recipe, seen: Inspection, language: str) -> str:
    places = {key: f"{recipe.file.name}:{at}" for key, at in lines_of_fields(recipe).items()}
    words, lines = texts(language), list[str]()
    told = [one.form for one in seen.fields] + [one.form for one in seen.unreached] + [one.form for one in seen.spare]
    for form in dict.fromkeys(told):
        lines += [
            form,
            *(
                line(one, language, places.get((form, one.step, one.field), ""))
                for one in seen.fields
                if one.form == form
            ),
        ]
        for step in (one for one in seen.unreached if one.form == form):
            why = words.get(f"bridge.check.{step.why}", step.why)
            lines.append(f"  {step.step:>2}  {words.get(f'bridge.step.{step.verb}', step.verb)}  {why}")
        spare = [one.line() for one in seen.spare if one.form == form]
        lines += [words["bridge.check.not_mentioned"], *dict.fromkeys("    " + one for one in spare)] if spare else []
    return "\n".join(lines)
