"""The commands for venues."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.terminal.options import acting, argument, as_text, listing, option, within_option
from ledger.cli.terminal.typed import as_degrees, code_option, day_option, label_option

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


def _revise(recording: Any, action: str, said: dict[str, Any]) -> None:
    from ledger.cli.acts.doing import do

    at, crs = said.pop("at"), said.pop("crs")
    if (at is None) != (crs is None):
        raise click.UsageError("--at and --crs go together: the systems differ by hundreds of metres")
    place = None if at is None else {"latitude": at[0], "longitude": at[1], "crs": crs}
    do(recording, action, {**said, "coordinates": place})


def _open(recording: Any, action: str, said: dict[str, Any]) -> None:
    from ledger.operations.occasions.described import NEW_CODE

    code, no_code = said.pop("code"), said.pop("no_code")
    if code is not None and no_code:
        raise click.UsageError("--code and --no-code exclude each other")
    _revise(recording, action, {**said, "code": None if no_code else code or NEW_CODE})


@click.command()
@argument("venue", nargs=-1, callback=as_text, metavar="[VENUE]...", help="Each an id (ven_…) or a name.")
@code_option("--kind", "Instead of naming them: all venues in use of a kind.")
@option(
    "--within",
    "community",
    callback=as_text,
    metavar="COMMUNITY",
    help="With --kind: only those of a community and those beneath it.",
)
@label_option("--theme", "What they show now.", required=True)
@day_option("The day from which they show it, be it in the future. [default: today]")
@acting
def update(
    venue: tuple[str, ...], kind: str | None, community: str | None, recording: Any, **given: Any
) -> None:
    """Show something new at venues.

    Each is told; one that is refused harms no other. The exit code is 1 if one was.
    """
    from ledger.cli.office.venues import update_venues

    if bool(venue) == (kind is not None):
        raise click.UsageError("name venues, or a --kind of them")
    if community is not None and kind is None:
        raise click.UsageError("--within goes with --kind")
    update_venues(recording, venue, kind, community, **given)


@click.command("list")
@code_option("--kind", "Only venues of a kind.")
@within_option
@option("--closed", is_flag=True, help="Those out of use too.")
@listing
def list_venues(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The venues, and what each shows."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.venues import draw_venues

    ask(data, "listVenues", said, draw_venues, as_json=as_json, every=every)


venue = group(
    "venue",
    "Places with a clock-in point: galleries, bases, halls, e-stations.",
    made(
        "openVenue",
        "open NAME --kind --community --unit [--content] [--at] [--crs] [--theme] [--code] [--no-code] [--day]",
        "Put a venue in use.",
        {},
        _open,
        name="Its public name.",
        kind=_KIND,
        community=_COMMUNITY,
        unit=_UNIT,
        content=f"{_CONTENT} [default: its name]",
        at=_AT,
        crs=_CRS,
        theme="What it shows.",
        code=_CODE,
        no_code=option("--no-code", is_flag=True, help="It has no clock-in point."),
    ),
    made(
        "reviseVenue",
        "revise VENUE [--name] [--kind] [--community] [--unit] [--content] [--at] [--crs] [--day]",
        "Describe a venue anew; what is not named stays as it is.",
        {},
        _revise,
        name="Another name.",
        kind=_KIND,
        community=_COMMUNITY,
        unit=_UNIT,
        content=_CONTENT,
        at=_AT,
        crs=_CRS,
    ),
    update,
    made(
        "renewVenueCode",
        "renew-code VENUE [--code] [--day]",
        "Show another code at a venue's clock-in point; the one before is worth nothing any more.",
        code=_CODE,
    ),
    made("closeVenue", "close VENUE [--day]", "Take a venue out of use."),
    list_venues,
)
