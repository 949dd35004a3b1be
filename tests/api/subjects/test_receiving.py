"""Whoever cannot receive is told to volunteers in one way: whether somebody is a volunteer is nobody's to try out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from httpx import Response

from ledger.api.routes import Route
from ledger.api.table import READS, WRITES
from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.asking import Asking
from tests.api.conftest import Call, Client, problem
from tests.api.gossip import GUS, IVY, NUMBERS, spread
from tests.api.standing import More
from tests.api.test_discretion import DONE
from tests.api.village import ANN, BOB, DAN, EVE, FAY

pytestmark = pytest.mark.databases("sqlite")

CAN = (BOB, f"number:{NUMBERS[BOB]}", EVE, f"number:{NUMBERS[EVE]}", DAN)
CANNOT = (
    *(word for who in (FAY, GUS, IVY) for word in (who, f"number:{NUMBERS[who]}")),
    *("vol_nobody", "number:QH9999"),
    *(
        "",
        "QH0002",
        "vol_!",
        "VOL_BOB",
        "ME",
        "number:",
        "number:a\0",
        "portal:QH0002",
        "vol_bob ",
        "stf_office",
    ),
    *(f"vol_{'a' * 33}", f"number:{'9' * 101}"),
)
"""Suspended, withdrawn, erased, nobody, and what can be nobody's id or number."""


@pytest.fixture
def more() -> More:
    return spread


def gift(receiver: str, minutes: int = 5) -> dict[str, Any]:
    return {"giver": "me", "receiver": receiver, "minutes": minutes}


def without_id(response: Response) -> dict[str, Any]:
    """A problem document, but for the request's id."""
    return {name: value for name, value in response.json().items() if name != "request_id"}


def different(answers: Mapping[str, Any]) -> list[Any]:
    """The answers that somebody got, each once."""
    found: list[Any] = []
    for one in answers.values():
        if one not in found:
            found.append(one)
    return found


def by_receiver(caller: Client, receivers: Sequence[str], minutes: int = 5, **how: Any) -> dict[str, Any]:
    """What is answered to a gift to each, alone."""
    return {one: without_id(caller.post("/transfers", gift(one, minutes), **how)) for one in receivers}


@pytest.mark.databases("sqlite", "postgres")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_transfer_told_who_is_a_volunteer(as_: Call, language: str):
    ann, spoken = as_(Role.VOLUNTEER, ANN), {"Accept-Language": language}
    refused = ann.post("/transfers", gift("vol_nobody"), headers=spoken)
    assert problem(refused) == (409, "cannot-receive")
    assert not {"details", "errors"} & refused.json().keys()
    ways: list[Any] = [{}, {"dry_run": "true"}, {"key": "gift"}, {"key": "gift", "dry_run": "true"}]
    for how in ways:
        assert different(by_receiver(ann, CANNOT, headers=spoken, **how)) == [without_id(refused)]


@pytest.mark.parametrize("how", [{}, {"dry_run": "true"}, {"key": "gift"}])
def test_a_batch_told_who_is_a_volunteer(as_: Call, how: Any):
    ann = as_(Role.VOLUNTEER, ANN)
    items = [{"to": "/transfers", "body": gift(one)} for one in CANNOT]
    answers = ann.post("/batches", {"items": items}, **how).json()["items"]
    assert {one["status"] for one in answers} == {409}
    for one in answers:
        del one["body"]["request_id"]
    alone = without_id(ann.post("/transfers", gift("vol_nobody")))
    assert different({str(place): one["body"] for place, one in enumerate(answers)}) == [alone]


def test_what_stands_against_the_giver_told_who_is_a_volunteer(as_: Call):
    ann, fay = as_(Role.VOLUNTEER, ANN), as_(Role.VOLUNTEER, FAY)
    ways: list[Any] = [{}, {"dry_run": "true"}]
    for how in ways:
        [poor] = different(by_receiver(ann, (*CAN, *CANNOT), 1_000_000, **how))
        assert poor["code"] == "not-enough-credits"
        others = [one for one in (*CAN, *CANNOT) if one not in {FAY, f"number:{NUMBERS[FAY]}"}]
        [suspended] = different(by_receiver(fay, others, **how))
        assert (suspended["code"], suspended["details"]["volunteer"]) == ("not-in-good-standing", FAY)
    assert problem(ann.post("/transfers", gift("me"))) == (409, "same-account")


def test_a_used_key_told_who_is_a_volunteer(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    assert ann.post("/transfers", gift(BOB), "gift").status_code == 201
    others = [one for one in (*CAN, *CANNOT) if one not in {BOB, f"number:{NUMBERS[BOB]}"}]
    ways: list[Any] = [{}, {"dry_run": "true"}]
    for how in ways:
        [reused] = different(by_receiver(ann, others, key="gift", **how))
        assert reused["code"] == "key-reused"


@pytest.mark.databases("sqlite", "postgres")
def test_a_gift_is_told_again_once_its_receiver_was_erased(as_: Call, ledger: Ledger):
    ann = as_(Role.VOLUNTEER, ANN)
    first = ann.post("/transfers", gift(BOB), "gift")
    ledger.directory.erase(BOB)
    again = ann.post("/transfers", gift(BOB), "gift")
    assert (again.status_code, again.content) == (201, first.content)
    assert problem(ann.post("/transfers", gift(BOB))) == (409, "cannot-receive")


def test_whom_a_volunteer_may_name_without_reaching_them():
    assert {write.name: set(write.operation.strangers) for write in WRITES if write.operation.strangers} == {
        "transferCredits": {"receiver"}
    }


def test_staff_are_told_precisely(as_: Call):
    for who in (as_(Role.ADMIN), as_(Role.COORDINATOR)):
        for receiver, expected in (
            (FAY, (409, "not-in-good-standing")),
            (GUS, (409, "not-in-good-standing")),
            ("vol_nobody", (409, "not-registered")),
            ("number:QH9999", (404, "unknown-volunteer")),
            ("QH0002", (422, "invalid-request")),
        ):
            assert problem(who.post("/transfers", gift(receiver) | {"giver": ANN})) == expected


def test_the_metrics_told_why_somebody_cannot_receive(as_: Call, client: Asking):
    ann = as_(Role.VOLUNTEER, ANN)
    by_receiver(ann, CANNOT, dry_run="true")
    told = [line for line in client.get("/metrics").text.splitlines() if '"TransferCredits"' in line]
    [counted] = [line for line in told if "_total{" in line]
    assert ('"cannot-receive"' in counted, float(counted.split()[-1])) == (True, len(CANNOT))


def test_those_who_can_receive_do(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    for one in CAN:
        assert ann.record("/transfers", gift(one))["events"][0]["receiver"] == one


def named_in(route: Route) -> list[str]:
    """Where a route names volunteers that a volunteer must be."""
    return [about.name for about in route.access.about if about.kind == "volunteer"]


PEOPLE = (BOB, EVE, FAY, GUS, IVY, "vol_nobody")
EVERYBODY = (*PEOPLE, *(f"number:{NUMBERS[one]}" for one in PEOPLE if one in NUMBERS), "number:QH9999")


def test_no_read_told_who_is_a_volunteer(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    for read in READS:
        if "volunteer" in read.parameters:
            path = read.path.replace("{volunteer}", "{}")
            found = {one: without_id(ann.get(path.format(one))) for one in (*EVERYBODY, "nobody", "vol_!")}
            assert [one["code"] for one in different(found)] == ["not-found"], read.name


@pytest.mark.parametrize("how", [{}, {"dry_run": "true"}, {"key": "gift"}])
def test_no_write_told_who_is_a_volunteer(as_: Call, how: Any):
    ann, tried = as_(Role.VOLUNTEER, ANN), 0
    for write in WRITES:
        if Role.VOLUNTEER not in (write.access.roles or ()):
            # Whoever may not is told so before anybody is looked for.
            said: Any = write.example.get("body", {})
            paths = [write.path.replace("{volunteer}", one) for one in EVERYBODY]
            found = {path: without_id(ann.post(path, said, **how)) for path in paths if "{" not in path}
            assert [one["code"] for one in different(found)] in ([], ["forbidden"]), write.name
            continue
        for name in named_in(write):
            _, path, body = DONE[write.name]
            found = {one: without_id(ann.post(path, _with(body, name, one), **how)) for one in EVERYBODY}
            assert [one["code"] for one in different(found)] == ["not-found"], write.name
            tried += 1
    assert tried >= 5


def _with(body: Any, name: str, value: str) -> Any:
    first, _, rest = name.partition(".")
    return {**body, first: _with(body[first], rest, value) if rest else value}
