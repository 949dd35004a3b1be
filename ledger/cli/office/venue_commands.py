"""The commands for venues."""

from functools import partial
from typing import Any

from ledger.cli.acts.made import Read, asked, group, made
from ledger.cli.acts.tables import Column, Item, Table, draw_everything
from ledger.cli.terminal.failures import BadValue, misused
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.typed import as_degrees
from ledger.cli.words import usage
from ledger.cli.words.wording import printed
from ledger.domain.decimals import in_degrees
from ledger.domain.events import TermKind

CRS = ("wgs84", "gcj02", "bd09")
_PLACE = Read({"callback": as_degrees, "metavar": "LAT,LON"})


def _placed(said: dict[str, Any]) -> None:
    at, crs = said.pop("at"), said.pop("crs")
    if (at is None) != (crs is None):
        raise misused(usage.AT_WITH_CRS)
    said["coordinates"] = at and {"latitude": at[0], "longitude": at[1], "crs": crs}


def _coded(said: dict[str, Any]) -> None:
    from ledger.operations.typed_words import NEW_CODE

    if said.pop("no_code"):
        if said["code"] is not None:
            raise misused(usage.CODE_OR_NONE)
    else:
        said["code"] = said["code"] or NEW_CODE
    _placed(said)


def _at(item: Item, _: Any) -> str:
    latitude, longitude, crs = (item[name] for name in ("latitude", "longitude", "crs"))
    return "" if latitude is None else f"{in_degrees(latitude)},{in_degrees(longitude)} {crs}"


def _which(said: dict[str, Any]) -> None:
    kind, within = said.pop("kind"), said.pop("community")
    if bool(said["venue"]) == (kind is not None):
        raise misused(usage.VENUES_OR_KIND)
    if within is not None and kind is None:
        raise misused(usage.WITHIN_WITH_KIND)
    if kind is not None:
        said["venue"] = partial(_in_use, kind=kind, within=within)


def _in_use(meaning: Any, kind: str, within: str | None) -> list[str]:
    """The venues of a kind, those of a community alone if one is named."""
    views, connection = meaning.sight.views, meaning.sight.connection
    kind = meaning.code(TermKind.VENUE, kind, "kind")
    rows = [row for row in views.venues.all(connection, kind=kind) if row.closed is None]
    if within is not None:
        top = meaning.subject("community", within)
        some = {one.id for one in views.communities.subtree(connection, top)}
        rows = [row for row in rows if row.community in some]
    if not rows:
        from ledger.cli.terminal.output import printable
        from ledger.operations.terms.known import labels
        from ledger.operations.terms.told import called

        none = usage.NO_VENUE_OF_KIND if within is None else usage.NO_VENUE_OF_KIND_WITHIN
        label = here(*called(kind, labels(views, connection, TermKind.VENUE)))
        sentence = filled(none, kind=label, within=printable(within or ""))
        raise BadValue(sentence, code="unknown-venue", where="--kind")
    return [row.id for row in rows]


_VENUES = Table(
    (
        "venue=name / id, kind, community, theme",
        Column(
            "renewed",
            lambda one, _: printed("venue_closed", day=one["closed"]) if one["closed"] else one["renewed"],
        ),
        Column("at", _at),
    ),
    empty="no_venues",
)

venue = group(
    "venue",
    made(
        "openVenue",
        "open NAME --kind --community --unit [--content] [--at] [--crs] [--theme] [--code] [--no-code] [--day]",
        _coded,
        at=_PLACE,
    ),
    made(
        "reviseVenue",
        "revise VENUE [--name] [--kind] [--community] [--unit] [--content] [--at] [--crs] [--day]",
        _placed,
        at=_PLACE,
    ),
    made(
        "updateVenue",
        "update [VENUE]... [--kind] [--within=COMMUNITY] --theme [--day]",
        _which,
        {"within": "community"},
    ),
    made("renewVenueCode", "renew-code VENUE [--code] [--day]"),
    made("closeVenue", "close VENUE [--day]"),
    asked("listVenues", "list [--kind] [--within] [--closed]", _VENUES),
    asked("getVenue", "show VENUE", draw_everything),
)
