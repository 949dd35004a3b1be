"""Keeping views in a process of their own, until somebody asks it to stop."""

import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rich_click as click
from click.exceptions import Exit

from ledger.bootstrap import open_follower
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar, untold
from ledger.cli.terminal.stopping import Request, handled
from ledger.cli.tools.views import print_standings, standing, views_meant
from projections.running.following import Follower
from projections.view import View

_WORTH_A_BAR = 5_000
"""A lag, in facts, that takes long enough for somebody to want to know how long."""


def follow_views(
    data: Path | None, views: Sequence[str], into: str | None, once: bool, poll: float, as_json: bool
) -> None:
    """Keep views, all of them if none is named, and leave with 1 if those that broke are why it ends, or once.

    `into` says where to, `once` that it is up to now only, and `poll` how often to look, in seconds.
    """
    meant = views_meant(views)
    with open_follower(settings(data), into, meant) as follower:
        report = _Report(meant, follower, as_json=as_json)
        if once:
            _catch_up(follower, lambda: False)
            report.moved()
        else:
            _follow_on(follower, report, poll)
        report.end()
        broken = [one.broken for one in follower.standings()]
    if all(broken) or (once and any(broken)):
        raise Exit(REFUSED)


def _follow_on(follower: Follower, report: "_Report", poll: float) -> None:
    if sys.stderr.isatty():
        click.echo("Following; Ctrl-C ends it, and it takes up from there the next time.", err=True)
    request = Request()
    with contextlib.suppress(KeyboardInterrupt), handled(request.make, signal.SIGINT, signal.SIGTERM):
        while not request.made:
            _catch_up(follower, lambda: request.made)
            report.moved()
            if all(one.broken for one in follower.standings()):
                break
            request.wait(lambda: follower.rest(poll))


def _catch_up(follower: Follower, stopped: Callable[[], bool]) -> None:
    drawing = bar() if follower.look() > _WORTH_A_BAR else contextlib.nullcontext(untold)
    with drawing as tell:
        for done in follower.steps():
            tell(done.state.name, done.state.position, done.head)
            if stopped():
                return


@dataclass(slots=True)
class _Report:
    """What is printed: with --json a line for each view that moved, else a table at the end."""

    views: Sequence[View]
    follower: Follower
    as_json: bool
    _told: dict[str, tuple[int, int | None]] = field(default_factory=dict[str, tuple[int, int | None]])

    def moved(self) -> None:
        """Tell of the views that have moved or broken since the last time; of all at the first."""
        for item in self._items() if self.as_json else ():
            stands = item["position"], item["broken_at"]
            if self._told.get(item["name"]) != stands:
                self._told[item["name"]] = stands
                output.record(item)

    def end(self) -> None:
        """Tell where the views were left."""
        if not self.as_json:
            print_standings("", self._items())

    def _items(self) -> list[dict[str, Any]]:
        found = zip(self.views, self.follower.standings(), strict=True)
        return [standing(view, one.state, one.head) for view, one in found]
