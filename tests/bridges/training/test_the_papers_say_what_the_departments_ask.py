"""docs/training.md, the department's words and the catalogue agree with the systems themselves."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bridges.training import ALL, Running
from bridges.training.sheet import CHANGES
from bridges.training.trouble import Trouble
from resources import catalogue_dir, department_dir

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "training.md").read_text(encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("department", ALL)
def test_every_box_stands_in_the_papers_under_its_own_name_and_label(running: Running, department: str) -> None:
    for form in running.departments[department].forms():
        _, _, rest = PAGE.partition(f"### `{form.item}` {form.title}")
        table = rest.partition("\n### ")[0]
        for field in form.fields:
            assert f"| `{field.name}` | {field.label} |" in table
        for paper in form.papers:
            assert f"`{paper.kind}` {paper.label}" in table


def test_every_trouble_stands_in_the_papers() -> None:
    for fault in Trouble.__dataclass_fields__:
        assert f"| `{fault}" in PAGE
    for how in CHANGES:
        assert f'`page_changed="{how}"`' in PAGE


@pytest.mark.parametrize("department", ALL)
def test_a_department_goes_by_one_name(running: Running, department: str) -> None:
    words = _read(department_dir(department) / "department.yaml")
    assert (words["demo"], words["id"]) == (True, department)
    for form in running.departments[department].forms():
        item = _read(catalogue_dir() / f"{form.item}.yaml")
        assert (item["department"], item["dept_name"]) == (department, words["name"])


@pytest.mark.parametrize("department", ALL)
def test_a_department_asks_for_no_paper_the_catalogue_does_not_gather(running: Running, department: str) -> None:
    for form in running.departments[department].forms():
        item = _read(catalogue_dir() / f"{form.item}.yaml")
        gathered = {material["kind"]: material["is_need"] for material in item["materials"]}
        assert {paper.kind for paper in form.papers} <= gathered.keys()
        assert all(gathered[paper.kind] for paper in form.papers if paper.required)
