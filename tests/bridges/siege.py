"""What the kill tests stand on: a light form, a journal on either database, and an engine that dies on purpose.

`python -m tests.bridges.siege` is that engine: it takes its orders as JSON on standard input, files one case after the
other through the real door, and kills itself (SIGKILL) at a random moment, at a step or some time after the intent.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bridges.filing import Filed, Filing, Outcome, Unsure
from bridges.filing_desk import FilingDesk
from bridges.journal import METADATA, Journal
from bridges.recipe import Recipe, load
from window_client.casework.records.engine import open_engine

ROOT = Path(__file__).resolve().parents[2]
DELAY = 0.6
RECIPE = """
recipe: 1
department: light
name: {{zh: 轻, en: Light}}
base: {base}
settle_ms: 0
longest_delay_s: {delay}
forms:
  轻:
    items: [light.form]
    steps:
      - open: /quick
      - fill:
          - {{label: 姓名, element: person.name}}
          - {{label: 公民身份号码, element: person.id_number}}
      - submit: 提交
    receipt:
      number: '受理编号：(LS\\d{{4}}-\\d{{6}})'
      format: 'LS\\d{{4}}-\\d{{6}}'
      name: {{regex: '申请人：(\\S+)', element: person.name}}
      id_number: {{regex: '公民身份号码：(\\S+)', element: person.id_number}}
      within_s: 3
    look_up:
      steps:
        - open: /rows
        - fill: [{{label: 公民身份号码, element: person.id_number}}]
        - click: 查询
      row: table.found tr
      holds: [person.id_number, person.name]
      number: 'LS\\d{{4}}-\\d{{6}}'
      filed_at: '\\d{{4}}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d'
      within_s: 0.5
"""


@dataclass(frozen=True)
class Ledger:
    """Where the journal is kept: a path with a key (SQLCipher) or an address (PostgreSQL)."""

    where: str
    key: str = ""

    def engine(self) -> Engine:
        made = open_engine(Path(self.where), bytes.fromhex(self.key)) if self.key else open_engine(self.where, None)
        METADATA.create_all(made)
        return made


def light_recipe(base: str, room: Path) -> Recipe:
    file = room / "light.yaml"
    file.write_text(RECIPE.format(base=base, delay=DELAY), encoding="utf-8")
    return load(file)


def light_desk(engine: Engine, base: str, room: Path, browsers: str = "browsers") -> FilingDesk:
    return FilingDesk(Journal(engine), room / browsers, lambda _: None, departments={"light": light_recipe(base, room)})


def light_filing(n: int) -> Filing:
    """Case number n: nobody else's number, so that the book says exactly what became of it."""
    return Filing(
        f"K-{n}:light:1", "light", "light.form", {"person.name": f"演示{n}", "person.id_number": f"990101{n:012}"}
    )


def known_end(desk: FilingDesk, filing: Filing, outcome: Outcome) -> Outcome:
    """What a clerk does with a doubt: asks again, twice at most. Nothing is ever sent again."""
    for _ in range(2):
        if isinstance(outcome, Unsure):
            outcome = desk.look_up(filing)
    return outcome


# ---- the engine that dies -----------------------------------------------------------------------------------------
def besieged(orders: Mapping[str, Any]) -> None:
    chance, room = random.Random(orders["seed"]), Path(orders["room"])
    desk = light_desk(Ledger(orders["where"], orders["key"]).engine(), orders["base"], room, "engine-browsers")
    manner = orders["manner"]

    def die_after(seconds: float) -> None:
        threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()

    if manner == "anywhere":
        die_after(chance.uniform(0.05, 2.5))
    elif manner == "after_intent":
        hand = desk._hands["light"]
        send = hand.send

        def send_and_die(order: Mapping[str, Any]) -> None:
            if order.get("intent") is True and chance.random() < 0.3:
                os.kill(os.getpid(), signal.SIGKILL)  # durable, but the worker was never told
            send(order)
            if order.get("intent") is True:
                die_after(chance.uniform(0.0, 0.3))

        hand.send = send_and_die  # type: ignore[method-assign]
    for n in orders["cases"]:
        filing = light_filing(n)
        outcome = known_end(desk, filing, desk.file(filing))
        print(
            json.dumps({"case": n, "end": type(outcome).__name__, "number": getattr(outcome, "number", "")}), flush=True
        )
    desk.close()
    os._exit(0)  # a timer that is still running has nothing left to kill


@dataclass
class Siege:
    """Runs dying engines one after the other until `kills` of them are dead and every case has its end."""

    ledger: Ledger
    base: str
    room: Path
    ends: dict[int, dict[str, str]] = field(default_factory=dict)
    kills: int = 0

    def go(self, first: int, kills: int, seed: int) -> int:
        """The number of the next unused case."""
        n, before = first, self.kills
        while self.kills - before < kills:
            manner = ("anywhere", "after_intent", "after_intent")[(self.kills + n) % 3]
            died, done = self._round([n, n + 1, n + 2, n + 3], manner, seed + self.kills)
            self.kills += died
            n += done
        self._round(list(range(first, n + 1)), "peacefully", seed)  # the last one, and all again: settled ones stay so
        return n + 1

    def _round(self, cases: list[int], manner: str, seed: int) -> tuple[bool, int]:
        orders = {
            "where": self.ledger.where, "key": self.ledger.key, "base": self.base, "room": str(self.room),
            "cases": cases, "manner": manner, "seed": seed,
        }  # fmt: skip
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bridges.siege"], input=json.dumps(orders), text=True, capture_output=True,
            cwd=ROOT, timeout=600, check=False,
        )  # fmt: skip
        told = [json.loads(line) for line in ran.stdout.splitlines()]
        settled = 0
        for one in told:
            if one["end"] != "NotSent":
                self.ends[one["case"]] = one
                settled += 1
        died = ran.returncode == -signal.SIGKILL
        assert died or ran.returncode == 0, ran.stderr[-2000:]
        return died, settled if settled == len(told) else 0


def judged(book: list[dict[str, str]], case: int, end: str, number: str) -> str:
    """ "" when the end is true: once and with its own number, or not there at all and nobody says it is."""
    kept = [row["number"] for row in book if row["id_number"] == f"990101{case:012}"]
    if len(kept) > 1:
        return f"case {case}: double {kept}"
    if end == Filed.__name__ and kept != [number]:
        return f"case {case}: filed as {number}, the book has {kept}"
    if end != Filed.__name__ and kept:
        return f"case {case}: lost, {end} but the book has {kept}"
    return ""


if __name__ == "__main__":
    time.sleep(0)
    besieged(json.loads(sys.stdin.read()))
