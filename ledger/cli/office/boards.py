"""What volunteers, teams and communities did in a period: leaderboards, contributions and the report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rich_click as click

from ledger.cli.acts.made import Read, asked
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Item, Table
from ledger.cli.terminal.failures import misused
from ledger.cli.words import usage
from ledger.cli.words.wording import counted, head, printed

_ON = {
    "volunteers": ("volunteer", "getVolunteerPlace"),
    "teams": ("team", "getTeamPlace"),
    "communities": ("community", "getCommunityPlace"),
}
"""Of what a board is, and what is asked for one of them."""
_NOBODY = "nobody_served"
NO_COMMUNITY = "no_communities"
CONTRIBUTED = f"level, community=name, in, people, visits, {SERVICE}, hosted=hosted_minutes"
_HELD = tuple(Column(name, f"held.{name}") for name in ("activities", "participants", "materials"))
_FIGURES = Facts(
    "",
    (
        f"served=people, visits, {SERVICE}, activities_held=activities",
        "participants, materials, reached_online=online_reach, venues_renewed=venues_updated",
    ),
)
_PARTS = (
    "venues_by_kind",
    "teams_by_field",
    "teams_by_brand",
    "posts_by_kind",
    "organisations_by_kind",
    "designations_by_name",
)


def draw_board(drawn: Drawn) -> None:
    """Draw a board, or where somebody stands on it with those right above and right below."""
    if "by" in drawn.ids:
        by = drawn.ids["by"]
        title = printed("board", by=printed(f"of_{by}"), when=drawn.when)
        _draw_places(drawn, title, by, drawn.items)
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

    columns = (Column("rank", show=str), Column(name, called), "service=minutes")
    Table(columns, _NOBODY, lambda _: title, lambda _: items)(drawn)


def _draw_place(drawn: Drawn) -> None:
    from ledger.cli.terminal import output

    [(kind, member)] = drawn.ids.items()
    by = next(one for one, (what, _) in _ON.items() if what == kind)
    found, own = drawn.answer, drawn.answer["own"]
    whom = output.printable(drawn.called(member))
    title = printed("place", whom=whom, by=printed(f"of_{by}"), when=drawn.when)
    if own is None:
        output.line(title, "bold")
        output.line(printed("no_place", whom=whom, members=counted(found["members"], "member")))
        return
    _draw_places(drawn, title, by, [*found["above"], own, *found["below"]])
    shared = printed("shared", others=counted(found["equals"], "other")) if found["equals"] else ""
    output.line()
    output.line(printed("rank", rank=own["rank"], members=found["members"], shared=shared))


def draw_contributions_of_all(drawn: Drawn) -> None:
    """Draw contributions as one table."""
    held = _HELD if any(item["held"]["activities"] for item in drawn.items) else ()
    Table((CONTRIBUTED, *held), NO_COMMUNITY, "contributions", lambda _: in_community(drawn.items))(drawn)


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
    for name in ("programme", "month"):
        _draw_by(drawn, own["name"], name, "service=minutes", own[f"by_{name}"])
    for name in ("programme", "form", "month"):
        # The three ways in which offices count them.
        if counts := own["held"][f"by_{name}"]:
            _draw_by(drawn, printed("activities_held"), name, "activities=number", counts)


def _draw_by(drawn: Drawn, what: str, name: str, figure: str, counts: Mapping[str, int]) -> None:
    from ledger.cli.terminal import output

    output.line()
    field = figure.partition("=")[2]
    rows = [{name: one, field: count} for one, count in counts.items()]
    title = printed(f"by_{name}", what=what)
    Table((Column(name, otherwise="none_named"), figure), _NOBODY, lambda _: title, lambda _: rows)(drawn)


def _draw_report(drawn: Drawn) -> None:
    """Draw the figures of a community with all beneath it, or of the whole ledger."""
    from ledger.cli.terminal import output

    found, number = drawn.answer, output.Column(head("count"), right=True)
    whose = drawn.called(found["community"], printed("whole_ledger"))
    title = printed("report", whose=whose, when=drawn.when)
    today = (printed("volunteers_on", day=found["day"]), f"{found['volunteers']:,}")
    output.table(title, (output.Column(head("figure")), number), [today, *_FIGURES.pairs(drawn)], empty="")
    parts = [
        (printed(name) if not place else "", kind or printed("none_named"), f"{count:,}")
        for name in _PARTS
        for place, (kind, count) in enumerate(found[name].items())
    ]
    if parts:
        output.line()
        output.table("", (output.Column(head("what")), output.Column(head("kind")), number), parts, empty="")


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
