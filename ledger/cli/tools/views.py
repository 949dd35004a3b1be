"""The views themselves: where they stand, whether they are right, making them anew, and keeping them elsewhere."""

import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import rich_click as click
from click.exceptions import Exit

from ledger.bootstrap import Ledger, open_followed, open_follower, open_for_writing
from ledger.cli.acts.tables import Column, Table, of
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stopping import Request, handled
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import fault, printed
from ledger.settings import Settings
from ledger.store.log import head
from projections.registry import Views
from projections.running import marks, states
from projections.running.checking import check
from projections.running.following import Follower
from projections.running.rebuilding import no_progress, rebuild_each
from projections.running.states import reach
from projections.view import View

_POSITION = Column("position", otherwise="no_position", right=True)
_STANDINGS = Table(("view=name", _POSITION, "head", "lag", "error"), "no_views")
_VERDICTS = Table(("view=name", _POSITION, "verdict"), "no_views")
_WORTH_A_BAR = 5_000
"""A lag, in facts, that takes long enough for somebody to want to know how long."""


def list_views(ledger: Ledger, into: str | None) -> Told:
    """Tell where each view stands: the ledger's own, and those that are followed."""
    views = ledger.views.all()
    with open_followed(ledger.settings, into) as followed, ledger.log.store.snapshot() as connection:
        if into is not None and followed is None:
            sentence = filled(usage.NOTHING_FOLLOWED, place=output.printable(into))
            raise BadValue(sentence, code="nothing-followed", where="--into")
        known, newest = states.read(connection), head(connection)
        there = {} if followed is None else marks.judged(followed, connection)
    items = [reach(view, known.get(view.name), newest)._asdict() for view in views]
    others = [reach(view, there[view.name], newest)._asdict() for view in views if view.name in there]
    drawn = [
        partial(replace(_STANDINGS, title=title), of(some))
        for title, some in (("", items), ("followed", others))
        if some
    ]
    return Told({"items": items, "followed": others}, *drawn)


def check_views(ledger: Ledger) -> Told:
    """Hold every view against the log; it fails if one differs."""
    with bar() as tell:
        found = check(ledger.log, ledger.views.all(), tell)
    items = [
        {"name": one.name, "position": one.position, "agrees": one.agrees, "problem": one.problem}
        for one in found
    ]
    return _judged(items, [fault(one.problem) or printed("agrees") for one in found])


def rebuild_views(place: Settings, views: Sequence[str]) -> Told:
    """Make views anew, all of them if none is named; it fails if one could not be made."""
    meant = views_meant(views)
    with bar() as tell, open_for_writing(place, progress=tell) as ledger:
        items = [one._asdict() for one in rebuild_each(ledger.log, meant, tell)]
    return _judged(items, [_verdict(item) for item in items])


def views_meant(names: Sequence[str], where: str = "VIEW") -> list[View]:
    """The views of these names, all of them if none is named; refused with BadValue."""
    views = {view.name: view for view in Views().all()}
    for name in names:
        if name not in views:
            sentence = filled(usage.NO_VIEW, typed=output.printable(name), views=here(", ", "、").join(views))
            raise BadValue(sentence, code="unknown-view", where=where)
    return [view for name, view in views.items() if name in names or not names]


def _verdict(item: dict[str, Any]) -> str:
    if item["problem"]:
        return printed("not_rebuilt", problem=fault(item["problem"]))
    return printed("rebuilt" if item["same"] else "rebuilt_otherwise")


def _judged(items: Sequence[dict[str, Any]], verdicts: Sequence[str]) -> Told:
    """What became of each view: it fails if there is a problem with one."""
    drawn = of([{**item, "verdict": said} for item, said in zip(items, verdicts, strict=True)])
    return Told({"items": items}, partial(_VERDICTS, drawn), failed=any(item["problem"] for item in items))


def follow_views(
    data: Path | None, views: Sequence[str], into: str | None, once: bool, poll: float, as_json: bool
) -> None:
    """Keep views, all of them if none is named, and leave with 1 if those that broke are why it ends, or once.

    `into` says where to, `once` that it is up to now only, and `poll` how often to look, in seconds.
    """
    meant = views_meant(views)
    with open_follower(settings(data), into, meant) as follower:
        told: dict[str, tuple[int, int | None]] = {}

        def items() -> list[dict[str, Any]]:
            found = zip(meant, follower.standings(), strict=True)
            return [reach(view, one.state, one.head)._asdict() for view, one in found]

        def moved() -> None:
            if as_json:
                _print_moved(items(), told)

        if once:
            _catch_up(follower, lambda: False)
            moved()
        else:
            _follow_on(follower, moved, poll)
        if not as_json:
            _STANDINGS(of(items()))
        broken = [one.broken for one in follower.standings()]
    if all(broken) or (once and any(broken)):
        raise Exit(REFUSED)


def _print_moved(items: Sequence[dict[str, Any]], told: dict[str, tuple[int, int | None]]) -> None:
    """Print a line for each view that has moved or broken since it was told of, and note it; of all at the first."""
    for item in items:
        stands = item["position"], item["broken_at"]
        if told.get(item["name"]) != stands:
            told[item["name"]] = stands
            output.record(item)


def _follow_on(follower: Follower, moved: Callable[[], None], poll: float) -> None:
    if sys.stderr.isatty():
        click.echo(printed("following"), err=True)
    request = Request()
    with contextlib.suppress(KeyboardInterrupt), handled(request.make, signal.SIGINT, signal.SIGTERM):
        while not request.made:
            _catch_up(follower, lambda: request.made)
            moved()
            if all(one.broken for one in follower.standings()):
                break
            request.wait(lambda: follower.rest(poll))


def _catch_up(follower: Follower, stopped: Callable[[], bool]) -> None:
    drawing = bar() if follower.look() > _WORTH_A_BAR else contextlib.nullcontext(no_progress)
    with drawing as tell:
        for done in follower.steps():
            tell(done.state.name, done.state.position, done.head)
            if stopped():
                return
