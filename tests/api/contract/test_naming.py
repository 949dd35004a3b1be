"""A body names a volunteer as a path does: by our id, by the volunteer number, or as `me`."""

import asyncio
from typing import Any

import pytest

from ledger.api.table import WRITES
from ledger.bootstrap import Ledger
from ledger.domain.ids import VolunteerId
from ledger.operations.callers import Role
from ledger.operations.command_bodies import fields_as
from ledger.operations.typed_words import VolunteerName
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, HEAD, NUMBERS, SINGERS, VALLEY

pytestmark = pytest.mark.databases("sqlite")

TO_BOB = {"giver": "me", "receiver": f"number:{NUMBERS[BOB]}", "minutes": 30}
REPORT: Any = next(write for write in WRITES if write.name == "reportService").example["body"]


def served(volunteer: str) -> Any:
    """The body that reports somebody's service."""
    return {**REPORT, "service": {**REPORT["service"], "volunteer": volunteer}}


def pointer(response: Any) -> str:
    return response.json()["errors"][0]["pointer"]


def test_every_body_that_names_a_volunteer_takes_what_a_path_takes():
    takes = {write.name for write in WRITES if list(fields_as(write.operation.body, VolunteerName))}
    assert {"transferCredits", "donateCredits", "grantCredits", "reportService", "attestService"} <= takes
    assert [write.name for write in WRITES if list(fields_as(write.operation.body, VolunteerId))] == []


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_gives_credits_to_a_relative_whose_number_they_know(as_: Call):
    [event] = as_(Role.VOLUNTEER, ANN).record("/transfers", TO_BOB)["events"]
    assert (event["giver"], event["receiver"], event["by"]) == (ANN, TO_BOB["receiver"], ANN)
    assert as_(Role.VOLUNTEER, BOB).read("/volunteers/me/balance")["credit_minutes"] == 30


def test_a_number_is_taken_within_a_struct_too(admin: Client):
    [event] = admin.record("/service-records", served(f"number:{NUMBERS[BOB]}"))["events"]
    assert event["service"]["volunteer"] == BOB


def test_a_batch_names_volunteers_in_the_same_ways(as_: Call):
    items = [
        {"to": "/transfers", "body": TO_BOB},
        {"to": "/transfers", "body": TO_BOB | {"receiver": "number:QH9999"}},
        {"to": "/donations", "body": {"giver": "me", "community": VALLEY, "minutes": 5}},
    ]
    answers = as_(Role.VOLUNTEER, ANN).post("/batches", {"items": items}).json()["items"]
    assert [(one["status"], one["body"].get("code")) for one in answers] == [
        (201, None),
        (409, "cannot-receive"),
        (201, None),
    ]


def test_a_number_of_nobody_is_pointed_at_in_the_caller_s_language(as_: Call):
    body = {"giver": ANN, "receiver": "number:QH9999", "minutes": 30}
    office = as_(Role.COORDINATOR)
    refused = office.post("/transfers", body)
    assert (problem(refused), pointer(refused)) == ((404, "unknown-volunteer"), "/receiver")
    assert refused.json()["detail"] == "/receiver: nobody has this volunteer number"
    chinese = office.post("/transfers", body, headers={"Accept-Language": "zh"}).json()
    assert chinese["detail"] == "/receiver：没有这个志愿者编号"
    assert chinese["errors"] == [{"detail": "没有这个志愿者编号", "pointer": "/receiver"}]
    nested = as_(Role.ADMIN).post("/service-records", served("number:QH9999"))
    assert (problem(nested), pointer(nested)) == ((404, "unknown-volunteer"), "/service/volunteer")


def test_who_does_not_reach_a_giver_does_not_learn_whether_the_number_is_anybody_s(as_: Call):
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR)):
        answers = [
            caller.post("/transfers", {"giver": giver, "receiver": ANN, "minutes": 5}).json()
            for giver in ("number:QH9999", f"number:{NUMBERS[EVE]}", "vol_nobody")
        ]
        assert [one["code"] for one in answers] == ["not-found"] * 3
        assert len({(one["detail"], "errors" in one) for one in answers}) == 1


def test_only_a_volunteer_is_me(admin: Client):
    refused = admin.post("/transfers", TO_BOB)
    assert (problem(refused), pointer(refused)) == ((422, "invalid-request"), "/giver")


@pytest.mark.parametrize("word", ["QH0002", "", "portal:QH0002", "number:", "vol_!", "ME", "number:a\u0000"])
def test_other_words_name_no_volunteer(admin: Client, word: str):
    refused = admin.post("/transfers", TO_BOB | {"giver": ANN, "receiver": word})
    assert (problem(refused), pointer(refused)) == ((422, "invalid-request"), "/receiver")
    assert refused.json()["errors"][0]["detail"] == "a volunteer is named vol_…, number:… or me"


def test_under_a_key_a_number_is_the_same_request_as_the_id(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    first = ann.post("/transfers", TO_BOB, "gift")
    assert first.status_code == 201
    for same in (TO_BOB, TO_BOB | {"receiver": BOB}, TO_BOB | {"giver": f"number:{NUMBERS[ANN]}"}):
        again = ann.post("/transfers", same, "gift")
        as_typed = first.json()
        as_typed["events"][0]["receiver"] = same["receiver"]
        assert (again.json(), again.headers["idempotency-replayed"]) == (as_typed, "true")
    assert ann.post("/transfers", TO_BOB, "gift").content == first.content


def test_a_number_that_went_to_somebody_else_is_another_request_and_gives_nothing(as_: Call):
    ann, admin = as_(Role.VOLUNTEER, ANN), as_(Role.ADMIN)
    assert ann.post("/transfers", TO_BOB, "gift").status_code == 201
    for who, number in ((BOB, "QH0099"), (EVE, NUMBERS[BOB])):
        assert admin.post(f"/volunteers/{who}/person", {"number": number, "name": "人"}).status_code == 200
    assert problem(ann.post("/transfers", TO_BOB, "gift")) == (422, "key-reused")
    assert admin.read(f"/volunteers/{ANN}/balance")["position"] == HEAD + 1


def test_a_volunteer_is_assigned_by_number(admin: Client):
    body = {"volunteer": f"number:{NUMBERS[BOB]}", "place": {"team": SINGERS}}
    assert [event["volunteer"] for event in admin.record("/assignments", body)["events"]] == [BOB]


def test_the_directory_is_not_asked_on_the_loop(as_: Call, ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    by_number, asked = ledger.directory.by_number, list[bool]()

    def noting(*args: Any, **more: Any) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            asked.append(True)
        else:
            asked.append(False)
        return by_number(*args, **more)

    monkeypatch.setattr(ledger.directory, "by_number", noting)
    as_(Role.VOLUNTEER, ANN).record("/transfers", TO_BOB)
    assert asked == [True]
