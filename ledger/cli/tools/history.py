"""What the log tells of its past: where minutes come from, the ledger as it was, and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ledger.audit.differences import Change, Counts, Fact, differences, facts_behind
from ledger.audit.replaying import replay as replay_log
from ledger.backup.form import appearing
from ledger.bootstrap import Ledger, open_to_fill
from ledger.cli.acts.asking import drawn
from ledger.cli.acts.meant import meant
from ledger.cli.acts.tables import Drawn, Item, Table, of
from ledger.cli.office.clocks import position_meant
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.language import filled
from ledger.cli.terminal.naming import called, in_names, label, names_in
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.views import views_meant
from ledger.cli.words import usage
from ledger.cli.words.wording import code, code_in_words, counted, printed, signed, spoken
from ledger.settings import read_settings
from ledger.store.log import head

_FACTS_SHOWN = 3
_SUMMARY = Table("view=name, new, changed, gone, facts", "no_view_changed")
_ROWS = Table("table, row, column, before, after, by_fact=by", "nothing_changed")


def explain(ledger: Ledger, volunteer: str, as_of: date | None, known_at: str | None) -> Told:
    """Tell each line with the facts behind it; it fails if they do not add up to the balance."""
    with ledger.reading(ledger.views.members) as (connection, _):
        found = meant(ledger, connection, "volunteer", volunteer)
        upto = None if known_at is None else position_meant(ledger, connection, known_at, "--known-at")
    asked = {"volunteer": found, "as_of": as_of, "known_at": None if upto is None else str(upto)}
    shown = drawn(ledger, "getExplanation", asked)
    answer = {name: value for name, value in shown.answer.items() if name not in {"position", "next_cursor"}}
    clocks = {"as_of": as_of and as_of.isoformat(), "known_at": upto}
    told = {
        "volunteer": found,
        "number": shown.names.get(found),
        "position": shown.answer["position"],
        **{clock: value for clock, value in clocks.items() if value is not None},
        **answer,
    }
    return Told(told, partial(_draw_explanation, shown), failed=not answer["adds_up"])


def _draw_explanation(drawn: Drawn) -> None:
    volunteer = drawn.ids["volunteer"]
    who = f"{drawn.names.get(volunteer) or printed('no_number')} ({volunteer})"
    output.line(printed("explained", who=who, when=drawn.when), "bold")
    for line in drawn.items:
        _draw_line(line, drawn)
    output.line(printed("lines_in_all", lines=counted(len(drawn.items), "line"), **_both(drawn.answer)))
    if drawn.answer["adds_up"]:
        output.line(printed("adds_up"))
    else:
        output.line(printed("does_not_add_up", **_both(drawn.ask("getBalance", drawn.said).answer)))


def _both(held: Item, kind: str = "minutes") -> dict[str, str]:
    service = "service_balance" if kind == "balance" else "service_minutes"
    return {"service": spoken(held[service]), "credits": spoken(held[f"credit_{kind}"])}


def _draw_line(line: Item, drawn: Drawn) -> None:
    moved = ((line["service_minutes"], "of_service"), (line["credit_minutes"], "of_credits"))
    minutes = printed("listed").join(printed(book, minutes=signed(some)) for some, book in moved if some)
    about = {"line": line["line"], "day": line["day"], "moved": minutes or printed("no_minutes")}
    output.line(printed("explained_line", **about, **_both(line, "balance")), "bold")
    output.line(f"   {output.printable(in_names(line['why'], drawn.names))}")
    if (policy := line["policy"]) is not None:
        adopted = printed("policy_adopted", name=policy["name"], version=policy["version"])
        output.line(f"   {policy['adopted']:>9,}  {adopted}")
    for fact in line["facts"]:
        given = fact["reason"]
        reason = given and (label("reason", given, drawn.names) or code_in_words("reason", given))
        why = printed("fact_why", reason=reason) if reason else ""
        event = code_in_words("event", fact["event"])
        what = printed("fact_by", event=event, by=drawn.called(fact["by"]), why=why)
        output.line(output.printable(f"   {fact['position']:>9,}  {drawn.local(fact['at'])}  {what}"))
    if line["taken_back_by"] is not None:
        output.line(printed("taken_back", position=line["taken_back_by"]))


def replay(ledger: Ledger, folder: Path, to: str | None) -> Told:
    """Replay the log into a folder, and tell how far."""
    with tidy_at_the_end(), bar() as tell:
        with ledger.log.store.snapshot() as connection:
            upto = head(connection) if to is None else position_meant(ledger, connection, to, "--to")
        with usable(folder), appearing(folder) as making, open_to_fill(read_settings(making, {})) as copy:
            replay_log(ledger.log, upto, copy.log, copy.views.all(), tell)
    return Told(
        {"position": upto, "folder": str(folder)},
        printed("replayed", position=upto, folder=output.printable(str(folder))),
        printed("replayed_ledger"),
    )


def diff(ledger: Ledger, before: str, after: str, views: Sequence[str]) -> Told:
    """Tell what changed in views between two moments."""
    wanted = views_meant(views, "--view") if views else _all_but_the_tree(ledger)
    with ledger.log.store.snapshot() as connection:
        begun = position_meant(ledger, connection, before, "BEFORE")
        ended = position_meant(ledger, connection, after, "AFTER")
    if begun > ended:
        sentence = filled(usage.NOT_IN_ORDER, begun=begun, ended=ended)
        raise BadValue(sentence, code="not-in-order", where="AFTER")
    with bar() as tell:
        found = differences(ledger.log, wanted, begun, ended, tell)
    facts = facts_behind(ledger.log, found.values())

    def draw() -> None:
        names = names_in(ledger, [found[view] for view in views])
        output.line(printed("compared", before=begun, after=ended), "bold")
        _SUMMARY(of([Counts.of(name, changes)._asdict() for name, changes in found.items() if changes]))
        for view in views:
            output.line()
            output.line(printed("changed_in", view=view), "bold")
            _ROWS(of([line for change in found[view] for line in _lines(change, facts, names)]))

    told = [{"name": name, "rows": [one._asdict() for one in changes]} for name, changes in found.items()]
    return Told(
        {"before": begun, "after": ended, "views": told, "facts": [one._asdict() for one in facts.values()]},
        draw,
    )


def _all_but_the_tree(ledger: Ledger) -> list[Any]:
    """Every fact changes the tree: it is compared where somebody asks for it."""
    return [view for view in ledger.views.all() if view is not ledger.views.tree]


def _lines(change: Change, facts: Mapping[int, Fact], names: dict[str, str]) -> Iterable[dict[str, str]]:
    before, after = change.before or {}, change.after or {}
    key = " ".join(_shown(part, names) for part in change.key.values())
    by = ", ".join(
        f"{position} {code('type', facts[position].type)}" for position in change.by[:_FACTS_SHOWN]
    )
    if (more := len(change.by) - _FACTS_SHOWN) > 0:
        by = printed("and_more", facts=by, count=more)
    first = {"table": change.table, "row": key, "by": by}
    for column in change.columns:
        was, is_now = (_shown(row.get(column), names) for row in (before, after))
        yield {**first, "column": column, "before": was, "after": is_now}
        first = dict.fromkeys(first, "")


def _shown(value: Any, names: dict[str, str]) -> str:
    return "" if value is None else output.printable(called(names, str(value)))
