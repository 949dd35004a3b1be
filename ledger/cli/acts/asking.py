"""What somebody in an office asks: one question of the catalogue, in words that were typed, and its answer drawn."""

from collections.abc import Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import to_builtins
from msgspec.structs import replace

from ledger.bootstrap import STAFF, Ledger, open_for_reading
from ledger.cli.acts.tables import Draw, Drawn
from ledger.cli.acts.words import bad_field, typed_word
from ledger.cli.acts.words import told as told_problem
from ledger.cli.office.clocks import moment_typed
from ledger.cli.terminal import output
from ledger.cli.terminal.language import language
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.naming import names_in
from ledger.operations.asking import Enquiry, answer, asked_about, pages
from ledger.operations.callers import Caller, Role
from ledger.operations.index import operation
from ledger.operations.paging import MOST_ITEMS, PageQuery
from ledger.operations.question import Question
from ledger.operations.refused import Problem, Word

ITEMS_A_READ = 10_000


def ask(
    data: Path | None, name: str, said: Mapping[str, Any], draw: Draw, *, as_json: bool, every: bool = False
) -> None:
    """Ask a question and draw its answer; raises BadValue or Refused in words.

    `said` holds what was typed, by the names of the question's subject and parameters: None where nothing was. As JSON
    it is what the API answers, a list's first page; with `every` each of its items is a document on a line. What holds
    `on` a day is asked for as of the ledger's own, where another was not typed.
    """
    with open_for_reading(settings(data)) as ledger:
        said = {field: _read(ledger, field, value) for field, value in said.items()}
        enquiry = _enquiry(name, said, every=every or not as_json)
        try:
            if as_json and every:
                items = (item for _, page in pages(ledger, enquiry) for item in page.items)
                for item in islice(items, said.get("limit")):
                    output.record(to_builtins(item))
            elif not as_json:
                draw(drawn(ledger, name, said))
            else:
                _print(*answer(ledger, enquiry))
        except Problem as problem:
            if (
                problem.kind.code == "not-found"
                and not problem.errors
                and not problem.word
                and enquiry.subject
            ):
                problem.word = Word(*next(iter(enquiry.subject.items())))
            raise told_problem(problem, {}, said) from None


def _read(ledger: Ledger, field: str, value: Any) -> Any:
    if field == "on" and value is None:
        return ledger.today()
    return moment_typed(ledger, value, "--known-at") if field == "known_at" and value is not None else value


def _print(position: int, told: Any) -> None:
    from ledger.audit.month_reports import MonthReport

    if isinstance(told, MonthReport):
        # It is the same to the byte each time.
        output.exact(told.text().removesuffix("\n"))
    else:
        output.document({"position": position, **to_builtins(told)})


def drawn(ledger: Ledger, name: str, said: Mapping[str, Any]) -> Drawn:
    """The whole answer to a question, ready to be drawn; raises a Problem, or BadValue."""
    enquiry = _enquiry(name, said, every=True)
    found, ids = _whole(ledger, enquiry), asked_about(ledger, enquiry)
    most = said.get("limit")
    if most is not None:
        found["items"] = found["items"][:most]
    names, zone = names_in(ledger, [found, ids]), ZoneInfo(ledger.opened().zone)
    besides = {field: value for field, value in said.items() if value is not None}
    return Drawn(found, names, zone, partial(drawn, ledger), ids, besides, ledger.today())


def _enquiry(name: str, said: Mapping[str, Any], *, every: bool) -> Enquiry:
    question = operation(name)
    assert isinstance(question, Question)
    given = {
        field: typed_word(field, value) if isinstance(value, str) else to_builtins(value)
        for field, value in said.items()
        if value is not None
    }
    subject = {one: given.pop(one) for one in question.subject}
    most = given.pop("limit", None)
    if most is not None:
        given["limit"] = min(most, MOST_ITEMS)
    try:
        query = msgspec.convert(given, question.query)
        if every and isinstance(query, PageQuery):
            # Here nobody else waits for their turn, as they would for a server.
            query = replace(query, limit=min(most or ITEMS_A_READ, ITEMS_A_READ))
    except msgspec.ValidationError as error:
        raise bad_field(error, said) from None
    return Enquiry(question, subject, Caller(STAFF, Role.ADMIN), query, language())


def _whole(ledger: Ledger, enquiry: Enquiry) -> dict[str, Any]:
    """The answer with the items of all its pages, where it is a list."""
    if not isinstance(enquiry.query, PageQuery):
        position, told = answer(ledger, enquiry)
        return {"position": position, **to_builtins(told)}
    position, found, items = 0, dict[str, Any](), list[Any]()
    for position, page in pages(ledger, enquiry):  # noqa: B007
        found = {name: value for name, value in to_builtins(page).items() if value is not None}
        items += found["items"]
    return {"position": position, **found, "items": items, "next_cursor": None}
