"""Drift: what was recognised under a new label is proposed beside the recipe, which itself is never rewritten."""

from pathlib import Path

from bridges.healing import Healing, healings, keep_proposal, proposed
from bridges.inspection import FieldSeen, Inspection
from bridges.recipe import load

RECIPE = """# ours, with a comment that stays
recipe: 1
department: lab
name: {zh: 试验, en: Lab}
base: http://127.0.0.1:1/
forms:
  甲:
    items: [lab.a]
    steps:
      - open: /a
      - fill:
          - {label: 联系电话, element: contact.phone}   # stays too
          - label: '通讯地址'
            element: contact.address
      - submit: 提交
    receipt: {number: '编号(\\\\d+)'}
  乙:
    items: [lab.b]
    steps:
      - open: /b
      - fill: [{label: 联系电话, element: contact.phone}]
      - submit: 提交
    receipt: {number: '编号(\\\\d+)'}
"""


def _seen(field: str, found: str, score: float, problem: str = "") -> FieldSeen:
    return FieldSeen("甲", 2, field, "x", found, "text", score, problem)


def test_only_what_is_surely_found_is_a_healing() -> None:
    seen = Inspection(
        (
            _seen("联系电话", "* 联系电话号码：", 0.86),
            _seen("通讯地址", "邮编", 0.3, "missing"),
            _seen("姓名", "姓名", 1.0),
            _seen("性别", "性 别：", 0.95),
        ),
        {},
        (),
    )
    assert healings(seen) == (Healing("甲", "联系电话", "联系电话号码", 0.86),)


def test_the_proposal_changes_one_label_in_one_form_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "recipe.yaml"
    file.write_text(RECIPE, encoding="utf-8")
    changes = (Healing("甲", "联系电话", "联系电话号码", 0.86), Healing("甲", "通讯地址", "现通讯地址", 0.84))
    text = proposed(file, changes)
    differing = [(was, now) for was, now in zip(RECIPE.splitlines(), text.splitlines(), strict=True) if was != now]
    assert differing == [
        (
            "          - {label: 联系电话, element: contact.phone}   # stays too",
            "          - {label: 联系电话号码, element: contact.phone}   # stays too",
        ),
        ("          - label: '通讯地址'", "          - label: '现通讯地址'"),
    ]
    kept = keep_proposal(file, changes)
    assert kept == tmp_path / "recipe.proposed.yaml"
    assert load(kept).forms["乙"].steps == load(file).forms["乙"].steps
    assert file.read_text(encoding="utf-8") == RECIPE
    assert keep_proposal(file, ()) is None
