"""What becomes of a sign-up over HTTP, and who may say so."""

from datetime import timedelta

import pytest

from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, OFFICE, VALLEY
from tests.api.village_places import CHOIR, COMING, FULL

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_checks_in_and_out_and_the_time_between_is_reported(as_: Call, clock: Clock):
    bob = as_(Role.VOLUNTEER, BOB)
    [came] = bob.record("/sign-ups/sig_coming/check-in")["events"]
    assert (came["volunteer"], came["shift"]) == (BOB, COMING)
    clock.forward(hours=1, minutes=30)
    left, reported = bob.record("/sign-ups/sig_coming/check-out")["events"]
    assert left["visit"] == came["visit"]
    # The shift began half an hour after the check-in.
    assert sum(day["minutes"] for day in reported["days"]) == 60
    service = reported["service"]
    assert (service["volunteer"], service["activity"], service["visit"]) == (BOB, CHOIR, came["visit"])
    assert service["record"].startswith("rec_")
    assert problem(bob.post("/sign-ups/sig_coming/check-out")) == (409, "visit-over")


def test_a_retry_of_a_check_out_is_answered_as_the_first(as_: Call, clock: Clock):
    ann = as_(Role.VOLUNTEER, ANN)
    clock.forward(minutes=20)
    first = ann.post("/sign-ups/sig_present/check-out", key="leaving")
    again = ann.post("/sign-ups/sig_present/check-out", key="leaving")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"


def test_the_last_visit_of_a_sign_up_is_the_one_that_is_left(admin: Client, clock: Clock):
    clock.forward(minutes=5)
    admin.record("/sign-ups/sig_present/check-out")
    clock.forward(minutes=5)
    [back] = admin.record("/sign-ups/sig_present/check-in")["events"]
    clock.forward(minutes=5)
    left = admin.record("/sign-ups/sig_present/check-out")["events"][0]
    assert left["visit"] == back["visit"] != "vis_present"


def test_who_never_came_has_nothing_to_check_out_of(as_: Call):
    bob = as_(Role.VOLUNTEER, BOB)
    assert problem(bob.post("/sign-ups/sig_coming/check-out")) == (404, "not-found")
    assert problem(bob.post("/sign-ups/sig_none/check-out")) == (404, "not-found")


def test_a_volunteer_reads_and_ends_their_own_sign_ups_only(as_: Call):
    ann, bob = as_(Role.VOLUNTEER, ANN), as_(Role.VOLUNTEER, BOB)
    assert bob.read("/sign-ups/sig_coming")["volunteer"] == BOB
    assert problem(ann.get("/sign-ups/sig_coming")) == (404, "not-found")
    for what in ("withdrawal", "check-in"):
        assert problem(ann.post(f"/sign-ups/sig_coming/{what}")) == (404, "not-found")
    assert problem(bob.post("/sign-ups/sig_present/check-out")) == (404, "not-found")
    bob.record("/sign-ups/sig_coming/withdrawal")
    assert bob.read("/sign-ups/sig_coming")["state"] == "withdrawn"
    assert problem(bob.post("/sign-ups/sig_coming/withdrawal")) == (409, "sign-up-ended")


def test_a_place_given_up_goes_to_who_waits(as_: Call):
    answered = as_(Role.VOLUNTEER, ANN).record("/sign-ups/sig_full/withdrawal")
    # Who got it is for the roster, which volunteers do not read.
    assert [one["type"] for one in answered["events"]] == ["sign-up-withdrawn"]
    assert answered["position"] == answered["events"][0]["position"] + 1
    told = as_(Role.VOLUNTEER, EVE).read("/sign-ups/sig_waiting")
    assert (told["shift"], told["role"], told["state"]) == (FULL, "volunteer", "placed")


def test_staff_are_told_who_got_a_place(as_: Call):
    events = as_(Role.COORDINATOR).record("/sign-ups/sig_full/withdrawal")["events"]
    assert [(one["type"], one["volunteer"]) for one in events] == [
        ("sign-up-withdrawn", ANN),
        ("sign-up-promoted", EVE),
    ]


@pytest.mark.databases("sqlite", "postgres")
def test_a_no_show_is_noted_and_excused_by_staff(as_: Call):
    office = as_(Role.COORDINATOR)
    office.record("/sign-ups/sig_missed/no-show")
    assert office.read("/sign-ups/sig_missed")["state"] == "no-show"
    office.record("/sign-ups/sig_missed/excuse", {"reason": "illness"})
    assert office.read("/sign-ups/sig_missed")["state"] == "placed"
    assert problem(office.post("/sign-ups/sig_missed/excuse", {"reason": "illness"})) == (
        409,
        "not-a-no-show",
    )


def test_where_it_is_and_where_they_live_both_may_see_to_a_sign_up(as_: Call):
    valley, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    for caller in (valley, hills):
        assert caller.read("/sign-ups/sig_excused")["volunteer"] == EVE
    assert problem(hills.get("/sign-ups/sig_missed")) == (404, "not-found")
    for what, body in (("no-show", {}), ("excuse", {"reason": "illness"}), ("withdrawal", {})):
        assert problem(hills.post(f"/sign-ups/sig_missed/{what}", body)) == (404, "not-found")


@pytest.mark.parametrize("what", ["withdrawal", "no-show", "excuse", "check-in", "check-out"])
def test_auditors_read_sign_ups_and_end_none(as_: Call, what):
    auditor = as_(Role.AUDITOR)
    assert auditor.read("/sign-ups/sig_present")["volunteer"] == ANN
    body = {"reason": "illness"} if what == "excuse" else {}
    assert problem(auditor.post(f"/sign-ups/sig_present/{what}", body)) == (403, "forbidden")


@pytest.mark.parametrize("what", ["no-show", "excuse"])
def test_volunteers_note_no_no_shows(as_: Call, what):
    body = {"reason": "illness"} if what == "excuse" else {}
    refused = as_(Role.VOLUNTEER, BOB).post(f"/sign-ups/sig_missed/{what}", body)
    assert problem(refused) == (403, "forbidden")


def test_what_does_not_become_a_sign_up_is_told(admin: Client, clock: Clock):
    assert problem(admin.get("/sign-ups/sig_none")) == (404, "not-found")
    assert problem(admin.post("/sign-ups/sig_none/withdrawal")) == (404, "unknown-sign-up")
    assert problem(admin.post("/sign-ups/sig_coming/no-show")) == (409, "shift-not-over")
    assert problem(admin.post("/sign-ups/sig_full/check-in")) == (409, "too-early-to-check-in")
    assert problem(admin.post("/sign-ups/sig_missed/check-in")) == (409, "shift-over")
    assert problem(admin.post("/sign-ups/sig_present/withdrawal")) == (409, "already-came")
    clock.forward(hours=25)
    assert problem(admin.post("/sign-ups/sig_present/check-out")) == (409, "forgotten-check-out")


@pytest.mark.databases("sqlite", "postgres")
def test_a_sign_up_says_what_it_is_for_and_whether_somebody_came(as_: Call, clock: Clock):
    bob = as_(Role.VOLUNTEER, BOB)
    told = bob.read("/sign-ups/sig_coming")
    assert (told["activity_name"], told["community"], told["place"]) == ("合唱排练", VALLEY, "石桥礼堂")
    assert (told["waiting_at"], told["visit"]) == (None, None)
    visit = bob.record("/sign-ups/sig_coming/check-in")["events"][0]["visit"]
    told = bob.read("/sign-ups/sig_coming")
    assert (told["visit"]["id"], told["visit"]["state"], told["visit"]["ended"]) == (visit, "going-on", None)
    clock.forward(hours=1)
    bob.record("/sign-ups/sig_coming/check-out")
    [line] = as_(Role.COORDINATOR).read(f"/shifts/{COMING}/roster")["items"]
    assert (line["visit"]["id"], line["visit"]["state"], line["visit"]["minutes"]) == (visit, "over", 60)
    assert line["visit"]["begun"] == told["visit"]["begun"] < line["visit"]["ended"]
    for listed in ("sign-ups", "calendar"):
        shown = bob.read(f"/volunteers/me/{listed}")["items"]
        assert {one["id"]: one["visit"] for one in shown}["sig_coming"] == line["visit"]
        assert {one["activity_name"] for one in shown} == {"合唱排练"}


def test_who_comes_back_is_shown_with_the_last_visit(admin: Client, clock: Clock):
    clock.forward(minutes=5)
    admin.record("/sign-ups/sig_present/check-out")
    clock.forward(minutes=5)
    back = admin.record("/sign-ups/sig_present/check-in")["events"][0]["visit"]
    assert admin.read("/sign-ups/sig_present")["visit"]["id"] == back != "vis_present"


@pytest.mark.databases("sqlite", "postgres")
def test_who_waits_is_told_how_many_come_first(as_: Call, admin: Client, clock: Clock):
    begins = clock() + timedelta(days=3)
    shift = admin.record(
        "/shifts",
        {
            "activity": CHOIR,
            "begins": begins.isoformat(),
            "ends": (begins + timedelta(hours=1)).isoformat(),
            "roles": [{"role": "guide", "places": 1}, {"role": "helper", "places": 1}],
            "waitlist": 5,
        },
    )["events"][0]["shift"]
    wishes = ((BOB, "guide"), (DAN, "helper"), (EVE, "guide"), (ANN, "guide"))
    signed = {
        who: admin.record(f"/shifts/{shift}/sign-ups", {"volunteer": who, "role": role})["events"][0][
            "sign_up"
        ]
        for who, role in wishes
    }
    waits = {who: admin.read(f"/sign-ups/{signed[who]}")["waiting_at"] for who, _ in wishes}
    assert waits == {BOB: None, DAN: None, EVE: 1, ANN: 2}
    roster = admin.read(f"/shifts/{shift}/roster")["items"]
    assert {one["volunteer"]: one["waiting_at"] for one in roster} == waits
    as_(Role.VOLUNTEER, EVE).record(f"/sign-ups/{signed[EVE]}/withdrawal")
    assert admin.read(f"/sign-ups/{signed[ANN]}")["waiting_at"] == 1
    assert admin.read(f"/sign-ups/{signed[EVE]}")["waiting_at"] is None
