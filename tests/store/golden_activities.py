"""The golden facts of venues, activities, shifts and presence, and those with a field that came with them.

They bear the cause of a request; a `.min` bears none.
"""

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from ledger.domain.events import (
    Activity,
    ActivityCancelled,
    ActivityPublished,
    ActivityReported,
    ActivityRevised,
    AgeBand,
    AgeBandNoted,
    Coordinates,
    CountedDay,
    Crs,
    Event,
    Mode,
    NoShowLifted,
    NoShowRecorded,
    PolicyAdopted,
    RolePlaces,
    ServedDay,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceReported,
    ServiceReversed,
    ShiftCancelled,
    ShiftPublished,
    SignUpEvent,
    SignUpPromoted,
    SignUpReleased,
    SignUpWithdrawn,
    SkillEnded,
    SkillRecognised,
    Turnout,
    Venue,
    VenueClosed,
    VenueCodeRenewed,
    VenueOpened,
    VenueRevised,
    VenueUpdated,
    VisitAbandoned,
    VolunteerCheckedIn,
    VolunteerCheckedOut,
    VolunteerClockedIn,
    VolunteerPlaced,
    VolunteerSignedUp,
    VolunteerWaitlisted,
)
from ledger.domain.policy import Policy, Rate

ANN, VALE, HILLS = (
    "vol_a2b3c4d5e6f7g2h3i4j5k6l7m2",
    "com_v2a3l4e5a6b2c3d4e5f6g7h2i3",
    "com_h2i3l4l5s6a2b3c4d5e6f7g2h3",
)
GALLERY, STARS = "ven_g2a3l4l5e6r2y3a4b5c6d7e2f3", "act_s2t3a4r5s6a2b3c4d5e6f7g2h3"
EVENING, SIGN_UP, VISIT = (
    "shi_e2v3e4n5i6n2g3a4b5c6d7e2f3",
    "sig_s2i3g4n5u6p2a3b4c5d6e7f2g3",
    "vis_v2i3s4i5t6a2b3c4d5e6f7g2h3",
)
RECORD, DORA = "rec_r2e3c4o5r6d2a3b4c5d6e7f2g3", "per_p2e3r4s5o6n2a3b4c5d6e7f2g3"

LAST_DAY, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)
BEGINS = datetime(2025, 12, 31, 13, 30, tzinfo=UTC)
ENDS = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
BEGUN = datetime(2025, 12, 31, 13, 24, 7, 123_456, tzinfo=UTC)
ENDED = datetime(2025, 12, 31, 16, 31, 59, 999_999, tzinfo=UTC)

VENUE = Venue(
    id=GALLERY,
    name="“科普画廊” No. 1",
    kind="gallery",
    community=VALE,
    unit="丹徒区科协",
    content="画廊讲解（Führung）",
    coordinates=Coordinates(latitude=32_131_912, longitude=-180_000_000, crs=Crs.GCJ02),
)
BARE_VENUE = msgspec.structs.replace(VENUE, kind="online", coordinates=None)
DIGEST = "0123456789abcdef" * 4

ACTIVITY = Activity(
    id=STARS,
    name="观星夜 & Nachtflug",
    programme="科学风车",
    campaign="全国科普日 2025",
    form="on-site",
    audience="children",
    community=VALE,
    venue=GALLERY,
    place="丹徒区·东村（Ostdorf）",
    content="讲解",
    unit="应急科普服务队",
    in_charge=DORA,
)
BARE_ACTIVITY = msgspec.structs.replace(
    ACTIVITY, programme=None, campaign=None, audience=None, venue=None, in_charge=None
)
TURNOUT = Turnout(day=LAST_DAY, participants=120, materials=0, online_reach=1_000_000_000)
NOBODY = Turnout(day=LAST_DAY, participants=0, materials=0, online_reach=0)

SERVICE = Service(
    record=RECORD,
    volunteer=ANN,
    activity=STARS,
    activity_name="观星夜 & Nachtflug",
    place="丹徒区·东村（Ostdorf）",
    content="讲解",
    role="guide",
    unit="应急科普服务队",
    in_charge=DORA,
    programme="科学风车",
    hosted_by=HILLS,
    evidence="checked-in",
    visit=VISIT,
)
COUNTED = CountedDay(
    day=LAST_DAY, minutes=90, community=VALE, team=None, policy="standard", policy_version=1, credits=90
)


def _booked(kind: type[SignUpEvent], **more: Any) -> SignUpEvent:
    return kind(
        on=LAST_DAY,
        sign_up=SIGN_UP,
        shift=EVENING,
        activity=STARS,
        volunteer=ANN,
        role="guide",
        begins=BEGINS,
        ends=ENDS,
        **more,
    )


ACTIVITIES: dict[str, Event] = {
    "policy-adopted.margin": PolicyAdopted(
        on=NEW_YEAR,
        policy=Policy(
            name="kunshan", version=2, rate=Rate(served=2, credits=1), floor=0, stars=(6_000,), margin=15
        ),
        effective=NEW_YEAR,
    ),
    "service-reported.visit": ServiceReported(
        on=LAST_DAY, service=SERVICE, days=(ServedDay(day=LAST_DAY, minutes=90),)
    ),
    "service-approved.visit": ServiceApproved(on=LAST_DAY, service=SERVICE, days=(COUNTED,), reported_by=ANN),
    "service-attested.visit": ServiceAttested(on=LAST_DAY, service=SERVICE, days=(COUNTED,)),
    "service-reversed.visit": ServiceReversed(
        on=LAST_DAY, service=SERVICE, days=(COUNTED,), reason="mistake"
    ),
    "venue-opened": VenueOpened(on=NEW_YEAR, venue=VENUE, theme="航天 Raumfahrt", code=DIGEST),
    "venue-opened.min": VenueOpened(on=NEW_YEAR, venue=BARE_VENUE, theme=None, code=None),
    "venue-revised": VenueRevised(
        on=NEW_YEAR, venue=msgspec.structs.replace(VENUE, community=HILLS), before=VENUE
    ),
    "venue-revised.min": VenueRevised(
        on=NEW_YEAR, venue=BARE_VENUE, before=msgspec.structs.replace(BARE_VENUE, name="Online")
    ),
    "venue-updated": VenueUpdated(
        on=NEW_YEAR, venue=GALLERY, community=VALE, kind="gallery", theme="海洋 Meere"
    ),
    "venue-code-renewed": VenueCodeRenewed(on=NEW_YEAR, venue=GALLERY, community=VALE, code=DIGEST),
    "venue-closed": VenueClosed(on=NEW_YEAR, venue=GALLERY, community=VALE, kind="gallery"),
    "activity-published": ActivityPublished(on=LAST_DAY, activity=ACTIVITY),
    "activity-published.min": ActivityPublished(on=LAST_DAY, activity=BARE_ACTIVITY),
    "activity-revised": ActivityRevised(
        on=NEW_YEAR, activity=msgspec.structs.replace(ACTIVITY, community=HILLS), before=ACTIVITY
    ),
    "activity-revised.min": ActivityRevised(
        on=NEW_YEAR, activity=BARE_ACTIVITY, before=msgspec.structs.replace(BARE_ACTIVITY, form="online")
    ),
    "activity-reported": ActivityReported(on=LAST_DAY, activity=ACTIVITY, turnout=TURNOUT, replaces=NOBODY),
    "activity-reported.min": ActivityReported(
        on=LAST_DAY, activity=BARE_ACTIVITY, turnout=NOBODY, replaces=None
    ),
    "activity-cancelled": ActivityCancelled(on=LAST_DAY, activity=ACTIVITY, reason="weather"),
    "activity-cancelled.min": ActivityCancelled(on=LAST_DAY, activity=BARE_ACTIVITY, reason="weather"),
    "age-band-noted": AgeBandNoted(on=NEW_YEAR, volunteer=ANN, band=AgeBand.CONSENTED_MINOR),
    "skill-recognised": SkillRecognised(on=LAST_DAY, volunteer=ANN, skill="first-aid", until=NEW_YEAR),
    "skill-recognised.min": SkillRecognised(on=LAST_DAY, volunteer=ANN, skill="first-aid", until=None),
    "skill-ended": SkillEnded(on=NEW_YEAR, volunteer=ANN, skill="first-aid"),
    "shift-published": ShiftPublished(
        on=LAST_DAY,
        shift=EVENING,
        activity=STARS,
        community=VALE,
        begins=BEGINS,
        ends=ENDS,
        roles=(RolePlaces(role="guide", places=2), RolePlaces(role="team-leader", places=498)),
        waitlist=500,
        ages=(AgeBand.ADULT, AgeBand.CONSENTED_MINOR),
        skills=("first-aid", "sign-language"),
    ),
    "shift-published.min": ShiftPublished(
        on=LAST_DAY,
        shift=EVENING,
        activity=STARS,
        community=VALE,
        begins=BEGINS,
        ends=ENDS,
        roles=(RolePlaces(role="guide", places=1),),
        waitlist=0,
        ages=(),
        skills=(),
    ),
    "shift-cancelled": ShiftCancelled(
        on=LAST_DAY, shift=EVENING, activity=STARS, community=VALE, reason="weather"
    ),
    "volunteer-signed-up": _booked(VolunteerSignedUp),
    "volunteer-waitlisted": _booked(VolunteerWaitlisted),
    "sign-up-promoted": _booked(SignUpPromoted),
    "volunteer-placed": _booked(VolunteerPlaced, reason="short-handed"),
    "sign-up-withdrawn": _booked(SignUpWithdrawn),
    "sign-up-released": _booked(SignUpReleased),
    "no-show-recorded": _booked(NoShowRecorded),
    "no-show-lifted": _booked(NoShowLifted, reason="illness"),
    "volunteer-checked-in": VolunteerCheckedIn(
        on=LAST_DAY,
        visit=VISIT,
        volunteer=ANN,
        sign_up=SIGN_UP,
        shift=EVENING,
        activity=STARS,
        role="guide",
        begun=BEGUN,
    ),
    "volunteer-clocked-in": VolunteerClockedIn(
        on=LAST_DAY,
        visit=VISIT,
        volunteer=ANN,
        venue=GALLERY,
        community=VALE,
        mode=Mode.ON_SITE,
        begun=BEGUN,
    ),
    "volunteer-checked-out": VolunteerCheckedOut(
        on=LAST_DAY, visit=VISIT, volunteer=ANN, begun=BEGUN, ended=ENDED
    ),
    "visit-abandoned": VisitAbandoned(
        on=LAST_DAY, visit=VISIT, volunteer=ANN, begun=BEGUN, reason="forgotten"
    ),
}
