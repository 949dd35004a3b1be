"""How much room a caller has: requests that are answered at a time, of which a batch takes as many as it has items."""

from pathlib import Path
from typing import Any

import pytest

from ledger.api.crowd import MOST_AT_ONCE, Crowd
from ledger.api.server.serving import Served
from ledger.operations.callers import Caller, Role
from ledger.operations.refused import Problem
from tests.api.asking import Asking, answer, scope_of
from tests.api.conftest import Client, problem
from tests.api.village import ANN
from tests.cli.conftest import run

pytestmark = pytest.mark.databases("sqlite")


def test_one_caller_does_not_take_all_the_room(client: Asking, admin: Client, monkeypatch):
    monkeypatch.setattr("ledger.api.crowd.MOST_AT_ONCE", 1)
    for _ in range(3):
        admin.read(f"/volunteers/{ANN}/balance")
    monkeypatch.setattr("ledger.api.crowd.MOST_AT_ONCE", 0)
    response = admin.get(f"/volunteers/{ANN}/balance")
    assert problem(response) == (429, "too-many-requests")
    assert response.headers["retry-after"] == "1"


def test_a_crowd_is_counted_by_actor():
    crowd, here = Crowd(), [{} for _ in range(MOST_AT_ONCE)]
    clerk, auditor = Caller("stf_clerk", Role.ADMIN), Caller("stf_auditor", Role.AUDITOR)
    for scope in here:
        crowd.enter(scope, clerk)
    with pytest.raises(Problem) as refused:
        crowd.enter({}, clerk)
    assert refused.value.kind.code == "too-many-requests"
    crowd.enter({}, auditor)
    crowd.leave({})
    crowd.leave(here[0])
    crowd.enter({}, clerk)


def test_who_acts_for_many_has_more_room():
    crowd, portal = Crowd(), Caller("stf_portal", Role.INTEGRATION)
    for _ in range(MOST_AT_ONCE + 1):
        crowd.enter({}, portal)


def test_one_who_acts_for_many_has_the_room_that_is_set():
    crowd, portal = Crowd({"stf_portal": 3}), Caller("stf_portal", Role.INTEGRATION)
    for _ in range(3):
        crowd.enter({}, portal)
    with pytest.raises(Problem):
        crowd.enter({}, portal)


def test_a_batch_takes_as_much_room_as_it_has_items():
    crowd, scopes = Crowd({"stf_portal": 100}), [{}, {}, {}]
    clerk = Caller("stf_clerk", Role.ADMIN)
    first, second, third = scopes
    crowd.enter(first, clerk)
    crowd.spread(first, clerk, 40)
    crowd.enter(second, clerk)
    # All that are left.
    crowd.spread(second, clerk, 500)
    with pytest.raises(Problem) as refused:
        crowd.enter(third, clerk)
    assert refused.value.kind.code == "too-many-requests"
    crowd.leave(second)
    crowd.leave(second)
    crowd.enter(third, clerk)
    crowd.spread(third, clerk, 1)
    crowd.leave(first)
    crowd.leave(third)
    assert not crowd._here


def test_the_command_says_how_much_room_one_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    served: list[Served] = []
    monkeypatch.setattr("ledger.api.server.serving.refuse_taken", lambda *_: None)
    monkeypatch.setattr("ledger.cli.tools.serving._prepare", lambda served: None)
    monkeypatch.setattr("ledger.cli.tools.serving.serve_place", served.append)
    assert run("serve", "--at-once", "stf_portal=2000", "--at-once", "stf_kiosk=2").exit_code == 0
    assert served[0].at_once == {"stf_portal": 2000, "stf_kiosk": 2}
    for wrong in (
        "stf_portal",
        "stf_portal=",
        "stf_portal=0",
        "stf_portal=1e3",
        "portal=5",
        "stf_p=123456",
        "=5",
    ):
        refused = run("serve", "--at-once", wrong)
        assert refused.exit_code == 2
        assert "--at-once" in refused.stderr
    assert run("serve", "--at-once", "stf_a=1", "--at-once", "stf_a=2").exit_code == 2


@pytest.mark.parametrize("path", [f"/volunteers/{ANN}/balance", "/me", "/nothing/here"])
def test_whoever_had_an_answer_was_told_of_too_many_requests(
    client: Asking, admin: Client, monkeypatch: pytest.MonkeyPatch, path: str
):
    """As many connections as places: each asks anew as soon as it is answered."""
    monkeypatch.setattr("ledger.api.crowd.MOST_AT_ONCE", 1)
    app, at_once = client.app, list[int]()

    async def asking_again(scope: Any, receive: Any, send: Any) -> None:
        async def sent(message: Any) -> None:
            if message["type"] == "http.response.body" and not at_once:
                again = scope_of(scope["method"], scope["raw_path"], scope["headers"])
                at_once.append((await answer(app, again, b"")).status)
            await send(message)

        await app(scope, receive, sent)

    monkeypatch.setattr(client, "app", asking_again)
    told = admin.get(path)
    assert at_once == [told.status_code]
