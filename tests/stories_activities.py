"""What stories of venues, activities and qualifications are told with: facts in the past tense, and a background.

The rest of the world is in `tests.stories_world`.
"""

import hashlib
from datetime import date, timedelta
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
    Crs,
    RolePlaces,
    ShiftCancelled,
    ShiftPublished,
    SkillEnded,
    SkillRecognised,
    Turnout,
    Venue,
    VenueClosed,
    VenueCodeRenewed,
    VenueOpened,
    VenueRevised,
    VenueUpdated,
)
from tests.scenario import FRIDAY, NEW_YEAR, SUNDAY, Background, noon
from tests.stories_world import MILL, WORLD

GALLERY, HALL = "ven_gallery", "ven_hall"
STARS, SHOW = "act_stars", "act_show"
EVENING, NIGHT = "shi_evening", "shi_night"
CODE = "GALLERY-42"
"""What is shown at the gallery's clock-in point."""


# --- what things are ------------------------------------------------------------------------------------------------


def gallery(**otherwise: Any) -> Venue:
    """A science gallery in Mill; its fields may be given otherwise."""
    venue = Venue(
        id=GALLERY,
        name="科普画廊",
        kind="gallery",
        community=MILL,
        unit="Herons",
        content="讲解",
        coordinates=Coordinates(latitude=32_131_912, longitude=119_454_321, crs=Crs.GCJ02),
    )
    return msgspec.structs.replace(venue, **otherwise)


def stars(**otherwise: Any) -> Activity:
    """An evening of stargazing in Mill, at no venue; its fields may be given otherwise."""
    activity = Activity(
        id=STARS,
        name="观星夜",
        programme="Science Windmill",
        campaign=None,
        form="on-site",
        audience="children",
        community=MILL,
        venue=None,
        place="Mill green",
        content="讲解",
        unit="Herons",
        in_charge="per_dora",
    )
    return msgspec.structs.replace(activity, **otherwise)


def turnout(
    day: date = FRIDAY, *, participants: int = 120, materials: int = 60, online_reach: int = 0
) -> Turnout:
    return Turnout(day=day, participants=participants, materials=materials, online_reach=online_reach)


def digest(code: str, venue: str = GALLERY) -> str:
    """All that the log keeps of a code shown at a venue."""
    return hashlib.sha256(venue.encode() + b"\0" + code.encode()).hexdigest()


# --- facts: what has happened ---------------------------------------------------------------------------------------


def venue_opened(
    venue: Venue | None = None, on: date = NEW_YEAR, *, code: str | None = CODE, theme: str | None = None
) -> VenueOpened:
    what = gallery() if venue is None else venue
    return VenueOpened(on=on, venue=what, theme=theme, code=None if code is None else digest(code, what.id))


def venue_revised(venue: Venue, on: date = SUNDAY, *, before: Venue | None = None) -> VenueRevised:
    return VenueRevised(on=on, venue=venue, before=gallery() if before is None else before)


def venue_updated(theme: str, on: date = SUNDAY, *, venue: Venue | None = None) -> VenueUpdated:
    what = gallery() if venue is None else venue
    return VenueUpdated(on=on, venue=what.id, community=what.community, kind=what.kind, theme=theme)


def code_renewed(code: str, on: date = SUNDAY, *, venue: Venue | None = None) -> VenueCodeRenewed:
    what = gallery() if venue is None else venue
    return VenueCodeRenewed(on=on, venue=what.id, community=what.community, code=digest(code, what.id))


def venue_closed(on: date = SUNDAY, *, venue: Venue | None = None) -> VenueClosed:
    what = gallery() if venue is None else venue
    return VenueClosed(on=on, venue=what.id, community=what.community, kind=what.kind)


def activity_published(activity: Activity | None = None, on: date = FRIDAY) -> ActivityPublished:
    return ActivityPublished(on=on, activity=stars() if activity is None else activity)


def activity_revised(
    activity: Activity, on: date = FRIDAY, *, before: Activity | None = None
) -> ActivityRevised:
    return ActivityRevised(on=on, activity=activity, before=stars() if before is None else before)


def activity_reported(
    what: Turnout | None = None, *, activity: Activity | None = None, replaces: Turnout | None = None
) -> ActivityReported:
    came = turnout() if what is None else what
    return ActivityReported(
        on=came.day, activity=stars() if activity is None else activity, turnout=came, replaces=replaces
    )


def activity_cancelled(
    on: date = FRIDAY, *, activity: Activity | None = None, reason: str = "weather"
) -> ActivityCancelled:
    return ActivityCancelled(on=on, activity=stars() if activity is None else activity, reason=reason)


def shift_published(shift: str = EVENING) -> ShiftPublished:
    """Two hours of stargazing from Friday noon, with a place for one guide."""
    return ShiftPublished(
        on=FRIDAY,
        shift=shift,
        activity=STARS,
        community=MILL,
        begins=noon(FRIDAY),
        ends=noon(FRIDAY) + timedelta(hours=2),
        roles=(RolePlaces(role="guide", places=1),),
        waitlist=0,
        ages=(),
        skills=(),
    )


def shift_cancelled(shift: str = EVENING) -> ShiftCancelled:
    return ShiftCancelled(on=FRIDAY, shift=shift, activity=STARS, community=MILL, reason="weather")


def band_noted(who: str, band: AgeBand, on: date = SUNDAY) -> AgeBandNoted:
    return AgeBandNoted(on=on, volunteer=who, band=band)


def skill_recognised(
    who: str, skill: str = "first-aid", on: date = SUNDAY, *, until: date | None = None
) -> SkillRecognised:
    return SkillRecognised(on=on, volunteer=who, skill=skill, until=until)


def skill_ended(who: str, skill: str = "first-aid", on: date = SUNDAY) -> SkillEnded:
    return SkillEnded(on=on, volunteer=who, skill=skill)


# --- the background -------------------------------------------------------------------------------------------------

VENUES = Background((venue_opened(),))
PROGRAMME = Background((activity_published(),))
SEASON = WORLD + VENUES + PROGRAMME
"""The world, with the gallery open in Mill and an evening of stargazing planned for Friday."""
