"""The views themselves: where they stand, whether they are right, and making them anew."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.exceptions import Exit

from ledger.bootstrap import Ledger, open_followed, open_for_reading, open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import Column
from ledger.cli.terminal.progress import Tell, bar
from ledger.store.errors import StoreError
from ledger.store.log import head
from projections.registry import Views
from projections.running import marks, states
from projections.running.checking import check
from projections.running.rebuilding import Rebuilt, rebuild, rebuild_together
from projections.view import View

_NOT_BUILT = "is not built for this release"


def list_views(data: Path | None, into: str | None, *, as_json: bool) -> None:
    """Print where each view stands: the ledger's own, and those that are followed."""
    place = settings(data)
    with open_for_reading(place) as ledger, open_followed(place, into) as followed:
        views = ledger.views.all()
        if into is not None and followed is None:
            raise BadValue(
                f"no views are followed into {output.printable(into)}",
                code="nothing-followed",
                where="--into",
            )
        with ledger.log.store.snapshot() as connection:
            known, newest = states.read(connection), head(connection)
            there = {} if followed is None else marks.judged(followed, connection)
        items = [standing(view, known.get(view.name), newest) for view in views]
        others = [standing(view, there[view.name], newest) for view in views if view.name in there]
    if as_json:
        output.document({"items": items, "followed": others})
        return
    print_standings("", items)
    if others:
        print_standings("Followed", others)


def standing(view: View, state: states.State | None, newest: int) -> dict[str, Any]:
    """Where a view stands beside the log's head; `lag` counts facts."""
    current = state is not None and state.version == view.version
    error = state.error if state is not None and current else _NOT_BUILT
    position = 0 if state is None else state.position
    return {
        "name": view.name,
        "position": None if state is None else position,
        "head": newest,
        "lag": max(newest - position, 0),
        "broken_at": None if state is None else state.broken_at,
        "error": error,
    }


def print_standings(title: str, items: Sequence[dict[str, Any]]) -> None:
    """Print where views stand, a view a line."""
    output.table(
        title,
        (
            Column("View"),
            Column("Position", right=True),
            Column("Head", right=True),
            Column("Lag", right=True),
            Column("Error"),
        ),
        [
            (
                item["name"],
                "-" if item["position"] is None else f"{item['position']:,}",
                f"{item['head']:,}",
                f"{item['lag']:,}",
                item["error"] or "",
            )
            for item in items
        ],
        empty="There are no views.",
    )


def check_views(data: Path | None, *, as_json: bool) -> None:
    """Hold every view against the log, and leave with 1 if one differs."""
    with bar() as tell, open_for_reading(settings(data)) as ledger:
        found = check(ledger.log, ledger.views.all(), tell)
    items = [
        {"name": one.name, "position": one.position, "agrees": one.agrees, "problem": one.problem}
        for one in found
    ]
    if as_json:
        output.document({"items": items})
    else:
        _print_verdicts([(one.name, one.position, one.problem or "agrees with the log") for one in found])
    if not all(one.agrees for one in found):
        raise Exit(REFUSED)


def rebuild_views(data: Path | None, names: Sequence[str], *, as_json: bool) -> None:
    """Make views anew, all of them if none is named, and leave with 1 if one could not be made."""
    views = views_meant(names)
    with bar() as tell, open_for_writing(settings(data), progress=tell) as ledger:
        items = _all_rebuilt(ledger, views, tell)
    if as_json:
        output.document({"items": items})
    else:
        _print_verdicts([(item["name"], item["position"], _verdict(item)) for item in items])
    if any(item["problem"] for item in items):
        raise Exit(REFUSED)


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
        return [_item(done) for done in rebuild_together(ledger.log, views, tell)]
    except StoreError:
        raise
    except Exception:
        # One by one, to learn which it was.
        return [_rebuilt(ledger, view, tell) for view in views]


def _item(done: Rebuilt) -> dict[str, Any]:
    return {"name": done.name, "position": done.position, "same": done.same, "problem": ""}


def _rebuilt(ledger: Ledger, view: View, tell: Tell) -> dict[str, Any]:
    try:
        return _item(rebuild(ledger.log, view, tell))
    except StoreError:
        raise
    except Exception as error:
        # Whatever a fold raises: the other views can still be made.
        return {
            "name": view.name,
            "position": None,
            "same": False,
            "problem": f"{type(error).__name__}: {error}",
        }


def _verdict(item: dict[str, Any]) -> str:
    if item["problem"]:
        return f"cannot be rebuilt: {item['problem']}"
    return "rebuilt, the same as before" if item["same"] else "rebuilt, and it differs from before"


def _print_verdicts(found: Sequence[tuple[str, int | None, str]]) -> None:
    output.table(
        "",
        (Column("View"), Column("Position", right=True), Column("Verdict")),
        [(name, "-" if position is None else f"{position:,}", verdict) for name, position, verdict in found],
        empty="There are no views.",
    )
