"""Every fault of a catalogue page has a file and a line, and a catalogue with one is not loaded at all."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import resources
from window_client.casework.catalogue import Catalogue, CatalogueWrong
from window_client.casework.catalogue_lint import RULES, lint
from window_client.casework.yaml_page import read_page

ITEM = "minzheng.senior_card.yaml"
IMMEDIATE = "gongan.hukou_book.yaml"
PAGES = (
    ITEM,
    IMMEDIATE,
    "canlian.certificate_renewal.yaml",
    "canlian.subsidy.yaml",
    "minzheng.temporary_relief.yaml",
    "zhujian.public_rental.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The dictionaries and the six pages that the faults below are put into."""
    place = tmp_path / "catalogue"
    shutil.copytree(resources.catalogue_dir() / "_codes", place / "_codes")
    for name in ("_elements.yaml", "_materials.yaml", *PAGES):
        shutil.copy(resources.catalogue_dir() / name, place / name)
    return place


def change(file: Path, old: str, new: str) -> int:
    """Replace once; the line it was on."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_catalogue_is_clean_and_complete() -> None:
    assert lint(resources.catalogue_dir()) == []
    catalogue = Catalogue.load(resources.catalogue_dir())
    assert len(catalogue.items) >= 12
    assert len({item.department for item in catalogue.items.values()}) >= 6
    assert all(item.demo for item in catalogue.items.values())
    for code in (
        "gongan.hukou_book",
        "gongan.residence_permit",
        "minzheng.senior_card",
        "minzheng.senior_allowance",
        "canlian.subsidy",
        "canlian.certificate_renewal",
    ):
        assert 14 <= len(catalogue.item(code).fields) <= 23


def test_every_label_has_both_languages() -> None:
    catalogue = Catalogue.load(resources.catalogue_dir())
    for element in catalogue.elements.values():
        assert all((element.label, element.label_en, element.group_label, element.group_label_en))
        assert bool(element.hint) == bool(element.hint_en)
    for table in catalogue.dictionaries.tables.values():
        assert all(code.label and code.label_en for code in table.codes)


UNUSABLE: list[tuple[str, str, str, str]] = [
    (ITEM, "task_version: 1", "task_version: one", "task_version"),
    (ITEM, "task_version: 1", "task_versions: 1", "task_version"),
    (ITEM, "task_type: '20'", "task_type: '21'", "task_type"),
    (ITEM, "code: minzheng.senior_card", "code: minzheng.senior_cards", "senior_cards"),
    (ITEM, "department: minzheng", "department: canlian", "department"),
    (ITEM, "element: person.sex,", "element: person.sexx,", "person.sexx"),
    (ITEM, "element: person.sex,", "element: person.name,", "twice"),
    (ITEM, "kind: hukou_booklet,", "kind: hukou_book,", "hukou_book"),
    (ITEM, "kind: hukou_booklet,", "kind: id_card,", "twice"),
    (ITEM, "age_in_months(person.birth_date, 1) >= 65", "age_in_months(person.birth_date, 1) >=", "CEL"),
    (ITEM, "age_in_months(person.birth_date, 1)", "ages(person.birth_date)", "ages"),
    (ITEM, "age_in_months(person.birth_date, 1)", "age(disability.issued_on)", "disability.issued_on"),
    (ITEM, "reuse: reuse}", "reuse: always}", "always"),
    (ITEM, "demo: true", "demo: yes", "boolean"),  # YAML 1.2: yes is a word
    (ITEM, "demo: true", "demo: true\ndemo: true", "duplicate"),
    (ITEM, "task_name: 敬老卡申领", "task_name: [敬老卡申领", ""),
    ("_elements.yaml", "kind: phone", "kind: telephone", "telephone"),
    ("_elements.yaml", "codes: gb3304", "codes: gb3305", "gb3305"),
    ("_elements.yaml", "max_length: 50", "max_lenght: 50", "max_lenght"),
    ("_elements.yaml", "'^[0-9]{6}$'", "'^[0-9{6}$'", "pattern"),
    ("_materials.yaml", "validity: permanent, e", "validity: for ever, e", "validity"),
    ("_materials.yaml", "reuse_level: C,", "reuse_level: D,", "reuse_level"),
    ("_codes/region.yaml", "parent: '9901'", "parent: '9999'", "9999"),
    ("_codes/gb2261-1.yaml", "value: '2'", "value: '1'", "twice"),
    ("_codes/gb2261-1.yaml", "value: '2'", "value: 2", "quotes"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), UNUSABLE)
def test_an_unusable_page_is_named_and_nothing_is_loaded(
    folder: Path, name: str, old: str, new: str, says: str
) -> None:
    line = change(folder / name, old, new)
    with pytest.raises(CatalogueWrong) as told:
        Catalogue.load(folder)
    assert told.value.file == folder / name
    assert says in told.value.words
    assert told.value.line in (line, line + 1) or "missing" in told.value.words or "required" in told.value.words
    assert any((one.file, one.line) == (told.value.file, told.value.line) for one in lint(folder))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"- a\n- b\n", b"just words", b"a: &a [*a, *a]\n", b"{" * 5000])
def test_a_page_that_is_no_page(folder: Path, content: bytes) -> None:
    (folder / "gongan.strange.yaml").write_bytes(content)
    with pytest.raises(CatalogueWrong) as told:
        Catalogue.load(folder)
    assert told.value.file.name == "gongan.strange.yaml"
    assert told.value.line >= 1


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueWrong):
        Catalogue.load(tmp_path / "nowhere")


def _line(folder: Path, name: str, key: str) -> int:
    return read_page(folder / name).line((key,))


def _no_questions(folder: Path) -> int:
    page = folder / ITEM
    change(page, "task_type: '20'", "task_type: '01'")
    text = page.read_text(encoding="utf-8")
    start = text.index("questions:")
    page.write_text(text[:start] + "questions: []\n" + text[text.index("\n# 材料") :], encoding="utf-8")
    return _line(folder, ITEM, "questions")


def _neither_way(folder: Path) -> int:
    change(folder / ITEM, "limit_scene_num: 1", "limit_scene_num: 0")
    change(folder / ITEM, "limit_scene_explain: 须核验本人身份证原件", "limit_scene_explain: 无")
    change(folder / ITEM, "is_online: true", "is_online: false")
    return change(folder / ITEM, "[窗口办理, 网上办理, 邮寄申请]", "[窗口办理]")


def _same_code(folder: Path) -> int:
    code = read_page(folder / "canlian.certificate_renewal.yaml").data["task_code"]
    own = read_page(folder / "canlian.subsidy.yaml").data["task_code"]
    return change(folder / "canlian.subsidy.yaml", f"task_code: '{own}'", f"task_code: '{code}'")


def _spare_table(folder: Path) -> int:
    shutil.copy(folder / "_codes" / "yes_no.yaml", folder / "_codes" / "yes_know.yaml")
    return 1


# rule → file, what stands there, what is put there, and how far from it the finding points
EDITS: dict[str, tuple[str, str, str, int]] = {
    "immediate_is_immediate": (IMMEDIATE, "project_type: '1'", "project_type: '2'", 0),
    "promised_is_promised": (ITEM, "check_type: 前审后批", "check_type: 即审即办", -1),
    "certificate_finish": ("canlian.certificate_renewal.yaml", "出证办结", "出文办结", 0),
    "document_finish": ("canlian.subsidy.yaml", "出文办结", "出证办结", 0),
    "reply_finish": ("zhujian.public_rental.yaml", "审批办结", "出文办结", 0),
    "visit_needs_reason": (ITEM, "explain: 须核验本人身份证原件", "explain: 无", 0),
    "no_visit_no_reason": (ITEM, "limit_scene_num: 1", "limit_scene_num: 0", 1),
    "online_depth_four": (ITEM, "online_handle_depth: Ⅲ级", "online_handle_depth: Ⅳ级", -3),
    "fee_needs_basis": (ITEM, "is_fee: false", "is_fee: true", 0),
    "free_takes_no_payment": (ITEM, "is_pay_online: false", "is_pay_online: true", 0),
    "two_telephones": (ITEM, "link_way: 0990-5550003", "link_way: 0990-12345", 1),
    "area_code": (ITEM, "link_way: 0990-5550003", "link_way: '5550003'", 0),
    "supervision_area_code": (ITEM, "supervise_way: 0990-12345", "supervise_way: '123456'", 0),
    "topic_fits_people": (ITEM, "type: [养老服务]", "type: [设立变更]", 0),
    "permission_needs_steps": (IMMEDIATE, "task_type: '20'", "task_type: '01'", 20),
    "result_needs_sample": (ITEM, "result_sample: 窗口样本册第 3 页\n", "", -2),
    "step_is_complete": (ITEM, "role: 民政审核人, ", "", 0),
    "promise_within_law": (ITEM, "anticipate_day: 30", "anticipate_day: 29", 2),
    "department_system_named": (ITEM, "dept_sys_name: 民政业务系统\n", "", -1),
    "ends_after_start": (ITEM, "demo: true\n", "demo: true\nplan_cancel_date: '2025-12-31'\n", 1),
    "task_name_once": ("minzheng.temporary_relief.yaml", "task_name: 临时救助申请", "task_name: 敬老卡申领", 0),
    "department_one_name": ("minzheng.temporary_relief.yaml", "dept_name: 幸福区民政局", "dept_name: 民政局", 0),
}
BREAKS: dict[str, Callable[[Path], int]] = {
    "permission_needs_question": _no_questions,
    "no_visit_needs_post": _neither_way,
    "task_code_once": _same_code,
    "table_unused": _spare_table,
}


@pytest.mark.parametrize("rule", [*RULES, "task_code_once", "task_name_once", "department_one_name", "table_unused"])
def test_each_rule_finds_its_fault_at_its_line_and_only_there(folder: Path, rule: str) -> None:
    if rule in BREAKS:
        line = BREAKS[rule](folder)
    else:
        name, old, new, further = EDITS[rule]
        line = change(folder / name, old, new) + further
    found = [one for one in lint(folder) if one.rule == rule]
    assert [(one.rule, one.line) for one in found] == [(rule, line)]
    english = [one.words for one in lint(folder, "en") if one.rule == rule]
    assert english != [one.words for one in found]
    assert all(english)


def test_one_run_names_every_fault(folder: Path) -> None:
    change(folder / ITEM, "is_fee: false", "is_fee: true")
    change(folder / IMMEDIATE, "task_version: 1", "task_version: 0")
    change(folder / "canlian.subsidy.yaml", "出文办结", "出证办结")
    assert {one.file.name for one in lint(folder)} == {ITEM, IMMEDIATE, "canlian.subsidy.yaml"}


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_is_a_page_or_is_named(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("page") / "x.yaml"
    file.write_text(text, encoding="utf-8", errors="replace")
    lines = text.count("\n") + text.count("\r") + 2
    with contextlib.suppress(CatalogueWrong):
        read_page(file)
        lines = 0
    assert lines == 0 or 1 <= _told_line(file) <= lines


def _told_line(file: Path) -> int:
    with pytest.raises(CatalogueWrong) as told:
        read_page(file)
    return told.value.line


def test_the_command_says_file_and_line(folder: Path) -> None:
    from window_client.cli.catalogue import app

    line = change(folder / ITEM, "is_fee: false", "is_fee: true")
    ran = CliRunner().invoke(app, ["lint", "--dir", str(folder)])
    assert ran.exit_code == 1
    assert f"{ITEM}:{line}: " in ran.output
    assert CliRunner().invoke(app, ["lint", "--json"]).exit_code == 0
