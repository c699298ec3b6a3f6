"""`fingerprint.json`: two labels that changed places and a code that changed its meaning stop before the first key.

Control: the same filing with the same recipe and no accepted page goes through to the submit with every field verified,
and the department would keep the wrong thing.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bridges import fingerprint
from bridges.filing import NotSent, Outcome
from bridges.filing_desk import FilingDesk
from bridges.recipe import Recipe, departments
from tests.bridges.conftest import ITEMS, Town, filing_for

pytestmark = pytest.mark.browser
BY_NIGHT = [pytest.param(name, marks=pytest.mark.nightly) for name in ("minzheng", "canlian")]
BY_CODE = {"gongan": {"1": "1", "2": "2"}, "minzheng": {"1": "男", "2": "女"}, "canlian": {"1": "M", "2": "F"}}


@pytest.fixture
def with_recipe(desk: FilingDesk) -> Iterator[Callable[[str, Recipe], None]]:
    """The shared desk works by another recipe for one test."""
    before = {name: hand.recipe for name, hand in desk._hands.items()}

    def use(department: str, recipe: Recipe) -> None:
        desk._hands[department].recipe = recipe

    yield use
    for name, hand in desk._hands.items():
        hand.recipe = before[name]


def _by_code(recipe: Recipe, department: str) -> Recipe:
    """As an integrator may write it too: the sex by the page's code and not by its words."""
    item = ITEMS[department]
    form = recipe.form_for(item)
    assert form is not None
    steps = tuple(
        {**step, "fill": [
            {**{k: v for k, v in one.items() if k != "codes"}, "options": BY_CODE[department]}
            if one.get("element") == "person.sex" else one for one in step["fill"]
        ]} if "fill" in step else step
        for step in form.steps
    )  # fmt: skip
    return replace(recipe, forms={**recipe.forms, form.name: replace(form, steps=steps)})


def _stopped(outcome: Outcome) -> tuple[str, int]:
    assert isinstance(outcome, NotSent)
    return outcome.code, len(outcome.proofs)


@pytest.mark.parametrize("department", ["gongan", *BY_NIGHT])
def test_labels_that_changed_places_stop_before_anything_is_typed(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], with_recipe: Callable[..., None], department: str
) -> None:
    before, recipe = town.kept(department), desk._hands[department].recipe
    trouble(department, page_changed="swapped")
    assert _stopped(desk.file(filing_for(department))) == ("field_swapped", 0)
    assert town.kept(department) == before
    with_recipe(department, replace(recipe, fingerprint={}))
    walked = desk.file(filing_for(department), stop_before_submit=True)
    assert _stopped(walked)[0] == "stopped_before_submit"
    assert walked.proofs
    assert all(proof.ok for proof in walked.proofs), "every field verified, two of them in each other's box"


@pytest.mark.nightly
@pytest.mark.parametrize("department", ["gongan", "canlian"])
def test_a_code_that_means_something_else_now_stops_before_anything_is_typed(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], with_recipe: Callable[..., None], department: str
) -> None:
    before, recipe = town.kept(department), _by_code(desk._hands[department].recipe, department)
    trouble(department, page_changed="recoded")
    with_recipe(department, recipe)
    assert _stopped(desk.file(filing_for(department))) == ("field_recoded", 0)
    assert town.kept(department) == before
    with_recipe(department, replace(recipe, fingerprint={}))
    walked = desk.file(filing_for(department), stop_before_submit=True)
    assert _stopped(walked)[0] == "stopped_before_submit"
    wanted = next(proof for proof in walked.proofs if "性别" in proof.label)
    assert wanted.ok, "the code is there, and says the other sex"


def test_every_form_of_the_training_departments_has_its_accepted_pages() -> None:
    """All other tests of this room file at pages that are as they were accepted."""
    for recipe in departments().values():
        assert fingerprint.unseen({name: form.steps for name, form in recipe.forms.items()}, recipe.fingerprint) == ()
    bare = {"f": ({"fill": [{"label": "户口所在地"}]},)}
    assert fingerprint.unseen(bare, {}) == (("f", 1),), "control: a form nobody accepted is said"
    assert fingerprint.unseen(bare, {"f": {"0": [{"label": "工号"}]}}) == (("f", 1),), "so is another form's page"
    assert fingerprint.unseen(bare, {"f": {"0": [{"label": "* 户口所在地："}]}}) == ()
