"""How long the window's own thread is ever busy while five departments are filled and shown live.

A timer asks for a tick every five milliseconds; the gap between two ticks is how long a clerk's key press would have
waited. In a process of its own, because Qt wants the main thread and Playwright's script API one without a loop.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bridges.filing import Filed, Filing, Frame, Progress
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from tests.benchmarks._town import departments, recipe_of, wishes

TICK_MS, ROUNDS, SYSTEMS = 5, 4, 5


def gap_p99() -> float:
    """Milliseconds: of a hundred gaps between two ticks ninety-nine were shorter."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks._ticks"], capture_output=True, text=True, check=True, timeout=300
    )
    gaps: list[float] = sorted(json.loads(said.stdout))
    return gaps[int(len(gaps) * 0.99)]


def _window(desk: FilingDesk, names: list[str]) -> list[float]:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from window_client.assembly.application import application
    from window_client.counter.errands import Errand, Homecoming
    from window_client.lanes import Lanes
    from window_client.look.live import LiveView
    from window_client.look.tokens import Tokens

    gaps: list[float] = []
    ended: list[bool] = []
    with application("measured", offscreen=True) as app:
        window, lanes, tokens = QWidget(), Lanes(), Tokens.load("staff")
        views = {name: LiveView(tokens, name, "") for name in names}
        line = QHBoxLayout(window)
        for view in views.values():
            line.addWidget(view)
        window.resize(1600, 500)
        window.show()

        def filing(name: str, turn: int) -> Errand:
            order = Filing(f"{turn}:{name}", name, f"{name}.forty", wishes())
            lane = f"bridge:{name}"
            return Errand(
                lane, "", "", lambda tell, stop: Homecoming(brought=isinstance(desk.file(order, tell, stop), Filed))
            )

        def home(_: object, brought: Homecoming) -> None:
            ended.append(bool(brought.brought))
            if len(ended) == ROUNDS * SYSTEMS:
                app.quit()

        def shown(errand: Errand, said: Progress) -> None:
            if isinstance(said, Frame):
                views[errand.lane.removeprefix("bridge:")].show_frame(said.jpeg)

        lanes.came_home.connect(home)
        lanes.progress.connect(shown)
        for turn in range(ROUNDS):
            for name in names:
                lanes.run(filing(name, turn))
        last = [time.perf_counter()]

        def tick() -> None:
            now = time.perf_counter()
            gaps.append((now - last[0]) * 1000)
            last[0] = now

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(TICK_MS)
        app.exec()
        timer.stop()
        lanes.close()
    assert all(ended), "a filing did not arrive: what was measured is not a filing"
    return gaps


def main() -> None:
    names = [f"d{n}" for n in range(SYSTEMS)]
    with TemporaryDirectory() as place, departments(Path(place), names) as urls:
        home = Path(place)
        recipes = {name: recipe_of(home, name, url) for name, url in urls.items()}
        desk = FilingDesk(open_plain(home / "journal.db"), home / "browsers", lambda _: None, departments=recipes)
        try:
            for name in names:
                desk.warm(name)
            print(json.dumps(_window(desk, names)))
        finally:
            desk.close()


if __name__ == "__main__":
    main()
