"""The views themselves: where they stand, whether they are right, making them anew, and keeping them elsewhere."""

import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import rich_click as click
from click.exceptions import Exit

from ledger.bootstrap import Ledger, open_followed, open_follower, open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import Column
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import Request, handled
from ledger.cli.terminal.tool import Told
from ledger.settings import Settings
from ledger.store.errors import StoreError
from ledger.store.log import head
from projections.registry import Views
from projections.running import marks, states
from projections.running.checking import check
from projections.running.following import Follower
from projections.running.rebuilding import no_progress, rebuild, rebuild_together
from projections.view import View

_NOT_BUILT = "is not built for this release"
_NO_VIEWS = "There are no views."
_WORTH_A_BAR = 5_000
"""A lag, in facts, that takes long enough for somebody to want to know how long."""


def list_views(ledger: Ledger, into: str | None) -> Told:
    """Tell where each view stands: the ledger's own, and those that are followed."""
    views = ledger.views.all()
    with open_followed(ledger.settings, into) as followed, ledger.log.store.snapshot() as connection:
        if into is not None and followed is None:
            raise BadValue(
                f"no views are followed into {output.printable(into)}",
                code="nothing-followed",
                where="--into",
            )
        known, newest = states.read(connection), head(connection)
        there = {} if followed is None else marks.judged(followed, connection)
    items = [standing(view, known.get(view.name), newest) for view in views]
    others = [standing(view, there[view.name], newest) for view in views if view.name in there]
    drawn = [
        partial(print_standings, title, some) for title, some in (("", items), ("Followed", others)) if some
    ]
    return Told({"items": items, "followed": others}, *drawn)


def standing(view: View, state: states.State | None, newest: int) -> dict[str, Any]:
    """Where a view stands beside the log's head; `lag` counts facts."""
    current = state is not None and state.version == view.version
    position = 0 if state is None else state.position
    return {
        "name": view.name,
        "position": None if state is None else position,
        "head": newest,
        "lag": max(newest - position, 0),
        "broken_at": None if state is None else state.broken_at,
        "error": state.error if state is not None and current else _NOT_BUILT,
    }


def print_standings(title: str, items: Sequence[dict[str, Any]]) -> None:
    """Print where views stand, a view a line."""
    numbers = ("Position", "Head", "Lag")
    columns = (Column("View"), *(Column(name, right=True) for name in numbers), Column("Error"))
    rows = [
        (one["name"], *(_counted(one[name.lower()]) for name in numbers), one["error"] or "") for one in items
    ]
    output.table(title, columns, rows, empty=_NO_VIEWS)


def check_views(ledger: Ledger) -> Told:
    """Hold every view against the log; it fails if one differs."""
    with bar() as tell:
        found = check(ledger.log, ledger.views.all(), tell)
    items = [
        {"name": one.name, "position": one.position, "agrees": one.agrees, "problem": one.problem}
        for one in found
    ]
    return _judged(items, [one.problem or "agrees with the log" for one in found])


def rebuild_views(place: Settings, views: Sequence[str]) -> Told:
    """Make views anew, all of them if none is named; it fails if one could not be made."""
    meant = views_meant(views)
    with bar() as tell, open_for_writing(place, progress=tell) as ledger:
        items = _all_rebuilt(ledger, meant, tell)
    return _judged(items, [_verdict(item) for item in items])


def views_meant(names: Sequence[str], where: str = "VIEW") -> list[View]:
    """The views of these names, all of them if none is named; refused with BadValue."""
    views = {view.name: view for view in Views().all()}
    for name in names:
        if name not in views:
            raise BadValue(
                f"there is no view {output.printable(name)}; there are {', '.join(views)}",
                code="unknown-view",
                where=where,
            )
    return [view for name, view in views.items() if name in names or not names]


def _all_rebuilt(ledger: Ledger, views: Sequence[View], tell: Tell) -> list[dict[str, Any]]:
    try:
        return [{**done._asdict(), "problem": ""} for done in rebuild_together(ledger.log, views, tell)]
    except StoreError:
        raise
    except Exception:
        # One by one, to learn which it was.
        return [_rebuilt(ledger, view, tell) for view in views]


def _rebuilt(ledger: Ledger, view: View, tell: Tell) -> dict[str, Any]:
    try:
        return {**rebuild(ledger.log, view, tell)._asdict(), "problem": ""}
    except StoreError:
        raise
    except Exception as error:
        # Whatever a fold raises: the other views can still be made.
        problem = f"{type(error).__name__}: {error}"
        return {"name": view.name, "position": None, "same": False, "problem": problem}


def _verdict(item: dict[str, Any]) -> str:
    if item["problem"]:
        return f"cannot be rebuilt: {item['problem']}"
    return "rebuilt, the same as before" if item["same"] else "rebuilt, and it differs from before"


def _judged(items: Sequence[dict[str, Any]], verdicts: Sequence[str]) -> Told:
    """What became of each view: it fails if there is a problem with one."""
    columns = (Column("View"), Column("Position", right=True), Column("Verdict"))
    told = zip(items, verdicts, strict=True)
    rows = [(item["name"], _counted(item["position"]), verdict) for item, verdict in told]
    drawing = partial(output.table, "", columns, rows, empty=_NO_VIEWS)
    return Told({"items": items}, drawing, failed=any(item["problem"] for item in items))


def _counted(position: int | None) -> str:
    return "-" if position is None else f"{position:,}"


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
            return [standing(view, one.state, one.head) for view, one in found]

        def moved() -> None:
            if as_json:
                _print_moved(items(), told)

        if once:
            _catch_up(follower, lambda: False)
            moved()
        else:
            _follow_on(follower, moved, poll)
        if not as_json:
            print_standings("", items())
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
        click.echo("Following; Ctrl-C ends it, and it takes up from there the next time.", err=True)
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
