"""The rule by which answers to volunteers lose the ids of others, whatever the answer."""

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.volunteer_state import AlreadyInATeam, NotInGoodStanding, NotRegistered
from ledger.operations.callers import Caller, Role
from ledger.operations.discretion import Discretion, discretion_of
from ledger.operations.refused import Problem
from tests.api.village import ANN, BOB, EVE, VALLEY

OF_ANN = Discretion(ANN)
ID = re.compile(rb"vol_[a-z0-9]{3,32}")
TEXTS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        [ANN, BOB, EVE, f"volunteer:{BOB}", f"from {EVE}", f"{BOB}{EVE}", f"x{BOB}", f"{BOB}\n{ANN}"]
    ),
)
ANSWERS = st.recursive(
    TEXTS | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(ANSWERS)
def test_no_answer_keeps_an_id_of_another(answer: Any):
    content = OF_ANN.content(answer, "zh")
    assert set(ID.findall(content)) <= {ANN.encode()}
    assert msgspec.json.decode(content) == OF_ANN.told(answer, "zh")


@given(ANSWERS)
def test_an_answer_that_names_nobody_else_stays_as_it_is(answer: Any):
    told = OF_ANN.told(answer)
    assert OF_ANN.told(told) == told
    assert Discretion().content(answer, "en") == msgspec.json.encode(answer)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOB, "volunteer"),
        (f"volunteer:{BOB}", "volunteer"),
        (f"volunteer:{ANN}", f"volunteer:{ANN}"),
        (f"{BOB} gave it to {ANN}", f"another volunteer gave it to {ANN}"),
        ("stf_office", "stf_office"),
        (f"pool:{VALLEY}", f"pool:{VALLEY}"),
    ],
)
def test_another_volunteer_is_told_in_one_form(text: str, told: str):
    assert OF_ANN.told({"items": [{"about": text}]}) == {"items": [{"about": told}]}


def test_what_was_typed_is_told_as_it_was():
    caller = Caller(ANN, Role.VOLUNTEER)
    told = discretion_of(caller, {"content": f"with {EVE}"}, {BOB: "number:QH0002"}).told
    assert told({"receiver": BOB, "content": f"with {EVE}"}) == {
        "receiver": "number:QH0002",
        "content": f"with {EVE}",
    }


def test_a_cursor_comes_back_as_it_was_made():
    assert OF_ANN.told({"next_cursor": f"x{BOB}"}) == {"next_cursor": f"x{BOB}"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.VOLUNTEER])
def test_staff_and_auditors_are_told_everything(role: Role):
    assert discretion_of(Caller("stf_office", role, VALLEY)).told([BOB]) == [BOB]


def test_a_refusal_names_nobody_else():
    told = OF_ANN.outcome(AlreadyInATeam(volunteer=BOB, team="tea_singers"))
    assert isinstance(told, Problem)
    assert (told.kind.code, told.details) == (
        "already-in-a-team",
        {"volunteer": "volunteer", "team": "tea_singers"},
    )
    assert told.en == "another volunteer belongs to the team tea_singers in that time."
    assert told.zh == "另一位志愿者 在该时段已属于服务队 tea_singers。"
    own = NotInGoodStanding(volunteer=ANN, standing="suspended", day="2026-03-01")
    assert OF_ANN.outcome(own) is own
    assert Discretion().outcome(own) is own
    for refusal in (
        NotRegistered(volunteer=BOB),
        NotInGoodStanding(volunteer=EVE, standing="suspended", day=""),
    ):
        assert OF_ANN.outcome(refusal).kind.code == "cannot-receive"
