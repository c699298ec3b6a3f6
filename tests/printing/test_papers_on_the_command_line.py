"""Every kind of paper and every receipt printer from the command line; previews and printer lists need no house."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

import resources
from printing import layout, pades, paper
from printing.verify import verify
from window_client.settings import load

LAYOUTS = resources.layouts_dir()


def _ask(data: Path, *words: str) -> tuple[int, str]:
    from window_client.cli.app import app

    config = data / "config.yaml"
    config.write_text(f"keeper: 'file:{data / 'keeper.key'}'\n")
    ran = CliRunner().invoke(app, ["--data", str(data), "--config", str(config), *words])
    return ran.exit_code, ran.stdout


def _values(folder: Path, kind: str) -> Path:
    voucher = layout.of_kind(LAYOUTS, kind).sample(2, kind)
    file = folder / f"{kind}.json"
    items = [{line.key: line.value for line in item} for item in voucher.items]
    given = {"number": f"C-{kind}", "lines": {line.key: line.value for line in voucher.lines}, "items": items}
    file.write_text(json.dumps({**given, "demo": True}, ensure_ascii=False))
    return file


def test_the_kinds_are_listed_with_the_words_they_take(tmp_path: Path) -> None:
    code, said = _ask(tmp_path, "voucher", "kinds", "--json")
    rows = {row["kind"]: row for row in json.loads(said)["kinds"]}
    assert code == 0
    assert set(rows) == set(layout.kinds(LAYOUTS))
    assert rows["conditional_acceptance"]["sheets"] == 2
    assert "reason_told" in rows["refusal_notice"]["words"]


def test_a_layout_is_drawn_without_a_house(tmp_path: Path) -> None:
    for form in ("a4", "80mm"):
        picture = tmp_path / f"{form}.png"
        assert _ask(tmp_path, "voucher", "preview", "refusal_notice", "--form", form, "--out", str(picture))[0] == 0
        with Image.open(picture) as drawn:
            assert drawn.height > drawn.width
    assert _ask(tmp_path, "voucher", "preview", "no_such_kind")[0] == 2
    assert _ask(tmp_path, "voucher", "preview", "refusal_notice", "--form", "a3")[0] == 2
    form_file = tmp_path / "form.pdf"
    assert _ask(tmp_path, "voucher", "stock", "document_receipt", "--out", str(form_file))[0] == 0
    assert "收件编号" in "".join(paper.page_texts(form_file.read_bytes()))
    assert _ask(tmp_path, "voucher", "stock", "refusal_notice", "--out", str(form_file))[0] == 2
    assert not (tmp_path / "keys").exists(), "nothing was founded for a preview"


def test_printers_and_offsets_are_plain_files(tmp_path: Path) -> None:
    assert _ask(tmp_path, "printers", "add", "roll", "tcp://127.0.0.1:9", "--dpi", "180")[0] == 0
    assert _ask(tmp_path, "printers", "add", "roll", "tcp:nonsense")[0] == 2
    assert _ask(tmp_path, "printers", "add", "roll", "tcp://127.0.0.1:9", "--dpi", "96")[0] == 2
    words = ("printers", "offset", "cups:office", "document_receipt", "--json")
    assert _ask(tmp_path, *words, "--right", "1.5", "--down", "-0.5")[0] == 0
    code, said = _ask(tmp_path, *words)
    assert (code, json.loads(said)["right"], json.loads(said)["down"]) == (0, 1.5, -0.5)
    assert _ask(tmp_path, *words, "--right", "99")[0] == 2
    page = tmp_path / "page.pdf"
    assert _ask(tmp_path, "printers", "calibrate", "cups:office", "document_receipt", "--out", str(page))[0] == 0
    assert "1.5 mm" in "".join(paper.page_texts(page.read_bytes()))
    assert _ask(tmp_path, "printers", "remove", "roll")[0] == 0
    assert _ask(tmp_path, "printers", "remove", "roll")[0] == 1
    (tmp_path / "press" / "offsets.json").write_text("[")
    assert _ask(tmp_path, *words)[0] == 2


@pytest.mark.slow
def test_kinds_are_issued_sealed_and_printed(tmp_path: Path) -> None:
    """In one house: a sealed A4 notice, an A5 one, a slip, one onto a pre-printed form; each reads as what it is."""
    from datetime import UTC, datetime

    from printing.trust import TrustList

    papers = (("acceptance_notice", "a4"), ("refusal_notice", "a5"), ("collection_slip", "80mm"))
    for kind, form in (*papers, ("document_receipt", "form")):
        out = tmp_path / f"{kind}.{'png' if form == '80mm' else 'pdf'}"
        more = ("--seal-pdf",) if form == "a4" else ()
        words = ("voucher", "issue", kind, "--values", str(_values(tmp_path, kind)), "--form", form, "--out", str(out))
        code, said = _ask(tmp_path, *words, "--json", *more)
        assert code == 0, said
        assert json.loads(said)["form"] == form
        trust = TrustList.load(load(None, {"data": tmp_path}).data / "trust-list.cbor")
        verdict = verify(out.read_bytes(), trust, now=datetime.now(UTC))
        assert (verdict.genuine, verdict.voucher and verdict.voucher.kind) == (True, kind), verdict.code
    assert pades.integrity((tmp_path / "acceptance_notice.pdf").read_bytes()) == "intact"
    assert (tmp_path / "pdf-seal-root.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
    assert _ask(tmp_path, "voucher", "issue", "no_such_kind", "--values", str(tmp_path / "x.json"))[0] == 2
    assert _ask(tmp_path, "print", "C-acceptance_notice", "--form", "a5")[0] == 0
    assert (tmp_path / "printed" / "C-acceptance_notice-0-a5.pdf").is_file()
