"""The Desk: it holds the one visit, hands out errands and takes in facts. It never waits.

Laws:

* Nothing is shown or done that is not in the ledger: an act appends its fact first, then the screens hear of it.
* ``FilingBegun`` is durable before the errand that files is handed out.
* One resident at a time: a visit is closed before the next one opens, and what comes home late goes into the ledger
  of its own visit, never onto the screens of the next person.
* What the resident answers is checked against what was asked.

The Desk lives on the main thread and knows no Qt; ``hand_out`` runs an errand somewhere else and calls ``take_in``,
``hear`` or ``went_wrong`` on the main thread.
"""

from __future__ import annotations

from window_client.counter.answers import Answers
from window_client.counter.checking import Checking
from window_client.counter.intake import Intake
from window_client.counter.sending import Sending
from window_client.counter.standing import Rooms

__all__ = ["Desk", "Rooms"]


class Desk(Intake, Sending, Answers, Checking):
    """The clerk's acts, one method each, and the resident's answers."""
