"""What the demos show: what is said before, which answers are looked at, and what somebody may type next."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.demo import names

COUNTY = Path(__file__).parent / "county"
FILES = {
    "communities": "communities.xlsx",
    "teams": "teams.xlsx",
    "roster": "roster.xlsx",
    "hours": "hours.csv",
}


class Tour(NamedTuple):
    """A demo: its introduction, its parts with the answers that each shows, and commands by what they show.

    In a command, words in capitals stand for what the tour is about.
    """

    introduction: str
    parts: Mapping[str, Sequence[str]]
    examples: Mapping[str, str]


OF_FILES = Tour(
    "青禾县 is a small made-up county: 3 towns, 12 villages, 9 teams, 60 volunteers.\n"
    "Its office keeps their hours in spreadsheets, as offices do: title rows,\n"
    "full-width digits, dates in four styles, and some rows that are wrong.",
    {
        "2. The figures come out: a balance, a board, and what a town contributed": (
            "balance",
            "leaderboard",
            "contributions",
        )
    },
    {
        "every line of the first one's two books": "statement VOLUNTEER",
        "the teams of a year": "leaderboard --by teams --period 2025",
        "the towns, for a program": "leaderboard --by communities --level town --period all --json",
        "one town and its villages": "contributions TOWN --period 2025-Q3",
        "a file that was taken in already changes nothing": "import teams TEAMS",
        "are all views what the log says?": "projections check",
    },
)


def of_a_year(volunteers: int, activities: int) -> Tour:
    """The demo of a year that is told to a ledger."""
    return Tour(
        f"{names.COUNTY} is a made-up county: {len(names.TOWNS)} towns, 204 villages, 110 teams,"
        f" {volunteers:,} volunteers.\n"
        f"Its year, from September 2025, is told to a ledger command by command: {activities:,} activities,"
        " their shifts,\nsign-ups and waitlists, who keeps the venues, approvals and reversals, gifts and redemptions,"
        "\nand who is trained, takes a post or changes teams. When it is over, activities of months to come have"
        "\nplaces, and some records await a decision.",
        {
            "1. Who served most, and what a town contributed in spring": ("leaderboard", "contributions"),
            "2. The balance of one of them, and some lines of the statement": ("balance", "statement"),
        },
        {
            "every line of these two books": "statement VOLUNTEER",
            "the teams of the whole time": "leaderboard --by teams --period all --limit 10",
            "the towns, for a program": "leaderboard --by communities --level town --period all --json",
            "one town and its villages": "contributions TOWN --period 2026-Q2",
            "who holds a post there": "post list --within TOWN",
            "which communities and teams bear a title": "designation list",
            "an hour for a friend, tried out first": "transfer VOLUNTEER FRIEND 60 --dry-run",
            "are all views what the log says?": "projections check",
        },
    )
