"""What a portal asks first: which ledger this is, and who calls."""

from datetime import timedelta

import pytest

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import Policy, Rate
from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, HEAD, HILLS, OFFICE, VALLEY, VILLAGE

pytestmark = pytest.mark.databases("sqlite")


def test_everybody_is_told_which_ledger_this_is_and_by_what_rules(as_: Call, ledger: Ledger):
    told = as_(Role.VOLUNTEER, ANN).read("/ledger")
    assert told == {
        "position": HEAD,
        "origin": "timebank",
        "name": None,
        "zone": "Asia/Shanghai",
        "today": ledger.today().isoformat(),
        "policy": {
            "name": "standard",
            "version": 1,
            "rate": {"served": 1, "credits": 1},
            "floor": 0,
            "stars": [6_000, 18_000, 36_000, 60_000, 90_000],
            "margin": 0,
            "hold_days": 30,
        },
        "limits": {"minutes_a_day": 1_440, "days_a_record": 7},
    }
    for role in set(Role) - {Role.VOLUNTEER}:
        assert as_(role).read("/ledger") == told
    assert problem(as_().get("/ledger")) == (401, "unauthenticated")


def test_the_rules_are_those_of_today(admin: Client, ledger: Ledger, clock: Clock):
    policy = Policy(
        name="strict",
        version=2,
        rate=Rate(served=2, credits=1),
        floor=-60,
        stars=(600,),
        margin=5,
        hold_days=7,
    )
    tomorrow = ledger.today() + timedelta(days=1)
    ledger.bank.handle_many([Ask(AdoptPolicy(policy=policy, effective=tomorrow), OFFICE)])
    assert admin.read("/ledger")["policy"]["name"] == "standard"
    clock.forward(hours=24)
    told = admin.read("/ledger")
    assert told["today"] == tomorrow.isoformat()
    assert told["policy"] == {
        "name": "strict",
        "version": 2,
        "rate": {"served": 2, "credits": 1},
        "floor": -60,
        "stars": [600],
        "margin": 5,
        "hold_days": 7,
    }


def test_everybody_is_told_who_they_are(as_: Call, admin: Client):
    assert as_(Role.VOLUNTEER, ANN).read("/me") == {
        "position": HEAD,
        "actor": ANN,
        "role": "volunteer",
        "community": VILLAGE,
        "volunteer": ANN,
    }
    for role, community in ((Role.COORDINATOR, HILLS), (Role.AUDITOR, None), (Role.ADMIN, None)):
        told = as_(role, OFFICE, community).read("/me")
        assert (told["actor"], told["role"], told["community"]) == (OFFICE, role, community)
        assert told["volunteer"] is None
    assert as_(Role.VOLUNTEER, "vol_nobody").read("/me")["community"] is None
    admin.record(f"/volunteers/{ANN}/move", {"community": VALLEY})
    assert as_(Role.VOLUNTEER, ANN).read("/me")["community"] == VALLEY
