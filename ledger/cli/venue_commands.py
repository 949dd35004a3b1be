"""What the commands about venues are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.options import acting, argument, as_text, listing, option, within_option
from ledger.cli.program import InOrder
from ledger.cli.typed import as_degrees, as_label, code_option, day_option, label_option

CRS = ("wgs84", "gcj02", "bd09")
_WITHIN = {name: f"venue.{name}" for name in ("name", "kind", "community", "unit", "content", "coordinates")}
_DAY = "The day from which it holds. [default: today]"


def _venue(command: Callable[..., Any]) -> Callable[..., Any]:
    return argument("venue", callback=as_text, metavar="VENUE", help="An id (ven_…) or a name.")(command)


def _code(command: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--code",
        callback=as_text,
        metavar="TEXT",
        help="What the clock-in point shows: 6 to 64 letters, digits and hyphens. Without it a random code is made and"
        " told once.",
    )(command)


def _description(*, new: bool) -> Callable[[Any], Any]:
    """The options that describe a venue: all that is needed for a new one, what changes for one that is there."""
    content = "What somebody does there who clocks in." + (" [default: its name]" if new else "")
    options = (
        code_option("--kind", "gallery, base, hall, e-station, park, mobile, online, …", required=new),
        option(
            "--community",
            required=new,
            callback=as_text,
            metavar="COMMUNITY",
            help="The community it is in: an id or a name.",
        ),
        label_option("--unit", "Who runs it.", required=new),
        label_option("--content", content),
        option(
            "--at",
            callback=as_degrees,
            metavar="LAT,LON",
            help="Where it is, in degrees of up to six decimals, such as 30.123456,120.5.",
        ),
        option("--crs", type=click.Choice(CRS), help="What --at is measured in: GPS is wgs84."),
    )

    def decorate(command: Any) -> Any:
        for one in reversed(options):
            command = one(command)
        return command

    return decorate


def _described(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed of a venue, with its place as one."""
    at, crs = given.pop("at"), given.pop("crs")
    if (at is None) != (crs is None):
        raise click.UsageError("--at and --crs go together: the systems differ by hundreds of metres")
    place = None if at is None else {"latitude": at[0], "longitude": at[1], "crs": crs}
    return {**given, "coordinates": place}


@click.group(cls=InOrder)
def venue() -> None:
    """Places with a clock-in point: galleries, bases, halls, e-stations."""


@venue.command("open")
@argument("name", callback=as_label, metavar="NAME", help="Its public name.")
@_description(new=True)
@label_option("--theme", "What it shows.")
@_code
@option("--no-code", is_flag=True, help="It has no clock-in point.")
@day_option(_DAY)
@acting
def open_venue(code: str | None, no_code: bool, how: Any, **given: Any) -> None:
    """Put a venue in use."""
    from ledger.cli.doing import do
    from ledger.operations.occasions.described import NEW_CODE

    if code is not None and no_code:
        raise click.UsageError("--code and --no-code exclude each other")
    shown = None if no_code else code or NEW_CODE
    do(how, "openVenue", {**_described(given), "code": shown}, _WITHIN)


@venue.command()
@_venue
@label_option("--name", "Another name.")
@_description(new=False)
@day_option(_DAY)
@acting
def revise(how: Any, **given: Any) -> None:
    """Describe a venue anew; what is not named stays as it is."""
    from ledger.cli.doing import do

    do(how, "reviseVenue", _described(given), _WITHIN)


@venue.command()
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
def update(venue: tuple[str, ...], kind: str | None, community: str | None, how: Any, **given: Any) -> None:
    """Show something new at venues.

    Each is told; one that is refused harms no other. The exit code is 1 if one was.
    """
    from ledger.cli.venues import update_venues

    if bool(venue) == (kind is not None):
        raise click.UsageError("name venues, or a --kind of them")
    if community is not None and kind is None:
        raise click.UsageError("--within goes with --kind")
    update_venues(how, venue, kind, community, **given)


@venue.command("renew-code")
@_venue
@_code
@day_option(_DAY)
@acting
def renew_code(how: Any, **said: Any) -> None:
    """Show another code at a venue's clock-in point; the one before is worth nothing any more."""
    from ledger.cli.doing import do

    do(how, "renewVenueCode", said)


@venue.command()
@_venue
@day_option(_DAY)
@acting
def close(how: Any, **said: Any) -> None:
    """Take a venue out of use."""
    from ledger.cli.doing import do

    do(how, "closeVenue", said)


@venue.command("list")
@code_option("--kind", "Only venues of a kind.")
@within_option
@option("--closed", is_flag=True, help="Those out of use too.")
@listing
def list_venues(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The venues, and what each shows."""
    from ledger.cli.asking import ask
    from ledger.cli.venues import draw_venues

    ask(data, "listVenues", said, draw_venues, as_json=as_json, every=every)
