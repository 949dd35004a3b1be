"""Replaying the log into a ledger of its own, and what changed in views between two moments."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ledger.audit.differences import Change, Row, differences
from ledger.audit.replaying import replay as replay_log
from ledger.backup.form import appearing
from ledger.bootstrap import Ledger, open_for_writing
from ledger.cli.office.clocks import position_meant
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.naming import called, names_in
from ledger.cli.terminal.output import Column
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.views import views_meant
from ledger.settings import read_settings
from ledger.store.codec import decode, type_name
from ledger.store.log import data_at, head
from projections.view import instant_text

_FACTS_SHOWN = 3


def replay(ledger: Ledger, folder: Path, to: str | None) -> Told:
    """Replay the log into a folder, and tell how far."""
    with tidy_at_the_end(), bar() as tell:
        with ledger.log.store.snapshot() as connection:
            upto = head(connection) if to is None else position_meant(ledger, connection, to, "--to")
        with usable(folder), appearing(folder) as making:
            _fill(ledger, upto, making, tell)
    return Told(
        {"position": upto, "folder": str(folder)},
        f"Replayed up to position {upto:,}, into {output.printable(str(folder))}",
        "It can be asked like any ledger, with --data; people have their ids there, and no names.",
    )


def _fill(ledger: Ledger, upto: int, folder: Path, tell: Tell) -> None:
    with open_for_writing(read_settings(folder, {}), create=True) as copy:
        replay_log(ledger.log, upto, copy.log, copy.views.all(), tell)
        # Raises ViewUnavailable if one could not take what it was told.
        with copy.reading(*copy.views.all()):
            pass


class _Fact(NamedTuple):
    position: int
    type: str
    at: str
    by: str


def diff(ledger: Ledger, before: str, after: str, views: Sequence[str]) -> Told:
    """Tell what changed in views between two moments."""
    wanted = views_meant(views, "--view") if views else _all_but_the_tree(ledger)
    with ledger.log.store.snapshot() as connection:
        begun = position_meant(ledger, connection, before, "BEFORE")
        ended = position_meant(ledger, connection, after, "AFTER")
    if begun > ended:
        raise BadValue(
            f"position {begun:,} comes after position {ended:,}", code="not-in-order", where="AFTER"
        )
    with bar() as tell:
        found = differences(ledger.log, wanted, begun, ended, tell)
    facts = _facts(ledger, found.values())

    def draw() -> None:
        names = names_in(ledger, [list(_texts(found[view])) for view in views])
        _print_summary(begun, ended, found)
        for view in views:
            _print_rows(view, found[view], facts, names)

    told = [{"name": name, "rows": [one._asdict() for one in changes]} for name, changes in found.items()]
    kinds = [fact._asdict() for fact in facts.values()]
    return Told({"before": begun, "after": ended, "views": told, "facts": kinds}, draw)


def _all_but_the_tree(ledger: Ledger) -> list[Any]:
    """Every fact changes the tree: it is compared where somebody asks for it."""
    return [view for view in ledger.views.all() if view is not ledger.views.tree]


def _facts(ledger: Ledger, found: Iterable[Sequence[Change]]) -> dict[int, _Fact]:
    positions = sorted({position for some in found for change in some for position in change.by})
    facts: dict[int, _Fact] = {}
    with ledger.log.store.snapshot() as connection:
        for position, data in sorted(data_at(connection, positions).items()):
            event = decode(data)
            facts[position] = _Fact(position, type_name(type(event)), instant_text(event.at), event.by)
    return facts


def _print_summary(before: int, after: int, found: Mapping[str, Sequence[Change]]) -> None:
    columns = [Column(name, right=name != "View") for name in ("View", "New", "Changed", "Gone", "Facts")]
    rows = [
        (
            name,
            f"{sum(one.before is None for one in changes):,}",
            f"{sum(None not in (one.before, one.after) for one in changes):,}",
            f"{sum(one.after is None for one in changes):,}",
            f"{len({position for one in changes for position in one.by}):,}",
        )
        for name, changes in found.items()
        if changes
    ]
    output.table(f"From position {before:,} to {after:,}", columns, rows, empty="No view changed.")


def _print_rows(
    view: str, changes: Sequence[Change], facts: Mapping[int, _Fact], names: dict[str, str]
) -> None:
    columns = [Column(name) for name in ("Table", "Row", "Column", "Before", "After", "By")]
    rows = [line for change in changes for line in _lines(change, facts, names)]
    output.line()
    output.table(f"What changed in {view}", columns, rows, empty="Nothing.")


def _lines(
    change: Change, facts: Mapping[int, _Fact], names: dict[str, str]
) -> Iterable[tuple[str, str, str, str, str, str]]:
    before, after = change.before or {}, change.after or {}
    key = " ".join(_shown(part, names) for part in change.key.values())
    by = ", ".join(f"{position} {facts[position].type}" for position in change.by[:_FACTS_SHOWN])
    by += f" and {len(change.by) - _FACTS_SHOWN} more" if len(change.by) > _FACTS_SHOWN else ""
    first = (change.table, key)
    for column in _differing(change):
        was, is_now = (_shown(row.get(column), names) for row in (before, after))
        yield (*first, column, was, is_now, by)
        first, by = ("", ""), ""


def _differing(change: Change) -> list[str]:
    """The columns that tell what changed, those beside the key."""
    row: Row = change.after or change.before or {}
    beside = [name for name in row if name not in change.key] or list(row)
    if change.before is None or change.after is None:
        return beside
    return [name for name in row if change.before[name] != change.after[name]]


def _texts(changes: Iterable[Change]) -> Iterable[str]:
    for change in changes:
        for value in (*change.key.values(), *(change.before or {}).values(), *(change.after or {}).values()):
            if isinstance(value, str):
                yield value


def _shown(value: Any, names: dict[str, str]) -> str:
    return "" if value is None else output.printable(called(names, str(value)))
