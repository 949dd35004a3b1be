"""Who holds which post, which organisations are attached, which titles are borne, and who completed what."""

from typing import Any

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import (
    ANN,
    BOB,
    COUNTY,
    DAN,
    EVE,
    HIKERS,
    HILLS,
    NUMBERS,
    OFFICE,
    SINGERS,
    VALLEY,
    VILLAGE,
)

pytestmark = pytest.mark.databases("sqlite")

BEFORE, THEN, LATER = "2026-01-31", "2026-02-01", "2026-03-01"
"""The day before what the village has began, that day, and one on which more begins."""


@pytest.mark.databases("sqlite", "postgres")
def test_posts_are_listed_by_community_by_name_and_by_day(admin: Client):
    ann = _post(admin, ANN, VILLAGE, "liaison")
    eve = _post(admin, EVE, HILLS, "liaison", until="2026-04-01")
    assert _ids(admin, "/posts") == {"ten_bob", ann, eve}
    assert _ids(admin, "/posts", community=VALLEY) == {"ten_bob", ann}
    assert _ids(admin, "/posts", community=VILLAGE) == {ann}
    assert _ids(admin, "/posts", post="liaison") == {ann, eve}
    assert _ids(admin, "/posts", on=BEFORE) == set()
    assert _ids(admin, "/posts", on=THEN) == {"ten_bob"}
    assert _ids(admin, "/posts", on="2026-03-31", post="liaison") == {ann, eve}
    assert _ids(admin, "/posts", on="2026-04-01", post="liaison") == {ann}


@pytest.mark.databases("sqlite", "postgres")
def test_a_post_is_told_whole(admin: Client):
    expected = {
        "id": "ten_bob",
        "volunteer": BOB,
        "number": NUMBERS[BOB],
        "community": VALLEY,
        "post": "organiser",
        "since": THEN,
        "until": None,
    }
    assert admin.read("/posts")["items"] == [expected]
    told = admin.read("/posts/ten_bob")
    assert {name: told[name] for name in expected} == expected
    dan = _post(admin, DAN, COUNTY, "cadre")
    assert (admin.read(f"/posts/{dan}")["volunteer"], admin.read(f"/posts/{dan}")["number"]) == (DAN, None)
    assert problem(admin.get("/posts/ten_none")) == (404, "not-found")


def test_who_holds_a_post_is_told_to_those_who_reach_it_or_them(as_: Call, admin: Client):
    eve = _post(admin, EVE, COUNTY, "cadre")
    bob = _post(admin, BOB, HILLS, "cadre")
    everybody = {"ten_bob": BOB, eve: EVE, bob: BOB}
    for role in (Role.AUDITOR, Role.INTEGRATION, Role.ADMIN):
        assert _holders(as_(role)) == everybody
    assert _holders(as_(Role.COORDINATOR, OFFICE, COUNTY)) == everybody
    # A post elsewhere of somebody at home here, and one here of somebody from elsewhere.
    assert _holders(as_(Role.COORDINATOR, OFFICE, VALLEY)) == {"ten_bob": BOB, eve: None, bob: BOB}
    assert _holders(as_(Role.COORDINATOR, OFFICE, HILLS)) == {"ten_bob": None, eve: EVE, bob: BOB}
    assert _holders(as_(Role.VOLUNTEER, BOB)) == {"ten_bob": BOB, eve: None, bob: BOB}
    assert _holders(as_(Role.VOLUNTEER, ANN)) == dict.fromkeys(everybody)


def test_a_number_is_no_more_told_than_its_volunteer(as_: Call):
    for caller, known in ((as_(Role.VOLUNTEER, BOB), True), (as_(Role.VOLUNTEER, ANN), False)):
        told = caller.read("/posts/ten_bob")
        assert (told["volunteer"], told["number"]) == ((BOB, NUMBERS[BOB]) if known else (None, None))


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_s_posts_are_their_own(as_: Call, admin: Client):
    second = _post(admin, BOB, HILLS, "liaison")
    _post(admin, EVE, HILLS, "liaison")
    bob = as_(Role.VOLUNTEER, BOB)
    assert _ids(bob, "/volunteers/me/posts") == {"ten_bob", second}
    assert _ids(bob, "/volunteers/me/posts", on=THEN) == {"ten_bob"}
    assert {one["volunteer"] for one in bob.read("/volunteers/me/posts")["items"]} == {BOB}
    assert problem(bob.get(f"/volunteers/{EVE}/posts")) == (404, "not-found")
    assert problem(as_(Role.COORDINATOR).get(f"/volunteers/{EVE}/posts")) == (404, "not-found")
    assert problem(admin.get("/volunteers/vol_none/posts")) == (404, "not-found")


@pytest.mark.databases("sqlite", "postgres")
def test_organisations_are_listed_by_community_by_kind_and_by_day(admin: Client):
    clinic = _attach(admin, "云岭诊所", "hospital", HILLS)
    assert _ids(admin, "/organisations") == {"org_opera", clinic}
    assert _ids(admin, "/organisations", community=VALLEY) == {"org_opera"}
    assert _ids(admin, "/organisations", community=COUNTY) == {"org_opera", clinic}
    assert _ids(admin, "/organisations", community=VILLAGE) == set()
    assert _ids(admin, "/organisations", kind="hospital") == {clinic}
    assert _ids(admin, "/organisations", on=THEN) == {"org_opera"}
    assert _ids(admin, "/organisations", on=BEFORE) == set()


@pytest.mark.databases("sqlite", "postgres")
def test_an_organisation_is_one_however_often_it_is_attached(admin: Client):
    body = {"name": "县票友社", "kind": "association", "community": HILLS, "day": LATER}
    second = admin.record("/organisations/org_opera/attachments", body)["events"][0]["attachment"]
    # What its last attachment calls it, whichever was asked for.
    called = {"id": "org_opera", "name": "县票友社", "kind": "association"}
    assert admin.read("/organisations")["items"] == [called]
    assert admin.read("/organisations", community=VALLEY, kind="society")["items"] == [called]
    told = admin.read("/organisations/org_opera")
    assert {name: told[name] for name in called} == called
    path = "/organisations/org_opera/attachments"
    found = {one["id"]: one for one in admin.read(path)["items"]}
    assert set(found) == {"att_opera", second}
    assert found["att_opera"] == {
        "id": "att_opera",
        "organisation": "org_opera",
        "community": VALLEY,
        "name": "石桥票友社",
        "kind": "society",
        "since": THEN,
        "until": None,
    }
    assert _ids(admin, path, on=THEN) == {"att_opera"}
    assert (
        _ids(admin, "/attachments") == _ids(admin, "/attachments", community=COUNTY) == {"att_opera", second}
    )
    assert _ids(admin, "/attachments", community=HILLS) == {second}
    assert _ids(admin, "/attachments", community=COUNTY, on=THEN) == {"att_opera"}
    admin.record("/attachments/att_opera/end", {"day": LATER})
    assert _ids(admin, path, on=LATER) == {second}


def test_what_is_unknown_is_not_found(admin: Client):
    for path in (
        "/organisations/org_none",
        "/organisations/org_none/attachments",
        "/designations/des_none",
        "/training/trn_none",
    ):
        assert problem(admin.get(path)) == (404, "not-found")


@pytest.mark.databases("sqlite", "postgres")
def test_designations_are_listed_by_bearer_and_by_day(admin: Client):
    village = _grant(admin, community=VILLAGE, until="2026-04-01")
    hikers = _grant(admin, team=HIKERS)
    assert _ids(admin, "/designations") == {"des_singers", village, hikers}
    assert _ids(admin, "/designations", community=VALLEY) == {"des_singers", village}
    assert _ids(admin, "/designations", community=VILLAGE) == {village}
    assert _ids(admin, "/designations", team=HIKERS) == {hikers}
    assert _ids(admin, "/designations", team=HIKERS, community=VALLEY) == set()
    assert _ids(admin, "/designations", on=THEN) == {"des_singers"}
    assert _ids(admin, "/designations", on="2026-04-01") == {"des_singers", hikers}
    told = admin.read("/designations/des_singers")
    assert (told["team"], told["community"], told["name"]) == (SINGERS, None, "先进服务队")
    assert (told["granted_by"], told["funding_fen"], told["since"]) == ("青禾县", None, THEN)


def test_everybody_reads_organisations_and_designations(as_: Call):
    for caller in (as_(Role.VOLUNTEER, EVE), as_(Role.COORDINATOR, OFFICE, HILLS), as_(Role.AUDITOR)):
        assert _ids(caller, "/organisations") == {"org_opera"}
        assert _ids(caller, "/organisations/org_opera/attachments") == {"att_opera"}
        assert _ids(caller, "/designations") == {"des_singers"}


@pytest.mark.databases("sqlite", "postgres")
def test_training_is_listed_by_home_by_volunteer_and_by_day(admin: Client):
    bob, eve = _train(admin, BOB, until="2026-04-01"), _train(admin, EVE)
    assert _ids(admin, "/training") == {"trn_ann", bob, eve}
    assert _ids(admin, "/training", community=VALLEY) == {"trn_ann", bob}
    assert _ids(admin, "/training", community=VILLAGE) == {"trn_ann"}
    assert _ids(admin, "/training", volunteer=EVE) == {eve}
    assert _ids(admin, "/training", volunteer=EVE, community=VALLEY) == set()
    assert _ids(admin, "/training", on=THEN) == {"trn_ann"}
    assert _ids(admin, "/training", on="2026-04-01") == {"trn_ann", eve}


@pytest.mark.databases("sqlite", "postgres")
def test_training_that_was_annulled_is_told_where_that_is_asked(admin: Client):
    assert admin.read("/training/trn_ann")["annulled"] is None
    admin.record("/training/trn_ann/annulment", {"reason": "mistake"})
    assert _ids(admin, "/training") == set()
    [told] = admin.read("/training", annulled="true")["items"]
    assert (told["id"], told["annulled"]) == ("trn_ann", "mistake")
    assert admin.read("/training/trn_ann")["annulled"] == "mistake"


@pytest.mark.databases("sqlite", "postgres")
def test_a_coordinator_is_told_what_their_own_volunteers_completed(as_: Call, admin: Client):
    eve = _train(admin, EVE)
    valley, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert _ids(valley, "/training") == {"trn_ann"}
    assert _ids(hills, "/training") == _ids(hills, "/training", community=COUNTY) == {eve}
    assert _ids(hills, "/training", community=VALLEY) == _ids(hills, "/training", volunteer=ANN) == set()
    assert problem(valley.get(f"/training/{eve}")) == (404, "not-found")
    assert hills.read(f"/training/{eve}")["volunteer"] == EVE
    assert as_(Role.VOLUNTEER, EVE).read(f"/training/{eve}")["volunteer"] == EVE
    assert problem(as_(Role.VOLUNTEER, EVE).get("/training/trn_ann")) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, EVE).get("/training")) == (403, "forbidden")


@pytest.mark.databases("sqlite", "postgres")
def test_those_of_a_merged_community_have_their_training_where_they_belong_now(as_: Call, admin: Client):
    bob = _train(admin, BOB)
    admin.record(f"/communities/{VALLEY}/merger", {"into": HILLS})
    assert _ids(admin, "/training", community=HILLS) == {"trn_ann", bob}
    assert _ids(as_(Role.COORDINATOR, OFFICE, HILLS), "/training") == {"trn_ann", bob}


@pytest.mark.parametrize("path", ["/posts", "/organisations", "/attachments", "/designations", "/training"])
@pytest.mark.databases("sqlite", "postgres")
def test_a_page_goes_on_where_the_last_one_ended(admin: Client, path: str):
    for who, where, team in ((ANN, VILLAGE, HIKERS), (EVE, HILLS, SINGERS)):
        _post(admin, who, where, "cadre")
        _attach(admin, f"书画社{where}", "society", where)
        _grant(admin, team=team)
        _train(admin, who)
    every = [one["id"] for one in admin.read(path, on=LATER)["items"]]
    assert every == sorted(every)
    assert len(every) == 3
    first = admin.read(path, on=LATER, limit=2)
    rest = admin.read(path, on=LATER, limit=2, cursor=first["next_cursor"])
    assert [one["id"] for one in (*first["items"], *rest["items"])] == every
    assert rest["next_cursor"] is None
    other = admin.get(path, on=THEN, cursor=first["next_cursor"])
    assert problem(other) == (422, "invalid-request")
    assert problem(admin.get(path, on="someday")) == (422, "invalid-request")


def _post(admin: Client, who: str, where: str, post: str, **more: str) -> str:
    body = {"volunteer": who, "community": where, "post": post, "day": LATER, **more}
    return admin.record("/posts", body)["events"][0]["tenure"]


def _attach(admin: Client, name: str, kind: str, where: str) -> str:
    body = {"name": name, "kind": kind, "community": where, "day": LATER}
    return admin.record("/organisations", body)["events"][0]["organisation"]


def _grant(admin: Client, **bearer: str) -> str:
    body = {"name": "示范", "granted_by": "青禾县", "day": LATER, **bearer}
    return admin.record("/designations", body)["events"][0]["designation"]


def _train(admin: Client, who: str, **more: str) -> str:
    body: dict[str, Any] = {"volunteer": who, "name": "急救", "content": "心肺复苏", "minutes": 90}
    body |= {"organiser": "县红十字会", "day": LATER, **more}
    return admin.record("/training", body)["events"][0]["training"]


def _ids(client: Client, path: str, **query: str) -> set[str]:
    return {one["id"] for one in client.read(path, **query)["items"]}


def _holders(client: Client) -> dict[str, str | None]:
    return {one["id"]: one["volunteer"] for one in client.read("/posts")["items"]}
