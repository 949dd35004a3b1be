"""Volunteers over HTTP: who they are here, and what happens to them."""

from typing import Any

import pytest

from ledger.bootstrap import Ledger
from ledger.domain.events import AgeBandNoted, SkillEnded
from ledger.operations.callers import Role
from ledger.store import log
from ledger.store.codec import decode
from tests.api.conftest import Call, Client, problem
from tests.api.village import (
    ANN,
    BOB,
    DAN,
    EVE,
    FAY,
    HEAD,
    HIKERS,
    HILLS,
    NUMBERS,
    OFFICE,
    SINGERS,
    VALLEY,
    VILLAGE,
)

pytestmark = pytest.mark.databases("sqlite")

WRITES_OF_A_VOLUNTEER = (
    ("move", {"community": VALLEY}),
    ("suspension", {"reason": "ill"}),
    ("reinstatement", {}),
    ("withdrawal", {}),
    ("age-band", {"band": "adult"}),
    ("skills", {"skill": "driving"}),
    ("skills/first-aid/end", {}),
)


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_is_shown_with_the_name_that_the_directory_has(as_: Call):
    assert as_(Role.VOLUNTEER, ANN).read("/volunteers/me") == {
        "position": HEAD,
        "id": ANN,
        "number": NUMBERS[ANN],
        "name": ANN,
        "home": VILLAGE,
        "standing": "active",
        "since": "2020-01-01",
        "age_band": None,
        "skills": [],
        "assignments": [
            {"id": "asg_ann", "team": SINGERS, "role": "member", "since": "2020-01-01", "until": None}
        ],
    }
    for caller in (as_(Role.COORDINATOR), as_(Role.INTEGRATION), as_(Role.ADMIN)):
        assert caller.read(f"/volunteers/{ANN}")["name"] == ANN
    told = as_(Role.AUDITOR).read(f"/volunteers/{ANN}")
    assert (told["number"], told["name"]) == (NUMBERS[ANN], None)
    told = as_(Role.ADMIN).read(f"/volunteers/{FAY}")
    assert (told["number"], told["name"]) == (None, None)


@pytest.mark.databases("sqlite", "postgres")
def test_whoever_is_registered_is_there(admin: Client):
    body = {"community": VALLEY, "day": "2026-01-05", "place": {"team": SINGERS, "role": "leader"}}
    first, again = (admin.post("/volunteers", body, "form-1") for _ in range(2))
    assert first.status_code == 201
    assert first.content == again.content
    registered, assigned = first.json()["events"]
    shown = admin.read(f"/volunteers/{registered['volunteer']}")
    assert (shown["home"], shown["since"], shown["number"]) == (VALLEY, "2026-01-05", None)
    assert [one["id"] for one in shown["assignments"]] == [assigned["assignment"]]
    assert admin.read(f"/volunteers/{shown['id']}/balance")["credit_minutes"] == 0
    other = admin.post("/volunteers", {**body, "day": "2026-01-06"}, "form-1")
    assert problem(other) == (422, "key-reused")


def test_without_a_key_everybody_is_new(admin: Client):
    answers = [admin.record("/volunteers", {"community": VALLEY}) for _ in range(2)]
    assert len({answer["events"][0]["volunteer"] for answer in answers}) == 2


def test_volunteers_move_and_their_standing_changes(admin: Client):
    def shown() -> tuple[str, str]:
        found = admin.read(f"/volunteers/{ANN}")
        return found["home"], found["standing"]

    admin.record(f"/volunteers/{ANN}/move", {"community": HILLS})
    assert shown() == (HILLS, "active")
    admin.record(f"/volunteers/{ANN}/suspension", {"reason": "ill"})
    assert shown() == (HILLS, "suspended")
    admin.record(f"/volunteers/{ANN}/reinstatement")
    assert shown() == (HILLS, "active")
    admin.record(f"/volunteers/number:{NUMBERS[ANN]}/withdrawal")
    assert shown() == (HILLS, "withdrawn")


def test_what_a_volunteer_is_known_for_is_recorded(ledger: Ledger, admin: Client):
    admin.record(f"/volunteers/{DAN}/age-band", {"band": "adult"})
    admin.record(f"/volunteers/{DAN}/skills", {"skill": "driving", "until": "2099-01-01"})
    admin.record(f"/volunteers/{DAN}/skills/first-aid/end")
    with ledger.reading() as (connection, _):
        band, _, ended = (decode(row.data) for row in log.between(connection, HEAD, HEAD + 3))
    assert isinstance(band, AgeBandNoted)
    assert isinstance(ended, SkillEnded)
    assert (band.volunteer, ended.skill) == (DAN, "first-aid")


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/volunteers", {"community": "com_nowhere"}, (404, "unknown-community")),
        ("/volunteers", {"community": VALLEY, "volunteer": "vol_mine"}, (422, "invalid-request")),
        ("/volunteers", {"community": VALLEY, "place": {"team": "tea_none"}}, (404, "unknown-team")),
        (f"/volunteers/{ANN}/move", {"community": VILLAGE}, (409, "already-there")),
        (f"/volunteers/{ANN}/move", {}, (422, "invalid-request")),
        (f"/volunteers/{FAY}/suspension", {"reason": "ill"}, (409, "standing-unchanged")),
        (f"/volunteers/{ANN}/suspension", {"reason": "Ill!"}, (422, "invalid-request")),
        (f"/volunteers/{ANN}/reinstatement", {}, (409, "standing-unchanged")),
        ("/volunteers/vol_nobody/withdrawal", {}, (409, "not-registered")),
        (f"/volunteers/{DAN}/skills", {"skill": "first-aid"}, (409, "already-so")),
        (f"/volunteers/{DAN}/skills/driving/end", {}, (409, "no-such-skill")),
        (f"/volunteers/{DAN}/age-band", {"band": "old"}, (422, "invalid-request")),
        (f"/volunteers/{DAN}/age-band", {"band": "adult", "day": "2019-01-01"}, (409, "before-registration")),
    ],
)
def test_what_the_rules_refuse(admin: Client, path: str, body: Any, expected: Any):
    assert problem(admin.post(path, body)) == expected


@pytest.mark.parametrize(("what", "body"), WRITES_OF_A_VOLUNTEER)
def test_offices_change_their_own_volunteers_and_nobody_else_does(as_: Call, what: str, body: Any):
    path = f"/volunteers/{BOB}/{what}"
    assert problem(as_(Role.VOLUNTEER, BOB).post(path, body)) == (403, "forbidden")
    assert problem(as_(Role.AUDITOR).post(path, body)) == (403, "forbidden")
    assert problem(as_(Role.COORDINATOR, OFFICE, HILLS).post(path, body)) == (404, "not-found")
    # Whether the rules let it is another matter.
    assert as_(Role.COORDINATOR).post(path, body).status_code in {201, 409}


def test_an_office_registers_at_its_own_place(as_: Call):
    office = as_(Role.COORDINATOR)
    for body in ({"community": HILLS}, {"community": VALLEY, "place": {"team": HIKERS}}):
        assert problem(office.post("/volunteers", body)) == (404, "not-found")
    body = {"community": VILLAGE, "place": {"team": SINGERS}}
    assert office.post("/volunteers", body).status_code == 201
    assert office.post("/volunteers", {"community": VILLAGE}).status_code == 201
    assert problem(as_(Role.VOLUNTEER, ANN).post("/volunteers", body)) == (403, "forbidden")


def test_a_rehearsal_registers_nobody(admin: Client):
    response = admin.post("/volunteers", {"community": VALLEY}, "form-1", dry_run="true")
    newcomer = response.json()["events"][0]["volunteer"]
    assert problem(admin.get(f"/volunteers/{newcomer}")) == (404, "not-found")
    assert admin.post("/volunteers", {"community": VILLAGE}, "form-1").status_code == 201


def test_others_are_not_shown(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    assert problem(ann.get(f"/volunteers/{BOB}")) == (404, "not-found")
    assert problem(as_(Role.COORDINATOR).get(f"/volunteers/{EVE}")) == (404, "not-found")
    assert problem(as_(Role.ADMIN).get("/volunteers/vol_nobody")) == (404, "not-found")
    assert problem(as_(Role.ADMIN).get("/volunteers/me")) == (404, "not-found")


@pytest.mark.databases("sqlite", "postgres")
def test_skills_and_age_band_of_today_are_told_to_those_who_reach_the_volunteer(as_: Call, admin: Client):
    admin.record(f"/volunteers/{ANN}/age-band", {"band": "minor", "day": "2024-01-01"})
    admin.record(f"/volunteers/{ANN}/age-band", {"band": "adult", "day": "2025-01-01"})
    for skill, more in (
        ("singing", {}),
        ("driving", {}),
        ("first-aid", {"day": "2025-01-01", "until": "2025-06-01"}),
    ):
        admin.record(f"/volunteers/{ANN}/skills", {"skill": skill, **more})
    admin.record(f"/volunteers/{ANN}/skills", {"skill": "chess", "day": "2099-01-01"})
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR), as_(Role.AUDITOR)):
        told = caller.read(f"/volunteers/{ANN}")
        assert (told["age_band"], told["skills"]) == ("adult", ["driving", "singing"])
    admin.record(f"/volunteers/{ANN}/skills/driving/end")
    assert admin.read(f"/volunteers/{ANN}")["skills"] == ["singing"]
