"""The figures that offices report, in words."""

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.boards import said
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column
from ledger.domain.minutes import spoken

_PARTS = (
    ("Venues", "venues_by_kind"),
    ("Teams by field", "teams_by_field"),
    ("Teams by brand", "teams_by_brand"),
    ("Posts held", "posts_by_kind"),
    ("Organisations", "organisations_by_kind"),
    ("Designations", "designations_by_name"),
)


def draw_report(drawn: Drawn) -> None:
    """Draw the figures of a community with all beneath it, or of the whole ledger."""
    found = drawn.answer
    whose = drawn.names.get(found["community"], "the whole ledger")
    output.table(
        f"Report of {whose}, {said(found['period'])}",
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
