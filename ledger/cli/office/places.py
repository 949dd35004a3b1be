"""Where a volunteer, a team or a community stands on a leaderboard, with those right above and right below."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ledger.cli.acts.asking import Drawn, ask
from ledger.cli.office.boards import draw_places, said
from ledger.cli.office.clocks import in_words
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.output import counted, printable

_ON = {
    "volunteers": ("volunteer", "getVolunteerPlace"),
    "teams": ("team", "getTeamPlace"),
    "communities": ("community", "getCommunityPlace"),
}
"""Of what a board is, and what is asked for one of them."""


def ask_place(data: Path | None, by: str, around: str, said: Mapping[str, Any], *, as_json: bool) -> None:
    """Ask who stands around somebody; raises BadValue or Refused in words."""
    kind, question = _ON[by]
    try:
        ask(data, question, {kind: around, **said}, draw_place, as_json=as_json)
    except BadValue as wrong:
        if wrong.param_hint == f"'{kind}'":
            # Whom it is about has no argument of its own name.
            wrong.param_hint = "'--around'"
        raise


def draw_place(drawn: Drawn) -> None:
    """Draw a place in words, and as the rows of the board that it stands among."""
    [(kind, member)] = drawn.ids.items()
    by = next(one for one, (what, _) in _ON.items() if what == kind)
    found, own = drawn.answer, drawn.answer["own"]
    whom = printable(drawn.names.get(member, member))
    title = f"The place of {whom} among {by}, {said(drawn.said['period'])}{in_words(drawn.said)}"
    if own is None:
        output.line(title, "bold")
        output.line(f"{whom} has no service on this board of {counted(found['members'], 'member')}.")
        return
    draw_places(title, by, [*found["above"], own, *found["below"]])
    shared = f", shared with {counted(found['equals'], 'other')}" if found["equals"] else ""
    output.line()
    output.line(f"Rank {own['rank']:,} of {found['members']:,}{shared}.")
