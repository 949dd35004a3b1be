"""What a volunteer did and signed up for, as they are told themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.activities import PublishActivity
from ledger.domain.commands import Command
from ledger.domain.events import RolePlaces
from ledger.domain.presence import CheckIn, CheckOut
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import SignUp, WithdrawSignUp
from ledger.domain.training import AnnulTraining, CompleteTraining
from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, FAY, LONG_AGO, OFFICE, VALLEY
from tests.stories_activities import stars

pytestmark = pytest.mark.databases("sqlite")

SUBJECTS = ("service-records", "sign-ups", "calendar", "visits", "redemptions", "training")


def record(ledger: Ledger, *commands: Command) -> None:
    outcomes = ledger.bank.handle_many([Ask(command, OFFICE) for command in commands])
    assert [one for one in outcomes if isinstance(one, Exception)] == []


def shift(identifier: str, begins: datetime) -> Iterator[Command]:
    """A shift of two hours that Dan signs up for."""
    places = (RolePlaces(role="volunteer", places=2),)
    yield PublishShift(
        shift=f"shi_{identifier}",
        activity=stars().id,
        begins=begins,
        ends=begins + timedelta(hours=2),
        roles=places,
    )
    yield SignUp(sign_up=f"sig_{identifier}", shift=f"shi_{identifier}", volunteer=DAN)


@pytest.fixture
def signed_up(ledger: Ledger) -> datetime:
    """Dan signed up for shifts at this moment, a day, and ten days later, and gave the second up."""
    soon = ledger.now() + timedelta(minutes=1)
    record(
        ledger,
        PublishActivity(activity=stars(community=VALLEY, in_charge=None), day=soon.date()),
        *shift("now", soon),
        *shift("next", soon + timedelta(days=1)),
        *shift("then", soon + timedelta(days=10)),
        WithdrawSignUp(sign_up="sig_next"),
    )
    return soon


def ids(listed: Any) -> list[str]:
    return [one["id"] for one in listed["items"]]


@pytest.mark.databases("sqlite", "postgres")
def test_sign_ups_are_all_told_and_the_calendar_has_what_stands(signed_up: datetime, as_: Call):
    dan = as_(Role.VOLUNTEER, DAN)
    every = dan.read("/volunteers/me/sign-ups")
    assert ids(every) == ["sig_then", "sig_next", "sig_now"]
    assert [one["state"] for one in every["items"]] == ["placed", "withdrawn", "placed"]
    today = signed_up.astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert ids(dan.read("/volunteers/me/calendar", days=3, **{"from": today.isoformat()})) == ["sig_now"]
    later = (today + timedelta(days=1)).isoformat()
    assert ids(dan.read("/volunteers/me/calendar", **{"from": later})) == ["sig_then"]
    assert ids(dan.read("/volunteers/me/calendar", days=9, **{"from": later})) == []
    assert ids(dan.read("/volunteers/me/calendar", days=10, **{"from": later})) == ["sig_then"]
    assert ids(as_(Role.VOLUNTEER, FAY).read("/volunteers/me/sign-ups")) == []


def test_the_calendar_begins_with_the_ledger_s_day(ledger: Ledger, admin: Client):
    midnight = datetime(2099, 5, 2, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    record(
        ledger,
        PublishActivity(activity=stars(community=VALLEY, in_charge=None), day=midnight.date()),
        *shift("last", midnight - timedelta(minutes=1)),
        *shift("first", midnight + timedelta(hours=3)),
    )
    path = f"/volunteers/{DAN}/calendar"
    assert ids(admin.read(path, days=1, **{"from": "2099-05-02"})) == ["sig_first"]
    assert ids(admin.read(path, days=1, **{"from": "2099-05-01"})) == ["sig_last"]


@pytest.mark.parametrize(
    "query", [{"from": "0001-01-01"}, {"from": "9999-12-31"}, {"from": "may"}, {"days": 0}]
)
def test_days_beyond_the_calendar_are_refused(admin: Client, query: dict[str, Any]):
    response = admin.get(f"/volunteers/{DAN}/calendar", **query)
    assert problem(response) == (422, "invalid-request")
    assert response.json()["errors"][0]["parameter"] == next(iter(query))


def test_visits_are_told_the_latest_first(signed_up: datetime, ledger: Ledger, as_: Call):
    record(ledger, CheckIn(visit="vis_one", sign_up="sig_now"))
    dan = as_(Role.VOLUNTEER, DAN)
    [visit] = dan.read("/volunteers/me/visits")["items"]
    assert (visit["state"], visit["ended"], visit["shift"]) == ("going-on", None, "shi_now")
    record(ledger, CheckOut(visit="vis_one", record="rec_one"), CheckIn(visit="vis_two", sign_up="sig_now"))
    assert ids(dan.read("/volunteers/me/visits")) == ["vis_two", "vis_one"]
    today = ledger.today()
    for days, found in (
        ({}, 2),
        ({"days": 1}, 2),
        ({"from": today + timedelta(days=1)}, 0),
        ({"from": today}, 2),
    ):
        assert len(dan.read("/volunteers/me/visits", **days)["items"]) == found
    long_ago = {"from": today - timedelta(days=3), "days": 3}
    assert dan.read("/volunteers/me/visits", **long_ago)["items"] == []
    assert dan.get("/volunteers/me/visits", **{"from": "9999-12-31", "days": 2}).status_code == 422


def test_training_that_counts_is_told(ledger: Ledger, admin: Client):
    for training in ("trn_one", "trn_two"):
        record(
            ledger,
            CompleteTraining(
                training=training,
                volunteer=DAN,
                name="急救",
                content="心肺复苏",
                minutes=90,
                organiser="红十字会",
                day=LONG_AGO,
            ),
        )
    record(ledger, AnnulTraining(training="trn_two", reason="mistake"))
    [training] = admin.read(f"/volunteers/{DAN}/training")["items"]
    assert (training["id"], training["minutes"], training["since"]) == ("trn_one", 90, "2020-01-01")
    assert training["annulled"] is None


@pytest.mark.databases("sqlite", "postgres")
def test_records_and_redemptions_of_their_own(as_: Call):
    dan = as_(Role.VOLUNTEER, DAN)
    assert ids(dan.read("/volunteers/me/service-records")) == ["rec_dan"]
    redeemed = dan.read("/volunteers/me/redemptions", limit=1)
    assert [(one["id"], one["state"]) for one in redeemed["items"]] == [("red_held", "placed")]
    rest = dan.read("/volunteers/me/redemptions", cursor=redeemed["next_cursor"])
    assert [(one["id"], one["state"]) for one in rest["items"]] == [("red_done", "fulfilled")]
    assert rest["next_cursor"] is None


@pytest.mark.databases("sqlite", "postgres")
def test_what_was_redeemed_is_listed_by_time_and_state(as_: Call, clock: Clock):
    dan = as_(Role.VOLUNTEER, DAN)
    # From a key comes an id that tells no time.
    in_time: list[str] = []
    for key in ("first", "second", "third"):
        clock.forward(minutes=1)
        placed = dan.post("/redemptions", {"offer": "off_tea", "volunteer": DAN}, key)
        in_time.append(placed.json()["events"][0]["redemption"])
    path = "/volunteers/me/redemptions"
    assert ids(dan.read(path)) == [*in_time[::-1], "red_held", "red_done"]
    dan.record(f"/redemptions/{in_time[1]}/cancellation", {"reason": "changed-mind"})
    [cancelled] = dan.read(path, state="cancelled")["items"]
    assert (cancelled["id"], cancelled["reason"]) == (in_time[1], "changed-mind")
    assert cancelled["placed_at"] == dan.read(f"/redemptions/{in_time[1]}")["placed_at"]
    assert ids(dan.read(path, state="placed")) == [in_time[2], in_time[0], "red_held"]
    first = dan.read(path, state="placed", limit=2)
    assert ids(dan.read(path, state="placed", cursor=first["next_cursor"])) == ["red_held"]
    assert problem(dan.get(path, cursor=first["next_cursor"])) == (422, "invalid-request")
    assert problem(dan.get(path, state="lost")) == (422, "invalid-request")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nobody_reads_another_s(as_: Call, subject: str):
    ann = as_(Role.VOLUNTEER, ANN)
    assert ann.get(f"/volunteers/{ANN}/{subject}").status_code == 200
    assert problem(ann.get(f"/volunteers/{BOB}/{subject}")) == (404, "not-found")
    assert problem(as_(Role.COORDINATOR).get(f"/volunteers/vol_eve/{subject}")) == (404, "not-found")
    assert as_(Role.COORDINATOR).get(f"/volunteers/{BOB}/{subject}").status_code == 200
    assert as_(Role.AUDITOR).get(f"/volunteers/vol_eve/{subject}").status_code == 200
    assert problem(as_(Role.ADMIN).get(f"/volunteers/vol_nobody/{subject}")) == (404, "not-found")
