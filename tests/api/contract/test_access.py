"""Who may do what: every route, asked for by everybody, answers as the table in the repository says."""

import json
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import pytest
from httpx import Response

from ledger.api.posting import sighted
from ledger.api.routes import PREFIX, Route
from ledger.api.server.app import handlers
from ledger.api.signing import SIGNING
from ledger.api.writing import Write
from ledger.bootstrap import Ledger
from ledger.operations.access import OWNERS, Access, Owner, Sight
from ledger.operations.callers import Caller, Role
from ledger.operations.meaning import Meaning
from tests.api.asking import Asking
from tests.api.conftest import problem, token
from tests.api.village import ANN, BOB, COUNTY, EVE, HILLS, OFFICE, VALLEY, VILLAGE
from tests.api.write_access import ALLOWED, COMMAND, NOBODY, PATH, SCOPED, routes, snapshot

TABLE: dict[str, dict[str, str]] = json.loads(PATH.read_text("utf-8"))
VOLUNTEERS = (ANN, BOB, EVE)
COMMUNITIES = (VILLAGE, VALLEY, HILLS, COUNTY)
ADMIN = Caller("stf_admin", Role.ADMIN)


# The policy is the same on either database.
pytestmark = pytest.mark.databases("sqlite")


class Setting(NamedTuple):
    """The village, as it is looked up."""

    ledger: Ledger
    sight: Sight
    areas: dict[str, set[str]]


@pytest.fixture
def setting(ledger: Ledger) -> Iterator[Setting]:
    with ledger.reading() as (connection, _):
        areas = {
            one: {below.id for below in ledger.views.communities.subtree(connection, one)}
            for one in COMMUNITIES
        }
        yield Setting(ledger, Sight(lambda: connection, ledger.views, ledger.today()), areas)


def test_every_handler_has_a_policy_or_is_public():
    for handler in handlers():
        if "route" in handler.opt:
            assert isinstance(handler.opt["route"].access, Access), handler
        else:
            assert handler.opt.get("public") is True, handler


def test_the_table_changes_only_on_purpose():
    assert PATH.read_text("utf-8") == snapshot(), f"if this is meant, `{COMMAND}` writes it anew"


@pytest.mark.slow
def test_everybody_is_answered_as_the_table_says(client: Asking, setting: Setting):
    before = head(setting.ledger)
    wrong: list[str] = []
    for method, route in routes():
        callers = dict(callers_of(route, owners_of(route, setting), setting))
        assert set(TABLE[route.name]) <= set(callers), route.name
        for who, expected in TABLE[route.name].items():
            # What is refused is asked for in earnest.
            found = answered(client, method, route, callers[who], dry_run=expected == ALLOWED)
            if found != expected:
                wrong.append(f"{route.name}: {who} is {found}, and should be {expected}")
    assert wrong == []
    assert head(setting.ledger) == before


def callers_of(route: Route, owners: list[Owner], setting: Setting) -> Iterator[tuple[str, Caller | None]]:
    """Somebody of each kind, for what the example of a route is about."""
    yield NOBODY, None
    for role in set(Role) - set(SCOPED):
        yield role.value, Caller(OFFICE, role)
    whose = {one: all(owner.volunteer == one for owner in owners) for one in (*VOLUNTEERS, *theirs(owners))}
    where = {
        one: all(not area.isdisjoint(owner[1:]) for owner in owners) for one, area in setting.areas.items()
    }
    for role, reached in ((Role.VOLUNTEER, whose), (Role.COORDINATOR, where)):
        if (route.access.roles is not None and role not in route.access.roles) or not owners:
            # All are alike.
            own = other = next(iter(reached))
        else:
            assert True in reached.values(), f"{route.name}: no {role} reaches its example"
            assert False in reached.values(), f"{route.name}: every {role} reaches its example"
            own, other = (next(one for one in reached if reached[one] is wanted) for wanted in (True, False))
        for scope, one in (("own", own), ("other", other)):
            community = one if role is Role.COORDINATOR else None
            yield f"{role} {scope}", Caller(one if community is None else OFFICE, role, community)


def theirs(owners: list[Owner]) -> Iterator[str]:
    return (owner.volunteer for owner in owners if owner.volunteer is not None)


def owners_of(route: Route, setting: Setting) -> list[Owner]:
    """Whose affairs the example of a route is."""
    if not route.access.about:
        return []
    fields: Any = dict(route.example)
    if isinstance(route, Write):
        fields = asked(route, setting.ledger)
    found: list[Owner] = []
    for about in route.access.about:
        one = fields[about.name] if isinstance(fields, dict) else attrgetter(about.name)(fields)
        if one is not None:
            owner = OWNERS[about.kind](setting.sight, one)
            assert owner is not None, f"{route.name}: there is no {about.kind} {one} in the village"
            found.append(owner)
    return found


def asked(write: Write, ledger: Ledger) -> Any:
    """The command of a route's example."""
    body = msgspec.convert(write.example.get("body", {}), write.operation.body)
    path: Any = {name: write.example[name] for name in write.parameters}
    with sighted(ledger) as sight:
        return write.operation.ask(Meaning(ledger, sight, ADMIN), path, body, None).ask.command


def answered(client: Asking, method: str, route: Route, who: Caller | None, *, dry_run: bool) -> str:
    """How a caller is answered to a route's example: `allowed`, or the status that refuses it."""
    headers = {} if who is None else {"Authorization": f"Bearer {token(who.role, who.actor, who.community)}"}
    example: Any = route.example
    path = PREFIX + route.path.format(**{name: example[name] for name in route.parameters})
    if method == "GET":
        return said(client.get(path, params=example.get("query", {}), headers=headers))
    # To sign records nothing, and so cannot be rehearsed.
    params = {"dry_run": "true"} if dry_run and route is not SIGNING else {}
    return said(client.post(path, json=example.get("body", {}), params=params, headers=headers))


def said(response: Response) -> str:
    if response.status_code in {200, 201}:
        return ALLOWED
    status, code = problem(response)
    # Whoever got as far as a rule, was let in; an example that is no request proves nothing.
    by_a_rule = status in {404, 409, 422} and code not in {"not-found", "invalid-request"}
    return ALLOWED if by_a_rule else str(status)


def head(ledger: Ledger) -> int:
    with ledger.reading(ledger.views.balances) as (_, position):
        return position
