"""The figures that offices report, in words."""

from pathlib import Path
from typing import Any

import msgspec

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.boards import said
from ledger.cli.lookup import community_meant, settings
from ledger.cli.output import Column
from ledger.domain.minutes import spoken
from projections.figures.periods import Period
from projections.figures.report import report

_PARTS = (
    ("Venues", "venues_by_kind"),
    ("Teams by field", "teams_by_field"),
    ("Teams by brand", "teams_by_brand"),
    ("Posts held", "posts_by_kind"),
    ("Organisations", "organisations_by_kind"),
    ("Designations", "designations_by_name"),
)


def show_report(data: Path | None, community: str | None, period: Period, *, as_json: bool) -> None:
    """Print the figures of a community with all beneath it, or of the whole ledger."""
    with open_for_reading(settings(data)) as ledger:
        found = _report(ledger, community, period)
    output.document(found) if as_json else _print_report(found)


def _report(ledger: Ledger, text: str | None, period: Period) -> dict[str, Any]:
    today, views = ledger.today(), ledger.views
    needed = (
        *(views.communities, views.teams, views.members, views.contributions, views.outreach),
        *(views.venues, views.posts, views.organisations, views.designations),
    )
    with ledger.reading(*needed) as (connection, position):
        top = None if text is None else community_meant(ledger, connection, text, "COMMUNITY")
        found = report(connection, views, period, today, None if top is None else top.id)
    name = None if top is None else top.name
    return {"name": name, **msgspec.structs.asdict(found), "position": position}


def _print_report(found: dict[str, Any]) -> None:
    output.table(
        f"Report of {found['name'] or 'the whole ledger'}, {said(found['period'])}",
        (Column("Figure"), Column("Number", right=True)),
        [
            (f"Volunteers on {found['day']}", f"{found['volunteers']:,}"),
            ("Volunteers who served", f"{found['people']:,}"),
            ("Visits", f"{found['visits']:,}"),
            ("Service", spoken(found["service_minutes"])),
            ("Activities held", f"{found['activities']:,}"),
            ("Participants", f"{found['participants']:,}"),
            ("Materials", f"{found['materials']:,}"),
            ("Reached online", f"{found['online_reach']:,}"),
            ("Venues renewed", f"{found['venues_updated']:,}"),
        ],
        empty="",
    )
    parts = [
        (what if not place else "", kind or "none named", f"{number:,}")
        for what, name in _PARTS
        for place, (kind, number) in enumerate(found[name].items())
    ]
    if parts:
        output.line()
        output.table("", (Column("What"), Column("Kind"), Column("Number", right=True)), parts, empty="")
