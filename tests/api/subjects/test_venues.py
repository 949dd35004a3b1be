"""Venues over HTTP: what is told of them, and what never is."""

import hashlib

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, EVE, HILLS, VALLEY, VILLAGE
from tests.api.village_places import CODE, HALL

pytestmark = pytest.mark.databases("sqlite")

STATION = {
    "name": "云岭书屋",
    "kind": "e-station",
    "community": HILLS,
    "unit": "云岭镇文化站",
    "content": "借阅",
    "coordinates": {"latitude": 36_100_000, "longitude": 120_200_000, "crs": "gcj02"},
}


@pytest.mark.databases("sqlite", "postgres")
def test_a_venue_is_opened_described_renewed_and_closed(admin: Client):
    [event] = admin.record("/venues", {"venue": STATION, "theme": "新书", "code": "BOOKS-1"})["events"]
    path = f"/venues/{event['venue']['id']}"
    told = admin.read(path)
    plain = {name: value for name, value in STATION.items() if name != "coordinates"}
    assert {name: told[name] for name in plain} == plain
    assert (told["latitude"], told["longitude"], told["crs"]) == (36_100_000, 120_200_000, "gcj02")
    assert (told["theme"], told["closed"]) == ("新书", None)
    admin.record(f"{path}/description", {"venue": STATION | {"name": "云岭大书屋", "coordinates": None}})
    admin.record(f"{path}/theme", {"theme": "年画"})
    changed = admin.read(path)
    assert (changed["name"], changed["latitude"], changed["theme"]) == ("云岭大书屋", None, "年画")
    admin.record(f"{path}/closure")
    assert admin.read(path)["closed"] is not None


def test_venues_are_listed_by_kind_and_community_and_while_in_use(admin: Client):
    admin.record("/venues", {"venue": STATION})
    assert _names(admin) == ["云岭书屋", "石桥礼堂"]
    assert _names(admin, kind="hall") == ["石桥礼堂"]
    assert _names(admin, community=HILLS) == ["云岭书屋"]
    assert _names(admin, community=VILLAGE) == []
    admin.record(f"/venues/{HALL}/closure")
    assert _names(admin) == ["云岭书屋"]
    assert _names(admin, closed="true") == ["云岭书屋", "石桥礼堂"]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_is_told_the_code_or_its_digest(as_: Call, role):
    caller = as_(role, ANN if role is Role.VOLUNTEER else "stf_office")
    for path in (f"/venues/{HALL}", "/venues"):
        text = caller.get(path).text
        assert "石桥礼堂" in text
        assert CODE not in text
        assert "code" not in text
        assert hashlib.sha256(f"{HALL}\x00{CODE}".encode()).hexdigest() not in text


def test_another_code_makes_the_one_before_worthless(admin: Client):
    admin.record(f"/venues/{HALL}/code", {"code": "HALL-2027"})
    path = f"/venues/{HALL}/clock-ins"
    assert problem(admin.post(path, {"volunteer": EVE, "code": CODE})) == (409, "wrong-code")
    admin.record(path, {"volunteer": EVE, "code": "HALL-2027"})


def test_a_coordinator_changes_the_venues_of_their_community(as_: Call):
    office, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, community=HILLS)
    station = hills.record("/venues", {"venue": STATION})["events"][0]["venue"]["id"]
    office.record(f"/venues/{HALL}/theme", {"theme": "年画"})
    for path, body in (
        ("/venues", {"venue": STATION}),
        (f"/venues/{station}/description", {"venue": STATION | {"community": VALLEY}}),
        (f"/venues/{HALL}/description", {"venue": STATION}),
        (f"/venues/{station}/theme", {"theme": "年画"}),
        (f"/venues/{station}/code", {"code": "BOOKS-2"}),
        (f"/venues/{station}/closure", {}),
    ):
        assert problem(office.post(path, body)) == (404, "not-found")
    assert hills.read(f"/venues/{station}")["closed"] is None


def test_volunteers_and_auditors_change_no_venue(as_: Call):
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.AUDITOR)):
        assert problem(caller.post("/venues", {"venue": STATION})) == (403, "forbidden")
        assert problem(caller.post(f"/venues/{HALL}/closure")) == (403, "forbidden")


def test_what_is_wrong_with_a_venue_is_told(admin: Client):
    assert problem(admin.get("/venues/ven_none")) == (404, "not-found")
    assert problem(admin.post("/venues/ven_none/theme", {"theme": "年画"})) == (404, "unknown-venue")
    own_id = admin.post("/venues", {"venue": STATION | {"id": "ven_mine"}})
    assert problem(own_id) == (422, "invalid-request")
    assert own_id.json()["errors"][0]["pointer"] == "/venue/id"
    short = admin.post("/venues", {"venue": STATION, "code": "abc"})
    assert short.json()["errors"][0]["pointer"] == "/code"


def _names(client: Client, **query: str) -> list[str]:
    return [one["name"] for one in client.read("/venues", **query)["items"]]
