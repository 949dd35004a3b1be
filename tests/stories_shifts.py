"""What stories about shifts, sign-ups and presence are told with: a Saturday at the mill, and who comes to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ledger.domain.events import (
    Activity,
    ActivityPublished,
    AgeBand,
    AgeBandNoted,
    Mode,
    NoShowLifted,
    NoShowRecorded,
    RolePlaces,
    ShiftCancelled,
    ShiftPublished,
    SignUpEvent,
    SignUpPromoted,
    SignUpReleased,
    SignUpWithdrawn,
    SkillRecognised,
    VisitAbandoned,
    VolunteerCheckedIn,
    VolunteerCheckedOut,
    VolunteerClockedIn,
    VolunteerPlaced,
    VolunteerSignedUp,
    VolunteerWaitlisted,
)
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import PlaceVolunteer, SignUp
from tests.scenario import MONDAY, SATURDAY, ZONE, Background
from tests.stories_world import MILL, registered

FAIR, MORNING, EVENING = "act_fair", "shi_morning", "shi_evening"
DAN, FAY, GUS = "vol_dan", "vol_fay", "vol_gus"
VISIT = "vis_once"
GUIDE = "guide"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in the ledger's zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


NINE, NOON = at(SATURDAY, 9), at(SATURDAY, 12)
EARLIER = at(MONDAY, 12)

MILL_FAIR = Activity(
    id=FAIR,
    name="磨坊科普日",
    programme="Science Windmill",
    campaign=None,
    form="on-site",
    audience=None,
    community=MILL,
    venue=None,
    place="Mill green",
    content="讲解",
    unit="Herons",
    in_charge=None,
)

ACTIVITIES = Background((ActivityPublished(on=SATURDAY, activity=MILL_FAIR),))
CROWD = Background((registered(DAN), registered(FAY), registered(GUS)))


def shift(
    name: str = MORNING,
    begins: datetime = NINE,
    ends: datetime = NOON,
    *,
    places: int = 1,
    waitlist: int = 0,
    more: tuple[RolePlaces, ...] = (),
    ages: tuple[AgeBand, ...] = (),
    skills: tuple[str, ...] = (),
) -> ShiftPublished:
    """A shift of the fair that wants some guides."""
    return ShiftPublished(
        on=begins.astimezone(ZoneInfo(ZONE)).date(),
        shift=name,
        activity=FAIR,
        community=MILL,
        begins=begins,
        ends=ends,
        roles=(RolePlaces(role=GUIDE, places=places), *more),
        waitlist=waitlist,
        ages=ages,
        skills=skills,
    )


def cancelled(which: ShiftPublished, reason: str = "typhoon") -> ShiftCancelled:
    return ShiftCancelled(
        on=which.on, shift=which.shift, activity=which.activity, community=which.community, reason=reason
    )


def _fact(
    kind: type[SignUpEvent], who: str, which: ShiftPublished, role: str, sign_up: str, **more: Any
) -> SignUpEvent:
    return kind(
        on=which.on,
        sign_up=sign_up or f"sig_{who[4:]}",
        shift=which.shift,
        activity=which.activity,
        volunteer=who,
        role=role,
        begins=which.begins,
        ends=which.ends,
        **more,
    )


def signed_up(who: str, which: ShiftPublished, role: str = GUIDE, *, as_: str = "") -> SignUpEvent:
    return _fact(VolunteerSignedUp, who, which, role, as_)


def waits(who: str, which: ShiftPublished, role: str = GUIDE, *, as_: str = "") -> SignUpEvent:
    return _fact(VolunteerWaitlisted, who, which, role, as_)


def promoted(who: str, which: ShiftPublished, role: str = GUIDE, *, as_: str = "") -> SignUpEvent:
    return _fact(SignUpPromoted, who, which, role, as_)


def placed(who: str, which: ShiftPublished, role: str = GUIDE, *, as_: str = "") -> SignUpEvent:
    return _fact(VolunteerPlaced, who, which, role, as_, reason="needed")


def gave_up(who: str, which: ShiftPublished, role: str = GUIDE, *, as_: str = "") -> SignUpEvent:
    return _fact(SignUpWithdrawn, who, which, role, as_)


def released(who: str, which: ShiftPublished, role: str = GUIDE, *, as_: str = "") -> SignUpEvent:
    return _fact(SignUpReleased, who, which, role, as_)


def missed(who: str, which: ShiftPublished, role: str = GUIDE) -> SignUpEvent:
    return _fact(NoShowRecorded, who, which, role, "")


def excused(who: str, which: ShiftPublished, role: str = GUIDE) -> SignUpEvent:
    return _fact(NoShowLifted, who, which, role, "", reason="was-there")


def noted(who: str, band: AgeBand, on: date = MONDAY) -> AgeBandNoted:
    return AgeBandNoted(on=on, volunteer=who, band=band)


def skilled(who: str, skill: str, on: date = MONDAY, *, until: date | None = None) -> SkillRecognised:
    return SkillRecognised(on=on, volunteer=who, skill=skill, until=until)


def came(who: str, which: ShiftPublished, when: datetime = NINE, *, visit: str = VISIT) -> VolunteerCheckedIn:
    return VolunteerCheckedIn(
        on=when.astimezone(ZoneInfo(ZONE)).date(),
        visit=visit,
        volunteer=who,
        sign_up=f"sig_{who[4:]}",
        shift=which.shift,
        activity=which.activity,
        role=GUIDE,
        begun=when,
    )


def clocked_in(
    who: str, when: datetime, *, venue: str = "ven_gallery", visit: str = VISIT, mode: Mode = Mode.ON_SITE
) -> VolunteerClockedIn:
    return VolunteerClockedIn(
        on=when.astimezone(ZoneInfo(ZONE)).date(),
        visit=visit,
        volunteer=who,
        venue=venue,
        community=MILL,
        mode=mode,
        begun=when,
    )


def left_at(
    begun: VolunteerCheckedIn | VolunteerClockedIn, when: datetime | None = None, *, after: int = 0
) -> VolunteerCheckedOut:
    """The end of a visit, at an instant or so many minutes after it began."""
    return VolunteerCheckedOut(
        on=begun.on,
        visit=begun.visit,
        volunteer=begun.volunteer,
        begun=begun.begun,
        ended=begun.begun + timedelta(minutes=after) if when is None else when,
    )


def abandoned(begun: VolunteerCheckedIn | VolunteerClockedIn) -> VisitAbandoned:
    return VisitAbandoned(
        on=begun.on, visit=begun.visit, volunteer=begun.volunteer, begun=begun.begun, reason="forgotten"
    )


def sign(who: str, which: str = MORNING, role: str = GUIDE, *, as_: str = "") -> SignUp:
    return SignUp(sign_up=as_ or f"sig_{who[4:]}", shift=which, volunteer=who, role=role)


def put(who: str, which: str = MORNING, role: str = GUIDE, *, as_: str = "") -> PlaceVolunteer:
    return PlaceVolunteer(
        sign_up=as_ or f"sig_{who[4:]}", shift=which, volunteer=who, role=role, reason="needed"
    )


def publish(begins: datetime = NINE, ends: datetime = NOON, *, places: int = 1, **asked: Any) -> PublishShift:
    return PublishShift(
        shift=MORNING,
        activity=FAIR,
        begins=begins,
        ends=ends,
        roles=(RolePlaces(role=GUIDE, places=places),),
        **asked,
    )
