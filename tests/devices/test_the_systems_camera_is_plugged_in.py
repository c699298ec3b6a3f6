"""Qt's own V4L2 code, plugged in, pulled out, taken and silent: only the kernel's answers are ours."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from printing import qr
from tests.house.tree import ROOT
from tests.window_client.fed_camera import held, symbol

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("kernel") / "kernel.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", built, HERE / "camera_kernel.c", "-ldl"], check=True
    )
    return built


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["YUYV", "MJPG"])
def test_a_camera_comes_is_read_is_pulled_out_is_taken_and_comes_again(kernel: Path, tmp_path: Path, kind: str) -> None:
    text = qr.text_of(random.Random(5).randbytes(330), "verify.onewindow.invalid")
    paper, dev = tmp_path / "paper.png", tmp_path / "dev"
    picture: Image.Image = held(symbol(text), turn=11, tilt=0.1)
    picture.save(paper)
    dev.mkdir()
    ours = {"CAMERAS": str(tmp_path), "CAMERA_DEV": str(dev), "CAMERA_KIND": kind, "LD_PRELOAD": str(kernel)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.devices.paper_cameras", paper],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **ours},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "none": "camera_missing",
        "plugged in": "off",
        "looking": "live",
        "eyes": ["Counter camera 0", "Counter camera 1"],
        "chosen": "off",
        "pulled out": "camera_gone",
        "busy": "camera_busy",
        "silent": "camera_silent",
        "again": "off",
        "texts": [1, 1, 1],
    }
