"""The commands for venues."""

from functools import partial
from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Item, Table
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.options import option
from ledger.cli.terminal.typed import as_degrees
from ledger.domain.decimals import in_degrees

CRS = ("wgs84", "gcj02", "bd09")
_COMMUNITY = "The community it is in: an id or a name."
_CONTENT = "What somebody does there who clocks in."
_KIND = "gallery, base, hall, e-station, park, mobile, online, …"
_UNIT = "Who runs it."
_CODE = (
    "What the clock-in point shows: 6 to 64 letters, digits and hyphens."
    " Without it a random code is made and told once."
)
_AT = option(
    "--at",
    callback=as_degrees,
    metavar="LAT,LON",
    help="Where it is, in degrees of up to six decimals, such as 30.123456,120.5.",
)
_CRS = option("--crs", type=click.Choice(CRS), help="What --at is measured in: GPS is wgs84.")


def _placed(said: dict[str, Any]) -> None:
    at, crs = said.pop("at"), said.pop("crs")
    if (at is None) != (crs is None):
        raise click.UsageError("--at and --crs go together: the systems differ by hundreds of metres")
    said["coordinates"] = at and {"latitude": at[0], "longitude": at[1], "crs": crs}


def _coded(said: dict[str, Any]) -> None:
    from ledger.operations.occasions.described import NEW_CODE

    if said.pop("no_code"):
        if said["code"] is not None:
            raise click.UsageError("--code and --no-code exclude each other")
    else:
        said["code"] = said["code"] or NEW_CODE
    _placed(said)


def _at(item: Item, _: Any) -> str:
    latitude, longitude, crs = (item[name] for name in ("latitude", "longitude", "crs"))
    return "" if latitude is None else f"{in_degrees(latitude)},{in_degrees(longitude)} {crs}"


def _which(said: dict[str, Any]) -> None:
    kind, within = said.pop("kind"), said.pop("community")
    if bool(said["venue"]) == (kind is not None):
        raise click.UsageError("name venues, or a --kind of them")
    if within is not None and kind is None:
        raise click.UsageError("--within goes with --kind")
    if kind is not None:
        said["venue"] = partial(_in_use, kind=kind, within=within)


def _in_use(meaning: Any, kind: str, within: str | None) -> list[str]:
    """The venues of a kind, those of a community alone if one is named."""
    views, connection = meaning.sight.views, meaning.sight.connection
    rows = [row for row in views.venues.all(connection, kind=kind) if row.closed is None]
    if within is not None:
        top = meaning.subject("community", within)
        some = {one.id for one in views.communities.subtree(connection, top)}
        rows = [row for row in rows if row.community in some]
    if not rows:
        from ledger.cli.terminal.output import printable

        place = "" if within is None else f" within {printable(within)}"
        raise BadValue(f"no venue in use{place} is of the kind {kind}", code="unknown-venue", where="--kind")
    return [row.id for row in rows]


_VENUES = Table(
    (
        Column("Venue", "name"),
        Column("Id", under=True),
        "Kind",
        "Community",
        "Theme",
        Column("From", lambda one, _: f"closed {one['closed']}" if one["closed"] else one["renewed"]),
        Column("At", _at),
    ),
    empty="There are no such venues.",
)

venue = group(
    "venue",
    "Places with a clock-in point: galleries, bases, halls, e-stations.",
    made(
        "openVenue",
        "open NAME --kind --community --unit [--content] [--at] [--crs] [--theme] [--code] [--no-code] [--day]",
        "Put a venue in use.",
        _coded,
        name="Its public name.",
        kind=_KIND,
        community=_COMMUNITY,
        unit=_UNIT,
        content=f"{_CONTENT} [default: its name]",
        at=_AT,
        crs=_CRS,
        theme="What it shows.",
        code=_CODE,
        no_code="It has no clock-in point.",
    ),
    made(
        "reviseVenue",
        "revise VENUE [--name] [--kind] [--community] [--unit] [--content] [--at] [--crs] [--day]",
        "Describe a venue anew; what is not named stays as it is.",
        _placed,
        name="Another name.",
        kind=_KIND,
        community=_COMMUNITY,
        unit=_UNIT,
        content=_CONTENT,
        at=_AT,
        crs=_CRS,
    ),
    made(
        "updateVenue",
        "update [VENUE]... [--kind] [--within=COMMUNITY] --theme [--day]",
        "Show something new at venues.\n\n"
        "Each is told; one that is refused harms no other. The exit code is 1 if one was.",
        _which,
        {"within": "community"},
        venue="Each an id (ven_…) or a name.",
        kind="Instead of naming them: all venues in use of a kind.",
        within="With --kind: only those of a community and those beneath it.",
        theme="What they show now.",
        day="The day from which they show it, be it in the future. [default: today]",
    ),
    made(
        "renewVenueCode",
        "renew-code VENUE [--code] [--day]",
        "Show another code at a venue's clock-in point; the one before is worth nothing any more.",
        code=_CODE,
    ),
    made("closeVenue", "close VENUE [--day]", "Take a venue out of use."),
    asked(
        "listVenues",
        "list [--kind] [--within] [--closed]",
        "The venues, and what each shows.",
        _VENUES,
        kind="Only venues of a kind.",
        closed="Those out of use too.",
    ),
)
