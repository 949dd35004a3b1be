"""What volunteers are told of each other: no id, in no answer to any operation that they may call."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.api.reading import Read
from ledger.api.table import READS, WRITES
from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.gossip import NUMBERS, spread, told_of
from tests.api.standing import More
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, TEA, VALLEY
from tests.api.village_places import CODE, FREED, HALL
from tests.sizes import examples

pytestmark = pytest.mark.databases("sqlite")

PROOFS = {"getRecordReceipt"}
"""What holds facts as they are stored, to the byte: docs/api.md and docs/audit.md name it."""
PEOPLE = (ANN, BOB, EVE, DAN)
THEIRS: list[Read] = [read for read in READS if read.access.roles and Role.VOLUNTEER in read.access.roles]
TO_BOB = {"giver": "me", "receiver": f"number:{NUMBERS[BOB]}", "minutes": 5}
SERVED: Any = next(write for write in WRITES if write.name == "reportService").example["body"]
DONE: dict[str, tuple[str, str, Any]] = {
    "reportService": (
        ANN,
        "/service-records",
        {**SERVED, "service": {**SERVED["service"], "volunteer": "me"}},
    ),
    "transferCredits": (ANN, "/transfers", TO_BOB),
    "donateCredits": (ANN, "/donations", {"giver": "me", "community": VALLEY, "minutes": 5}),
    "placeRedemption": (ANN, "/redemptions", {"offer": TEA, "volunteer": "me"}),
    "cancelRedemption": (ANN, "/redemptions/red_annheld/cancellation", {"reason": "changed-mind"}),
    # Eve waits there: she gets the place before Ann may wait.
    "signUp": (ANN, f"/shifts/{FREED}/sign-ups", {"volunteer": "me"}),
    # And here she gets the place that Ann gives up.
    "withdrawSignUp": (ANN, "/sign-ups/sig_full/withdrawal", {}),
    "checkIn": (BOB, "/sign-ups/sig_coming/check-in", {}),
    "checkOutOfShift": (ANN, "/sign-ups/sig_present/check-out", {}),
    "clockIn": (EVE, f"/venues/{HALL}/clock-ins", {"volunteer": "me", "code": CODE}),
    "checkOut": (ANN, "/visits/vis_present/check-out", {}),
}
"""For each write that a volunteer may do: who does it, where, and what they say."""


@pytest.fixture
def more() -> More:
    return spread


def things_of(admin: Client) -> dict[str, list[str]]:
    """What there is to ask of, by what a path calls it; listed once, as a test that only reads finds no others."""
    return {
        "record": _ids(admin, "/service-records"),
        "redemption": _ids(admin, "/redemptions"),
        "training": _ids(admin, "/training"),
        "tenure": _ids(admin, "/posts"),
        "sign_up": [
            f"sig_{one}" for one in ("missed", "excused", "present", "coming", "full", "waiting", "freed")
        ],
        "by": ["volunteers", "teams", "communities"],
        "size": ["latest"],
    }


def asked(read: Read, there: dict[str, list[str]], who: str) -> Iterator[tuple[str, Any]]:
    """What somebody might ask of a read: for each thing there is, as the example does and without any parameter."""
    things = {**there, "volunteer": ["me", who, f"number:{NUMBERS[who]}"]}
    [name] = read.parameters or [""]
    queries: list[Any] = [{}, read.example.get("query", {})]
    if {"limit", "cursor"} <= set(read.operation.query.__struct_fields__):
        queries.append({"limit": 1})
    if "as_of" in read.operation.query.__struct_fields__:
        queries.append({"as_of": "2026-12-01"})
    if read.name in {"listLeaderboardPlaces", "getVolunteerPlace"}:
        queries += [{"within": VALLEY}, {"within": HILLS}]
    for one in things.get(name, [read.example.get(name)]) if name else [""]:
        for query in queries:
            yield read.path.replace(f"{{{name}}}", str(one)), query


def _ids(admin: Client, path: str) -> list[str]:
    return [one["id"] for one in admin.read(path, limit=200)["items"]]


@pytest.mark.slow
@pytest.mark.databases("sqlite", full=["postgres"])
def test_no_answer_to_a_volunteer_held_the_id_of_another(as_: Call, admin: Client, ledger: Ledger):
    answered: defaultdict[str, int] = defaultdict(int)
    would_tell: set[str] = set()
    there = things_of(admin)
    # On PostgreSQL one asks for all: another caller changes no query there but by their id.
    for who in PEOPLE[: examples(2, 4)] if ledger.log.store.embedded else (ANN,):
        caller = as_(Role.VOLUNTEER, who)
        for read in THEIRS:
            for path, query in asked(read, there, who):
                response = caller.get(path, **query)
                answered[read.name] += response.status_code == 200
                if read.name not in PROOFS:
                    assert told_of(response) <= {who}, (read.name, path, response.text)
                if read.name in would_tell or response.status_code != 200:
                    continue
                if told_of(admin.get(path.replace("/me", f"/{who}"), **query)) - {who}:
                    would_tell.add(read.name)
    # Of each there was something to tell, and of many of these something to keep.
    assert [read.name for read in THEIRS if not answered[read.name]] == []
    assert would_tell >= {
        "getExplanation",
        "getPost",
        "getRecordReceipt",
        "getServiceRecord",
        "getVolunteerPlace",
        "listLeaderboardPlaces",
        "listPosts",
        "listServiceRecordsOfVolunteer",
        "listStatementLines",
    }


def test_what_holds_facts_as_they_are_stored_is_named():
    assert {read.name for read in THEIRS if read.operation.proves} == PROOFS


def test_nothing_that_a_volunteer_may_do_is_left_out():
    assert set(DONE) == {write.name for write in WRITES if Role.VOLUNTEER in (write.access.roles or ())}


@pytest.mark.parametrize("name", DONE)
def test_no_receipt_of_a_volunteer_held_the_id_of_another(as_: Call, name: str):
    who, path, body = DONE[name]
    caller = as_(Role.VOLUNTEER, who)
    tried = caller.post(path, body, dry_run="true")
    item = {"items": [{"to": path, "body": body}]}
    batch = caller.post("/batches", item, dry_run="true")
    done, again = (caller.post(path, body, "once") for _ in range(2))
    assert [one.status_code for one in (tried, batch, done, again)] == [200, 200, 201, 201], tried.text
    assert batch.json()["items"][0]["status"] == 200
    refused = caller.post("/batches", item)
    assert done.content == again.content
    for response in (tried, batch, done, again, refused):
        assert told_of(response) <= {who}, response.text


@pytest.mark.parametrize("name", DONE)
def test_no_refusal_to_a_volunteer_held_the_id_of_another(as_: Call, name: str):
    who, path, body = DONE[name]
    for other in set(PEOPLE) - {who}:
        caller = as_(Role.VOLUNTEER, other)
        for said in (body, {**body, "nonsense": 1}):
            for response in (
                caller.post(path, said),
                caller.post("/batches", {"items": [{"to": path, "body": said}]}),
            ):
                assert told_of(response) <= {other}, response.text


@pytest.mark.databases("sqlite", "postgres")
def test_a_dry_transfer_to_a_number_told_the_other_s_id(as_: Call, admin: Client):
    ann = as_(Role.VOLUNTEER, ANN)
    for receiver in (f"number:{NUMBERS[BOB]}", BOB):
        body = TO_BOB | {"receiver": receiver}
        tried = ann.post("/transfers", body, dry_run="true")
        first, again = (ann.post("/transfers", body, receiver) for _ in range(2))
        [batch] = ann.post("/batches", {"items": [{"to": "/transfers", "body": body}]}).json()["items"]
        for found in (tried.json(), first.json(), batch["body"]):
            assert (found["events"][0]["giver"], found["events"][0]["receiver"]) == (ANN, receiver)
        assert first.content == again.content
    [event] = admin.record("/transfers", TO_BOB | {"giver": ANN})["events"]
    assert event["receiver"] == BOB


def test_what_a_volunteer_wrote_themselves_is_told_again(as_: Call):
    body = DONE["reportService"][2]
    body = {**body, "service": {**body["service"], "activity_name": f"with {BOB}"}}
    ann = as_(Role.VOLUNTEER, ANN)
    [event] = ann.record("/service-records", body)["events"]
    assert event["service"]["activity_name"] == f"with {BOB}"
    wrong = ann.get("/communities/com_village/contributions", period=BOB)
    assert problem(wrong) == (422, "invalid-request")


def test_a_statement_told_who_gave(as_: Call, admin: Client):
    def lines(who: Client) -> list[tuple[str, str]]:
        found = who.read(f"/volunteers/{ANN}/statement")["items"]
        return [(one["about"], one["by"]) for one in found if one["event"] == "credits-transferred"]

    assert lines(as_(Role.VOLUNTEER, ANN)) == [("volunteer", "volunteer"), ("volunteer", ANN)]
    assert lines(admin) == [(f"volunteer:{DAN}", DAN), (f"volunteer:{DAN}", ANN)]


@pytest.mark.parametrize(
    ("language", "received", "given"),
    [
        (
            "en",
            "40 min came from another volunteer, recorded by another volunteer.",
            f"40 min were given to another volunteer, recorded by {ANN}.",
        ),
        (
            "zh",
            "收到 另一位志愿者 转赠的40分钟，由 另一位志愿者 登记。",
            f"向 另一位志愿者 转赠40分钟，由 {ANN} 登记。",
        ),
    ],
)
def test_an_explanation_told_who_gave(as_: Call, language: str, received: str, given: str):
    answer = (
        as_(Role.VOLUNTEER, ANN).get("/audit/explanations/me", headers={"Accept-Language": language}).json()
    )
    found = [one for one in answer["items"] if one["event"] == "credits-transferred"]
    assert [one["why"] for one in found] == [received, given]
    assert {one["about"] for one in found} == {"volunteer"}
    assert [one["facts"][0]["by"] for one in found] == ["volunteer", ANN]


def test_a_proof_is_of_the_fact_as_it_is_stored(as_: Call):
    facts = as_(Role.VOLUNTEER, ANN).read("/service-records/rec_anntold/receipt")["facts"]
    assert [BOB in facts[0]["event"], DAN in facts[1]["event"]] == [True, True]
