"""In doubt: the click may have happened. The department is asked, and nobody here ever clicks again (I1, I10).

"Not found" right after a crash proves nothing, because a department may write later than we restart (A2): the question
waits until the department's longest known delay is over. Two answers, or somebody else's number, are no answer.
"""

from __future__ import annotations

from typing import Any

from bridges.beijing import beijing_day
from bridges.filing import Filed, Note, NotSent, Outcome, Unsure
from bridges.filing_run import Job
from bridges.hand import answer_to
from bridges.journal import Journal
from bridges.plan import steps_with_values


class Unreached(Exception):
    """The department could not be asked: down, or no sign-in. `code` of the trouble."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask(journal: Journal, job: Job, fence: int, since: float, why: str, signing: dict[str, Any]) -> Outcome:
    """Filed(found_by_lookup) or Unsure(why), journalled. `since`: when the intent was written, by its own clock."""
    found: list[str] = []
    if job.form.look_up is not None:
        job.tell(Note("asking_the_department"))
        delay = job.hand.recipe.longest_delay_s
        if not job.stop.wait(min(delay, max(0.0, since + delay - journal.now()))):
            try:
                found = _numbers(job, since, signing)
            except Unreached:
                job.tell(Note("department_not_reached"))
    key, department = job.filing.key, job.filing.department
    fresh = [number for number in found if not journal.number_known(department, number, but=key)]
    if len(fresh) == 1 and journal.settle(key, fence, "filed", number=fresh[0], told={"by": "lookup"}):
        return Filed(fresh[0], found_by_lookup=True)
    journal.settle(key, fence, "unsure", told={"why": why})
    return Unsure("several_found" if len(fresh) > 1 else why)


def _numbers(job: Job, since: float, signing: dict[str, Any]) -> list[str]:
    assert job.form.look_up is not None
    # The day on which it was perhaps filed, not the day on which we ask: a case in doubt may be looked up tomorrow.
    values = {**job.filing.values, "filing.key": job.filing.key, "filing.today": beijing_day(since)}
    look_up = {**job.form.look_up, "steps": steps_with_values(job.form.look_up["steps"], values, {})}
    order = {
        "do": "look_up",
        "form": job.form.name,
        "steps": [],
        "receipt": {},
        "look_up": look_up,
        "values": values,
        "masked": [],
        "since": since,
    }
    result = answer_to(job.hand, {**order, **signing})
    if result is None:
        raise Unreached("worker_gone")
    if result["end"] != "looked":
        raise Unreached(str(result.get("code", "")))
    return [str(number) for number in result["numbers"]]


def never_clicked() -> NotSent:
    return NotSent("stopped", "never_clicked")
