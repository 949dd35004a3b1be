"""Where the village's people serve: a venue, activities, shifts soon to come, and somebody who is there now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.activities import PublishActivity
from ledger.domain.commands import Command, Refusal
from ledger.domain.designations import GrantDesignation
from ledger.domain.events import Activity, RolePlaces, Venue
from ledger.domain.organisations import AttachOrganisation
from ledger.domain.periods import ClosePeriod
from ledger.domain.posts import TakePost
from ledger.domain.presence import CheckIn
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import RecordNoShow, SignUp, WithdrawSignUp
from ledger.domain.training import CompleteTraining
from ledger.domain.venues import OpenVenue
from tests.api.clock import Clock
from tests.api.village import ANN, BOB, EVE, OTHER_OFFICE, SINGERS, VALLEY

HALL, CODE = "ven_hall", "HALL-2026"
CHOIR, IDLE = "act_choir", "act_idle"
"""Of the valley; the idle one has no shifts."""
OVER, PRESENT, COMING, FULL = "shi_over", "shi_present", "shi_coming", "shi_full"
"""A shift that is over, one that goes on, one in half an hour, one in two days without a place left."""
FREED, ELSEWHERE = "shi_freed", "shi_elsewhere"
"""In four days, at the same time: of the first a place is free, for which Eve waits; nobody is on the other."""
SOMETIME = date(2026, 2, 1)


def found(ledger: Ledger) -> None:
    """Let all of this be: it takes three hours."""
    clock = ledger.now
    assert isinstance(clock, Clock)
    _hear(ledger, [*_places(ledger.today()), *_shifts(clock()), *_appointments()])
    clock.forward(hours=3)
    _hear(ledger, [RecordNoShow(sign_up="sig_excused"), CheckIn(visit="vis_present", sign_up="sig_present")])
    _hear(ledger, [ClosePeriod(month="2026-01")])


def _places(today: date) -> list[Command]:
    hall = Venue(
        id=HALL,
        name="石桥礼堂",
        kind="hall",
        community=VALLEY,
        unit="石桥镇文化站",
        content="场馆服务",
        coordinates=None,
    )
    tomorrow = today + timedelta(days=1)
    return [
        OpenVenue(venue=hall, theme="剪纸展", code=CODE, day=SOMETIME),
        PublishActivity(activity=_activity(CHOIR, "合唱排练", HALL), day=tomorrow),
        PublishActivity(activity=_activity(IDLE, "露天电影"), day=tomorrow),
    ]


def _shifts(now: datetime) -> list[Command]:
    in_four_days = timedelta(days=4)
    return [
        _shift(OVER, now, timedelta(minutes=10), hours=1, places=2),
        SignUp(sign_up="sig_missed", shift=OVER, volunteer=BOB),
        SignUp(sign_up="sig_excused", shift=OVER, volunteer=EVE),
        _shift(PRESENT, now, timedelta(hours=2), hours=4),
        SignUp(sign_up="sig_present", shift=PRESENT, volunteer=ANN),
        _shift(COMING, now, timedelta(hours=3, minutes=30), hours=2, places=2),
        SignUp(sign_up="sig_coming", shift=COMING, volunteer=BOB),
        _shift(FULL, now, timedelta(days=2), hours=2),
        SignUp(sign_up="sig_full", shift=FULL, volunteer=ANN),
        SignUp(sign_up="sig_waiting", shift=FULL, volunteer=EVE),
        _shift(FREED, now, in_four_days, hours=2),
        _shift(ELSEWHERE, now, in_four_days, hours=2),
        SignUp(sign_up="sig_freed", shift=FREED, volunteer=BOB),
        SignUp(sign_up="sig_patient", shift=FREED, volunteer=EVE),
        SignUp(sign_up="sig_elsewhere", shift=ELSEWHERE, volunteer=EVE),
        # Eve is elsewhere when the place is freed, and free again afterwards.
        WithdrawSignUp(sign_up="sig_freed"),
        WithdrawSignUp(sign_up="sig_elsewhere"),
    ]


def _appointments() -> list[Command]:
    return [
        TakePost(tenure="ten_bob", volunteer=BOB, community=VALLEY, post="organiser", day=SOMETIME),
        AttachOrganisation(
            attachment="att_opera",
            organisation="org_opera",
            name="石桥票友社",
            kind="society",
            community=VALLEY,
            day=SOMETIME,
        ),
        GrantDesignation(
            designation="des_singers", name="先进服务队", team=SINGERS, granted_by="青禾县", day=SOMETIME
        ),
        CompleteTraining(
            training="trn_ann",
            volunteer=ANN,
            name="讲解",
            content="展厅讲解",
            minutes=120,
            organiser="县文化馆",
            day=SOMETIME,
        ),
    ]


def _activity(identifier: str, name: str, venue: str | None = None) -> Activity:
    return Activity(
        id=identifier,
        name=name,
        programme=None,
        campaign=None,
        form="show",
        audience=None,
        community=VALLEY,
        venue=venue,
        place="石桥礼堂",
        content="演出",
        unit="石桥镇文化站",
        in_charge=None,
    )


def _shift(identifier: str, now: datetime, ahead: timedelta, *, hours: int, places: int = 1) -> PublishShift:
    return PublishShift(
        shift=identifier,
        activity=CHOIR,
        begins=now + ahead,
        ends=now + ahead + timedelta(hours=hours),
        roles=(RolePlaces(role="volunteer", places=places),),
        waitlist=5,
    )


def _hear(ledger: Ledger, commands: Sequence[Command]) -> None:
    outcomes = ledger.bank.handle_many([Ask(command, OTHER_OFFICE) for command in commands])
    assert [outcome for outcome in outcomes if isinstance(outcome, Refusal)] == []
