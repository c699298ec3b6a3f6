"""What a person left on the department's page, in our own words again: the way back through the recipe's tables."""

from __future__ import annotations

from bridges.draft_words import as_date, tidy
from bridges.plan import code_table
from bridges.recipe import Form


def our_words(form: Form, element: str, shown: str) -> str | None:
    """The value of this data element for what the page shows; None when the recipe knows no way back."""
    field = next((one for one in form.fields() if one.get("element") == element), None)
    if field is None or not element or "parts" in field or field.get("kind") == "cascade":
        return None
    if "codes" in field or "options" in field:
        table = {**(code_table(field["codes"]) if "codes" in field else {}), **field.get("options", {})}
        back = [
            next((code for code, words in table.items() if tidy(words) == tidy(one)), "") for one in shown.split(";")
        ]
        return ";".join(back) if all(back) else None
    if field.get("kind") == "date" or "format" in field:
        return as_date(shown)[0] or None
    return shown
