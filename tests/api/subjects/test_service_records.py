"""Service records over HTTP: reported, decided, taken back, and who is told of them."""

from typing import Any

import pytest

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.communities import MergeCommunity
from ledger.domain.tags import external_tag
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, FAY, HILLS, OFFICE, OTHER_OFFICE, VALLEY, VILLAGE
from tests.small_bank import attest

pytestmark = pytest.mark.databases("sqlite")


def served(volunteer: str, minutes: int = 30, day: str = "2026-03-05", **more: Any) -> dict[str, Any]:
    service = {
        "volunteer": volunteer,
        "activity": "act_gala",
        "activity_name": "重阳节慰问",
        "place": "文化馆",
        "content": "慰问",
        "role": "member",
        "unit": "志愿服务队",
        "in_charge": None,
        "programme": None,
        "hosted_by": None,
        "evidence": "attested",
        **more,
    }
    return {"service": service, "days": [{"day": day, "minutes": minutes}]}


def record_of(answer: Any) -> str:
    return answer["events"][0]["service"]["record"]


def ids(listed: Any) -> list[str]:
    return [one["id"] for one in listed["items"]]


@pytest.mark.databases("sqlite", "postgres")
def test_a_record_goes_its_way(as_: Call, admin: Client):
    bob = as_(Role.VOLUNTEER, BOB)
    record = record_of(bob.record("/service-records", served(BOB)))
    shown = bob.read(f"/service-records/{record}")
    assert (shown["state"], shown["minutes"], shown["reported_by"], shown["decided_by"]) == (
        "reported",
        30,
        BOB,
        None,
    )
    assert problem(bob.post(f"/service-records/{record}/approval")) == (403, "forbidden")
    assert record in ids(admin.read("/service-records", state="reported"))
    admin.record(f"/service-records/{record}/approval")
    assert bob.read(f"/service-records/{record}")["state"] == "approved"
    assert bob.read("/volunteers/me/balance")["service_minutes"] == 30
    assert problem(admin.post(f"/service-records/{record}/decline", {"reason": "x"})) == (
        409,
        "already-decided",
    )
    admin.record(f"/service-records/{record}/reversal", {"reason": "entered-twice"})
    assert bob.read(f"/service-records/{record}")["state"] == "reversed"
    assert bob.read("/volunteers/me/balance")["service_minutes"] == 0
    assert ids(bob.read("/volunteers/me/service-records")) == [record, "rec_bob"]


def test_nobody_approves_what_they_reported(as_: Call, admin: Client):
    record = record_of(admin.record("/service-records", served(ANN)))
    assert problem(admin.post(f"/service-records/{record}/approval")) == (409, "own-report")
    warden = as_(Role.COORDINATOR, OTHER_OFFICE)
    assert warden.post(f"/service-records/{record}/approval").status_code == 201


def test_a_declined_record_counts_nothing(admin: Client):
    admin.record("/service-records/rec_bob/decline", {"reason": "no-evidence"})
    assert admin.read("/service-records/rec_bob")["decided_by"] == OFFICE
    assert ids(admin.read("/service-records", state="declined")) == ["rec_bob"]
    assert problem(admin.post("/service-records/rec_bob/reversal", {"reason": "x"})) == (409, "not-approved")


def test_an_office_attests_in_one_step_and_once_under_a_key(admin: Client):
    first, again = (admin.post("/service-records/attestations", served(ANN, 45), "sheet-7") for _ in range(2))
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    assert admin.read(f"/service-records/{record_of(first.json())}")["state"] == "attested"
    assert admin.read(f"/volunteers/{ANN}/balance")["service_minutes"] == 165
    other = admin.post("/service-records/attestations", served(ANN, 46), "sheet-7")
    assert problem(other) == (422, "key-reused")


def test_a_rehearsal_records_nothing(admin: Client):
    response = admin.post("/service-records/attestations", served(ANN), dry_run="true")
    assert response.json()["dry_run"] is True
    assert problem(admin.get(f"/service-records/{record_of(response.json())}")) == (404, "not-found")


def test_what_the_rules_refuse(admin: Client):
    attestations = "/service-records/attestations"
    for body, expected in (
        (served(FAY), (409, "not-in-good-standing")),
        (served(ANN, day="2099-01-01"), (409, "future-day")),
        (served("vol_nobody"), (409, "not-registered")),
        (served(ANN, hosted_by="com_nowhere"), (404, "unknown-community")),
        (served(ANN, 1441), (422, "invalid-request")),
        (served(ANN, record="rec_mine"), (422, "invalid-request")),
    ):
        assert problem(admin.post(attestations, body)) == expected
    assert problem(admin.post("/service-records/rec_none/approval")) == (404, "unknown-record")
    overfull = served(DAN, 900, day="2026-03-01")
    assert problem(admin.post(attestations, overfull)) == (409, "day-full")


def test_what_is_wrong_within_the_service_is_pointed_at(admin: Client):
    response = admin.post("/service-records", served(ANN, record="rec_mine"))
    assert response.json()["errors"][0]["pointer"] == "/service/record"


def test_a_record_is_named_as_its_source_numbers_it(ledger: Ledger, admin: Client):
    ledger.bank.handle_many([Ask(attest(ANN, 11, record="rec_list"), OFFICE, external_tag("list", "7"))])
    assert admin.read("/service-records/list:7")["minutes"] == 11
    assert problem(admin.get("/service-records/list:8")) == (404, "not-found")
    assert admin.record("/service-records/list:7/reversal", {"reason": "wrong-file"})
    assert admin.read("/service-records/rec_list")["state"] == "reversed"


def test_who_reports_and_reads_whose(as_: Call):
    ann, office, hills = as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert problem(ann.post("/service-records", served(BOB))) == (404, "not-found")
    assert problem(ann.post("/service-records/attestations", served(ANN))) == (403, "forbidden")
    assert problem(ann.get("/service-records/rec_eve")) == (404, "not-found")
    assert problem(ann.get("/service-records")) == (403, "forbidden")
    assert ann.read("/service-records/rec_ann")["volunteer"] == ANN
    assert problem(office.post("/service-records", served(EVE))) == (404, "not-found")
    assert problem(hills.post("/service-records/rec_bob/approval")) == (404, "not-found")
    assert problem(hills.get("/service-records/rec_bob")) == (404, "not-found")
    assert office.post("/service-records/rec_bob/approval").status_code == 201
    assert problem(as_(Role.AUDITOR).post("/service-records", served(ANN))) == (403, "forbidden")
    assert as_(Role.AUDITOR).read("/service-records/rec_eve")["minutes"] == 60


@pytest.mark.databases("sqlite", "postgres")
def test_a_coordinator_is_told_of_those_at_home_there(as_: Call, admin: Client):
    valley, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    every = ["rec_ann", "rec_bob", "rec_dan", "rec_eve"]
    assert ids(admin.read("/service-records")) == ids(as_(Role.AUDITOR).read("/service-records")) == every
    assert ids(valley.read("/service-records")) == ["rec_ann", "rec_bob", "rec_dan"]
    assert ids(hills.read("/service-records")) == ["rec_eve"]
    admin.record(f"/volunteers/{EVE}/move", {"community": VILLAGE})
    assert ids(valley.read("/service-records")) == every
    assert ids(hills.read("/service-records")) == []
    assert ids(as_(Role.COORDINATOR, OFFICE, VILLAGE).read("/service-records")) == ["rec_ann", "rec_eve"]


def test_a_move_that_lies_ahead_changes_nothing_yet(as_: Call, admin: Client):
    admin.record(f"/volunteers/{EVE}/move", {"community": VALLEY, "day": "2099-01-01"})
    assert ids(as_(Role.COORDINATOR, OFFICE, HILLS).read("/service-records")) == ["rec_eve"]
    assert "rec_eve" not in ids(as_(Role.COORDINATOR).read("/service-records"))


def test_who_registers_from_a_day_ahead_on_belongs_there_already(as_: Call, admin: Client):
    registered = admin.record("/volunteers", {"community": HILLS, "day": "2099-01-01"})
    newcomer = registered["events"][0]["volunteer"]
    hills = as_(Role.COORDINATOR, OFFICE, HILLS)
    assert hills.read(f"/volunteers/{newcomer}")["home"] == HILLS
    record = record_of(admin.record("/service-records/attestations", served(newcomer)))
    assert record in ids(hills.read("/service-records"))


def test_a_merger_brings_those_who_lived_there(ledger: Ledger, as_: Call):
    outcomes = ledger.bank.handle_many([Ask(MergeCommunity(community=HILLS, into=VALLEY), OFFICE)])
    assert not [one for one in outcomes if isinstance(one, Exception)]
    valley = as_(Role.COORDINATOR)
    assert "rec_eve" in ids(valley.read("/service-records"))
    assert valley.read("/service-records/rec_eve")["volunteer"] == EVE
    assert valley.read(f"/volunteers/{EVE}")["home"] == VALLEY


def test_records_are_asked_for_by_state_and_period(admin: Client):
    admin.record("/service-records/attestations", served(ANN, day="2026-04-01"))
    assert ids(admin.read("/service-records", state="reported")) == ["rec_bob"]
    assert ids(admin.read("/service-records", state="attested", period="2026-03")) == [
        "rec_ann",
        "rec_dan",
        "rec_eve",
    ]
    assert len(ids(admin.read("/service-records", period="2026-Q2"))) == 1
    assert ids(admin.read("/service-records", period="2025")) == []
    for name, value in (("period", "march"), ("state", "lost"), ("state", "pending")):
        query: dict[str, Any] = {name: value}
        response = admin.get("/service-records", **query)
        assert problem(response) == (422, "invalid-request")
        assert response.json()["errors"][0]["parameter"] == name


def test_pages_of_records_follow_each_other(as_: Call, admin: Client):
    for who in (admin, as_(Role.COORDINATOR)):
        every = ids(who.read("/service-records"))
        found: list[str] = []
        cursor: dict[str, Any] = {}
        while True:
            some = who.read("/service-records", limit=2, **cursor)
            found += ids(some)
            if some["next_cursor"] is None:
                break
            cursor = {"cursor": some["next_cursor"]}
        assert found == every
        assert len(every) in {3, 4}
    first = admin.read("/service-records", limit=1)
    pending = admin.get("/service-records", state="reported", cursor=first["next_cursor"])
    assert problem(pending) == (422, "invalid-request")
