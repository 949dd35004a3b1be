"""Venues: places with a clock-in point."""

import pytest

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command
from ledger.domain.communities import UnknownCommunity
from ledger.domain.events import Coordinates, Crs, Event, Venue, VenueOpened
from ledger.domain.venues import (
    CloseVenue,
    NothingNew,
    OpenVenue,
    RenewVenueCode,
    ReviseVenue,
    UnknownVenue,
    UpdateVenue,
    VenueSoFar,
    WrongCode,
)
from tests.scenario import MONDAY, NEW_YEAR, SUNDAY, given, refuse_unspeakable
from tests.stories_activities import (
    CODE,
    GALLERY,
    HALL,
    SEASON,
    code_renewed,
    digest,
    gallery,
    venue_closed,
    venue_opened,
    venue_revised,
    venue_updated,
)
from tests.stories_world import HILLS, MILL, ORCHARD, WORLD, closed, merged

MOVED = gallery(name="Gallery", unit="Swifts", coordinates=None)

of_a_venue = pytest.mark.parametrize(
    "command",
    [
        ReviseVenue(venue=MOVED),
        UpdateVenue(venue=GALLERY, theme="海洋"),
        RenewVenueCode(venue=GALLERY, code="GALLERY-43"),
        CloseVenue(venue=GALLERY),
    ],
    ids=lambda command: type(command).__name__,
)


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_venue_opens_today():
    given(WORLD).when(OpenVenue(venue=gallery(), code=CODE)).then(venue_opened(on=SUNDAY))


def test_a_venue_opens_on_the_day_that_is_said():
    given(WORLD).when(OpenVenue(venue=gallery(), code=CODE, theme="航天", day=MONDAY)).then(
        venue_opened(on=MONDAY, theme="航天")
    )


def test_a_venue_needs_neither_theme_nor_code_nor_coordinates():
    online = gallery(kind="online", coordinates=None)
    given(WORLD).when(OpenVenue(venue=online)).then(venue_opened(online, on=SUNDAY, code=None))


def test_of_a_code_the_log_has_a_digest_only():
    fact = given(WORLD).when(OpenVenue(venue=gallery(), code=CODE)).then_recorded(VenueOpened)
    assert CODE not in repr(fact)
    assert fact.code == digest(CODE)


def test_one_code_at_two_venues_has_two_digests():
    hall = gallery(id=HALL)
    fact = given(WORLD).when(OpenVenue(venue=hall, code=CODE)).then_recorded(VenueOpened)
    assert fact.code == digest(CODE, HALL) != digest(CODE)


def test_a_venue_is_opened_once():
    given(SEASON).when(OpenVenue(venue=gallery(name="Other"))).then_refused(AlreadyRecorded, id=GALLERY)


def test_the_id_of_a_closed_venue_is_never_used_again():
    given(SEASON, venue_closed()).when(OpenVenue(venue=gallery())).then_refused(AlreadyRecorded, id=GALLERY)


@pytest.mark.parametrize("end", [closed(MILL), merged(MILL, into=ORCHARD)], ids=["closed", "merged"])
def test_a_venue_lies_in_an_open_community(end: Event):
    given(WORLD).when(OpenVenue(venue=gallery(community="com_none"))).then_refused(
        UnknownCommunity, community="com_none"
    )
    given(WORLD, end).when(OpenVenue(venue=gallery())).then_refused(UnknownCommunity, community=MILL)
    given(SEASON, end).when(ReviseVenue(venue=MOVED)).then_refused(UnknownCommunity, community=MILL)


@pytest.mark.parametrize(
    "code", ["GAL42", "G" * 65, "GALLERY 42", "GALLERY_42", "画廊画廊画廊", "GALLERY-42\n", ""]
)
def test_a_code_is_6_to_64_letters_digits_and_hyphens(code: str):
    given(WORLD).when(OpenVenue(venue=gallery(), code=code)).then_malformed("code")
    given(SEASON).when(RenewVenueCode(venue=GALLERY, code=code)).then_malformed("code")


@pytest.mark.parametrize("code", ["GAL-42", "g" * 64])
def test_a_code_is_taken_up_to_its_bounds(code: str):
    given(WORLD).when(OpenVenue(venue=gallery(), code=code)).then(venue_opened(on=SUNDAY, code=code))


@pytest.mark.parametrize(
    ("latitude", "longitude", "field"),
    [
        (90_000_001, 0, "latitude"),
        (-90_000_001, 0, "latitude"),
        (0, 180_000_001, "longitude"),
        (0, -180_000_001, "longitude"),
    ],
)
def test_coordinates_lie_on_the_earth(latitude: int, longitude: int, field: str):
    nowhere = Coordinates(latitude=latitude, longitude=longitude, crs=Crs.WGS84)
    given(WORLD).when(OpenVenue(venue=gallery(coordinates=nowhere))).then_malformed(
        f"venue.coordinates.{field}"
    )


@pytest.mark.parametrize(("latitude", "longitude"), [(90_000_000, -180_000_000), (-90_000_000, 180_000_000)])
@pytest.mark.parametrize("crs", Crs)
def test_coordinates_are_kept_as_they_were_measured(latitude: int, longitude: int, crs: Crs):
    there = gallery(coordinates=Coordinates(latitude=latitude, longitude=longitude, crs=crs))
    given(WORLD).when(OpenVenue(venue=there)).then(venue_opened(there, on=SUNDAY, code=None))


# --- describing anew ------------------------------------------------------------------------------------------------


def test_a_venue_is_described_anew():
    given(SEASON).when(ReviseVenue(venue=MOVED)).then(venue_revised(MOVED))
    given(SEASON).when(ReviseVenue(venue=MOVED, day=MONDAY)).then(venue_revised(MOVED, on=MONDAY))


def test_a_description_tells_what_it_was_before():
    again = gallery(community=HILLS)
    given(SEASON, venue_revised(MOVED)).when(ReviseVenue(venue=again)).then(
        venue_revised(again, before=MOVED)
    )


@pytest.mark.parametrize(("facts", "venue"), [((), gallery()), ((venue_revised(MOVED),), MOVED)])
def test_a_venue_is_not_described_as_it_is(facts: tuple[Event, ...], venue: Venue):
    given(SEASON, *facts).when(ReviseVenue(venue=venue)).then_refused(NothingNew, id=GALLERY)


def test_a_venue_may_be_described_as_it_once_was():
    given(SEASON, venue_revised(MOVED)).when(ReviseVenue(venue=gallery())).then(
        venue_revised(gallery(), before=MOVED)
    )


# --- what is shown there --------------------------------------------------------------------------------------------


def test_a_venue_shows_something_new():
    given(SEASON).when(UpdateVenue(venue=GALLERY, theme="海洋")).then(venue_updated("海洋"))
    given(SEASON).when(UpdateVenue(venue=GALLERY, theme="海洋", day=MONDAY)).then(
        venue_updated("海洋", on=MONDAY)
    )


def test_another_code_is_shown():
    given(SEASON).when(RenewVenueCode(venue=GALLERY, code="GALLERY-43")).then(code_renewed("GALLERY-43"))
    given(SEASON).when(RenewVenueCode(venue=GALLERY, code="GALLERY-43", day=MONDAY)).then(
        code_renewed("GALLERY-43", on=MONDAY)
    )


def test_what_happens_at_a_venue_is_told_of_where_it_is_now():
    base = gallery(community=HILLS, kind="base")
    moved = given(SEASON, venue_revised(base))
    moved.when(UpdateVenue(venue=GALLERY, theme="海洋")).then(venue_updated("海洋", venue=base))
    moved.when(RenewVenueCode(venue=GALLERY, code="GALLERY-43")).then(code_renewed("GALLERY-43", venue=base))
    moved.when(CloseVenue(venue=GALLERY)).then(venue_closed(venue=base))


# --- closing --------------------------------------------------------------------------------------------------------


def test_a_venue_is_closed():
    given(SEASON).when(CloseVenue(venue=GALLERY)).then(venue_closed())
    given(SEASON).when(CloseVenue(venue=GALLERY, day=MONDAY)).then(venue_closed(on=MONDAY))


@of_a_venue
def test_a_closed_venue_is_changed_no_more(command: Command):
    given(SEASON, venue_closed(MONDAY)).when(command).then_refused(UnknownVenue, venue=GALLERY)


@of_a_venue
def test_a_venue_that_was_never_opened_is_not_changed(command: Command):
    given(WORLD).when(command).then_refused(UnknownVenue, venue=GALLERY)


# --- the code at the clock-in point ---------------------------------------------------------------------------------


def shown(*facts: Event) -> VenueSoFar:
    """The gallery after what happened to it."""
    venue = VenueSoFar(tags.about(GALLERY))
    for fact in facts:
        venue.see(fact)
    return venue


def refuses(venue: VenueSoFar, code: str) -> bool:
    try:
        venue.refuse_wrong_code(code)
    except WrongCode:
        return True
    return False


def test_only_the_code_shown_at_the_venue_is_taken():
    venue = shown(venue_opened(on=NEW_YEAR))
    assert not refuses(venue, CODE)
    assert [code for code in ("GALLERY-43", CODE.lower(), digest(CODE), "") if not refuses(venue, code)] == []


def test_who_shows_a_wrong_code_is_told_at_which_venue():
    with pytest.raises(WrongCode) as caught:
        shown(venue_opened()).refuse_wrong_code("GALLERY-43")
    refuse_unspeakable(caught.value)
    assert caught.value.details == {"venue": "科普画廊"}


def test_a_code_is_worth_nothing_once_another_is_shown():
    venue = shown(venue_opened(), code_renewed("GALLERY-43"))
    assert refuses(venue, CODE)
    assert not refuses(venue, "GALLERY-43")


def test_a_venue_without_a_code_takes_none_until_it_shows_one():
    assert refuses(shown(venue_opened(code=None)), CODE)
    assert not refuses(shown(venue_opened(code=None), code_renewed(CODE)), CODE)


def test_a_venue_keeps_its_code_when_it_is_described_anew():
    assert not refuses(
        shown(venue_opened(), venue_revised(gallery(kind="base")), venue_updated("海洋")), CODE
    )
