"""A figure that does not hold is told as such, to people and to machines, and never passes for success."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.figure import Figure

KEPT = Figure("表单填写 against per-field typing", 52.25, "≥ 40×", holds=True, unit="×")
BROKEN = Figure("voucher against bare typst", 1.9, "≤ 1.5×", holds=False, unit="×")


def _with(monkeypatch: pytest.MonkeyPatch, **areas: Any) -> None:
    monkeypatch.setattr(bench, "areas", lambda: {name: SimpleNamespace(figures=made) for name, made in areas.items()})


def test_all_kept_is_success(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _with(monkeypatch, filling=lambda: [KEPT])
    assert bench.main([]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith("· 52.25×   · ≥ 40×  · yes")


def test_one_broken_is_not_success(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _with(monkeypatch, filling=lambda: [KEPT], voucher=lambda: [BROKEN])
    assert bench.main(["--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [figure["holds"] for figure in told["figures"]] == [True, False]
    assert set(told["figures"][0]) == {"name", "value", "target", "holds"}


def test_one_area_can_be_asked_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _with(monkeypatch, filling=lambda: [KEPT], voucher=lambda: [BROKEN])
    assert bench.main(["filling"]) == 0
    assert bench.main(["nonsense"]) == 2
    assert "filling, voucher" in capsys.readouterr().err


def test_an_area_that_cannot_measure_hides_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def dies() -> list[Figure]:
        raise RuntimeError("no browser")

    _with(monkeypatch, broken=dies, filling=lambda: [KEPT])
    assert bench.main([]) == 3
    assert "52.25×" in capsys.readouterr().out


def test_the_real_roll_can_be_called() -> None:
    assert all(callable(module.figures) for module in bench.areas().values())
