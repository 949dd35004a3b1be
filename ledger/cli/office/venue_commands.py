"""The commands for venues."""

from functools import partial
from typing import Any

import rich_click as click

from ledger.cli.acts.made import EACH, STAYS, Read, asked, group, made
from ledger.cli.acts.tables import Column, Item, Table, draw_everything
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.typed import as_degrees
from ledger.cli.words.wording import printed
from ledger.domain.decimals import in_degrees

CRS = ("wgs84", "gcj02", "bd09")
_OF_EITHER: dict[str, Any] = {
    "kind": (
        "Of what kind it is, as a code: gallery, base, hall, e-station, park, mobile, online, …",
        "类别，代码：gallery（展馆）、base（基地）、hall（礼堂）、e-station（电子站）、park（公园）、mobile（流动）、"
        "online（线上）等。",
    ),
    "unit": ("Who runs it, by its public name.", "管理单位的公开名称。"),
    "content": (
        "What somebody does there who clocks in; the venue's name unless ever said.",
        "在此打卡的服务内容；从未填写时为阵地名称。",
    ),
    "at": Read(
        (
            "Where it is, in degrees of up to six decimals, such as 30.123456,120.5.",
            "位置：纬度,经度，以度为单位，至多六位小数，如 30.123456,120.5。",
        ),
        {"callback": as_degrees, "metavar": "LAT,LON"},
    ),
    "crs": ("What --at is measured in: GPS is wgs84.", "--at 所用的坐标系：GPS 为 wgs84。"),
}
_CODE = (
    "What the clock-in point shows: 6 to 64 letters, digits and hyphens."
    " Without it a random code is made and told once.",
    "打卡点公示的打卡码：6 至 64 个字母、数字和连字符。未填写时随机生成，只显示一次。",
)


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
    (
        "Places with a clock-in point: galleries, bases, halls, e-stations.",
        "阵地：设有打卡点的场所，如展馆、基地、礼堂、电子站。",
    ),
    made(
        "openVenue",
        "open NAME --kind --community --unit [--content] [--at] [--crs] [--theme] [--code] [--no-code] [--day]",
        _coded,
        code=_CODE,
        no_code=("It has no clock-in point.", "不设打卡点。"),
        **_OF_EITHER,
    ),
    made(
        "reviseVenue",
        "revise VENUE [--name] [--kind] [--community] [--unit] [--content] [--at] [--crs] [--day]",
        _placed,
        more=STAYS,
        **_OF_EITHER,
    ),
    made(
        "updateVenue",
        "update [VENUE]... [--kind] [--within=COMMUNITY] --theme [--day]",
        _which,
        {"within": "community"},
        more=EACH,
        kind=(
            "Instead of naming them: all venues in use of a kind.",
            "不逐处填写，而是某类别全部使用中的阵地。",
        ),
        within=(
            "With --kind: only those of a community (an id or a name) and those beneath it.",
            "与 --kind 一起使用：只限某社区（村）及其下级的，编号或名称。",
        ),
    ),
    made("renewVenueCode", "renew-code VENUE [--code] [--day]", code=_CODE),
    made("closeVenue", "close VENUE [--day]"),
    asked("listVenues", "list [--kind] [--within] [--closed]", _VENUES),
    asked("getVenue", "show VENUE", draw_everything),
)
