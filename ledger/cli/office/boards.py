"""What volunteers, teams and communities did in a period: leaderboards, contributions and the report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rich_click as click

from ledger.cli.acts.made import Read, asked
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Item, Table
from ledger.cli.terminal.failures import misused
from ledger.cli.words import usage

_ON = {
    "volunteers": ("volunteer", "getVolunteerPlace"),
    "teams": ("team", "getTeamPlace"),
    "communities": ("community", "getCommunityPlace"),
}
"""Of what a board is, and what is asked for one of them."""
_NOBODY = "Nobody has served in this period."
NO_COMMUNITY = "There are no communities yet."
CONTRIBUTED = ("Level", "Community=name", "In", "People", "Visits", SERVICE, "Hosted=hosted_minutes")
_HELD = tuple(Column(name, f"held.{name.lower()}") for name in ("Activities", "Participants", "Materials"))
_FIGURES = Facts(
    "",
    (
        "Volunteers who served=people",
        "Visits",
        SERVICE,
        "Activities held=activities",
        "Participants",
        "Materials",
        "Reached online=online_reach",
        "Venues renewed=venues_updated",
    ),
)
_PARTS = (
    ("Venues", "venues_by_kind"),
    ("Teams by field", "teams_by_field"),
    ("Teams by brand", "teams_by_brand"),
    ("Posts held", "posts_by_kind"),
    ("Organisations", "organisations_by_kind"),
    ("Designations", "designations_by_name"),
)


def draw_board(drawn: Drawn) -> None:
    """Draw a board, or where somebody stands on it with those right above and right below."""
    if "by" in drawn.ids:
        by = drawn.ids["by"]
        _draw_places(drawn, f"Leaderboard of {by}, {drawn.when}", by, drawn.items)
    else:
        _draw_place(drawn)


def _draw_places(drawn: Drawn, title: str, by: str, items: Sequence[Item]) -> None:
    name = "number" if by == "volunteers" else "name"
    times = Counter(item[name] for item in items)

    def called(item: Item, _: Any) -> str:
        """The name; with the id where others on the board have it too, and the id alone where there is none."""
        if item[name] is None:
            return item["id"]
        return item[name] if times[item[name]] == 1 else f"{item[name]} ({item['id']})"

    columns = (Column("Rank", "rank", str), Column(name.capitalize(), called), "Service=minutes")
    Table(columns, _NOBODY, title, lambda _: items)(drawn)


def _draw_place(drawn: Drawn) -> None:
    from ledger.cli.terminal import output

    [(kind, member)] = drawn.ids.items()
    by = next(one for one, (what, _) in _ON.items() if what == kind)
    found, own = drawn.answer, drawn.answer["own"]
    whom = output.printable(drawn.called(member))
    title = f"The place of {whom} among {by}, {drawn.when}"
    if own is None:
        output.line(title, "bold")
        output.line(f"{whom} has no service on this board of {output.counted(found['members'], 'member')}.")
        return
    _draw_places(drawn, title, by, [*found["above"], own, *found["below"]])
    shared = f", shared with {output.counted(found['equals'], 'other')}" if found["equals"] else ""
    output.line()
    output.line(f"Rank {own['rank']:,} of {found['members']:,}{shared}.")


def draw_contributions_of_all(drawn: Drawn) -> None:
    """Draw contributions as one table."""
    held = _HELD if any(item["held"]["activities"] for item in drawn.items) else ()
    title = f"Contributions, {drawn.when}"
    Table((*CONTRIBUTED, *held), NO_COMMUNITY, title, lambda _: in_community(drawn.items))(drawn)


def in_community(items: Sequence[Item]) -> Iterable[Item]:
    """Figures of communities, with the name of the one among them that each is in."""
    names = {item["id"]: item["name"] for item in items}
    return ({**item, "in": names.get(item["parent"])} for item in items)


def _draw_contributions(drawn: Drawn) -> None:
    """Draw contributions in words; of one community also by programme and by month."""
    draw_contributions_of_all(drawn)
    if "community" not in drawn.ids:
        return
    own = drawn.items[0]
    for header in ("Programme", "Month"):
        _draw_by(drawn, own["name"], header, "Service", "minutes", own[f"by_{header.lower()}"])
    for header in ("Programme", "Form", "Month"):
        # The three ways in which offices count them.
        if counts := own["held"][f"by_{header.lower()}"]:
            _draw_by(drawn, "Activities held", header, "Activities", "number", counts)


def _draw_by(
    drawn: Drawn, what: str, header: str, figure: str, field: str, counts: Mapping[str, int]
) -> None:
    from ledger.cli.terminal import output

    output.line()
    rows = [{"of": name, field: count} for name, count in counts.items()]
    columns = (Column(header, "of", str, otherwise="none named"), Column(figure, field))
    Table(columns, _NOBODY, f"{what} by {header.lower()}", lambda _: rows)(drawn)


def _draw_report(drawn: Drawn) -> None:
    """Draw the figures of a community with all beneath it, or of the whole ledger."""
    from ledger.cli.terminal import output

    found, number = drawn.answer, output.Column("Number", right=True)
    whose = drawn.called(found["community"], "the whole ledger")
    figures = [(f"Volunteers on {found['day']}", f"{found['volunteers']:,}"), *_FIGURES.pairs(drawn)]
    output.table(f"Report of {whose}, {drawn.when}", (output.Column("Figure"), number), figures, empty="")
    parts = [
        (what if not place else "", kind or "none named", f"{count:,}")
        for what, name in _PARTS
        for place, (kind, count) in enumerate(found[name].items())
    ]
    if parts:
        output.line()
        output.table("", (output.Column("What"), output.Column("Kind"), number), parts, empty="")


def _of_one(said: dict[str, Any]) -> str | None:
    if said["level"] and said["by"] != "communities":
        raise misused(usage.LEVEL_OF_COMMUNITIES)
    around = said.pop("around")
    if around is None:
        return None
    if said["level"] or said["limit"]:
        raise misused(usage.AROUND_ALONE)
    kind, question = _ON[said.pop("by")]
    said[kind] = around
    return question


leaderboard = asked(
    "listLeaderboardPlaces",
    "leaderboard --period --by [--within] [--level] [--limit] [--around=WHOM] [--as-of] [--known-at]",
    draw_board,
    _of_one,
    by=Read(
        {"type": click.Choice(list(_ON)), "metavar": "WHO"},
    ),
)
contributions = asked(
    "listContributions",
    "contributions [COMMUNITY] --period [--as-of] [--known-at]",
    _draw_contributions,
    lambda said: "listContributionsOfAll" if said["community"] is None else None,
)
report = asked(
    "getReport",
    "report [COMMUNITY] --period",
    _draw_report,
    lambda said: "getReportOfAll" if said["community"] is None else None,
)
