"""A9, A10: one browser and one profile a department, so that no cookie of one is ever shown to another."""

from dataclasses import replace
from pathlib import Path

import pytest

from bridges.filing import Filing
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import load
from tests.bridges.pages import served
from tests.bridges.test_a_hostile_page_escapes_nothing import RECIPE

pytestmark = pytest.mark.browser

# A cookie knows no port: in one browser both departments of this loopback would see it.
TELLING = """<!doctype html><meta charset=utf-8><label>姓名<input name=n></label><button>提交</button>
<script>fetch('/seen?'+document.cookie); document.cookie='%s=signed-in; path=/'</script>"""


def _rehearse(desk: FilingDesk, department: str) -> None:
    filing = Filing(f"V1-1:{department}:1", department, "lab.form", {"person.name": "演示"})
    desk.file(filing, stop_before_submit=True)


def test_no_department_sees_the_cookie_of_another(tmp_path: Path) -> None:
    (tmp_path / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    lab = load(tmp_path / "recipe.yaml")
    with served({"/form": TELLING % "one"}) as (one, seen_by_one), served({"/form": TELLING % "two"}) as (two, by_two):
        desk = FilingDesk(
            open_plain(tmp_path / "j.db"), tmp_path / "browsers", lambda _: None,
            departments={
                "one": replace(lab, department="one", base=one), "two": replace(lab, department="two", base=two),
            },
        )  # fmt: skip
        try:
            for department in ("one", "two", "one"):
                _rehearse(desk, department)
        finally:
            desk.close()
    assert [path for path in by_two if "?" in path] == ["/seen?"]
    # The negative control in the same test: the question does see a cookie where there is one.
    assert [path for path in seen_by_one if "?" in path] == ["/seen?", "/seen?one=signed-in"]
