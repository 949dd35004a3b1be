"""What is done at either door is the same: every action of the catalogue, by its example."""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from msgspec import UNSET

from ledger.api.persons import REPLACEMENT
from ledger.api.routes import Route
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.table import WRITES
from ledger.cli.acts.made import Word, words_of
from ledger.domain.decimals import in_yuan
from ledger.operations.action import Action
from ledger.operations.catalogue import ACTIONS, APART, SEVERAL
from ledger.operations.operation import Operation
from ledger.operations.people.persons import REPLACE_PERSON
from tests.api.contract.test_examples import path_of
from tests.api.village_places import CHOIR
from tests.faces.conftest import DOORS, Asked, Open, Told
from tests.faces.lines import LINES

BY_ANOTHER_LINE: Mapping[str, Sequence[str]] = {
    "attachOrganisationAgain": (
        *("organisation", "attach", "石桥票友社", "--organisation", "org_opera"),
        *("--kind", "society", "--community", "com_village"),
    ),
    "cancelActivityWithShifts": ("activity", "cancel", "act_idle", "--reason", "weather", "--with-shifts"),
    "checkOutOfShift": ("checkout", "sig_present"),
    "expireDueRedemptions": ("redemption", "expire", "--due"),
    "withdrawAllSignUps": ("signup", "withdraw", "vol_ann", "--all"),
}
"""What is typed for an operation to which the line of another one turns."""
BY_A_TOOL: Mapping[str, Sequence[str]] = {
    "replacePerson": (
        *("volunteer", "person", "vol_ann", "--number", "QH0001"),
        *("--name", "李秀英", "--phone", "13900000000"),
    ),
}
"""What is typed for an operation that records no fact."""
WITHOUT_A_LINE: Mapping[str, str] = {
    "signCheckpoint": "an operator's tool signs, with the key that is there: `audit sign`",
}
"""What has no line of its own, and why."""
STANDS_FOR: Mapping[str, str] = {
    "abandonVisit.volunteer": "visit",
    "checkOut.who": "visit",
    "leavePost.who": "tenure",
    "registerVolunteer.name": "person.name",
    "registerVolunteer.number": "person.number",
    "registerVolunteer.phone": "person.phone",
}
"""The field that a word of a line stands for, where the line's own turn makes it of it."""
WHO = "who"
"""Who signed up, or the sign-up itself."""
NOT_TYPED = {"endAssignment.assignment"}
"""What there is no word for: the counter knows an assignment by whose it is."""
IN_OTHER_WORDS: Mapping[str, Mapping[str, Any]] = {
    # A record at the counter is of an activity that is published, and is called as that is.
    "attestService": {"service.activity": CHOIR, "service.activity_name": UNSET},
    "reportService": {"service.activity": CHOIR, "service.activity_name": UNSET},
    # At the counter no word takes an activity away from its venue: what is not named stays as it is.
    "reviseActivity": {"activity.venue": UNSET},
}
"""What both doors are told instead of what stands in an example, by field, where the counter has no words for that."""
WRITTEN: Mapping[str, Callable[[Any], Sequence[object]]] = {
    "day": lambda days: [days] if isinstance(days, str) else [one["day"] for one in days],
    "funding": lambda fen: [in_yuan(fen)],
    "minutes": lambda of: [of] if isinstance(of, int) else [one["minutes"] for one in of],
    "places": lambda roles: [f"{one['role']}={one['places']}" for one in roles],
}
"""How the value of a field is typed, where a line has a way of its own to write it."""
ROUTES: Mapping[str, Route] = {one.name: one for one in (*WRITES, *WRITES_OF_SEVERAL)}
EVERY = (*ACTIONS, *SEVERAL, *APART)


def body_of(operation: Operation) -> dict[str, Any]:
    """What the body of the example holds, or instead of it what can be said at both doors."""
    body: Any = copy.deepcopy(operation.example["body"])
    for path, value in IN_OTHER_WORDS.get(operation.name, {}).items():
        struct, _, field = path.rpartition(".")
        if value is UNSET:
            del body[struct][field]
        else:
            body[struct][field] = value
    return body


def said(operation: Action) -> dict[str, Any]:
    """What is said, by field; what is left open is not typed."""
    subject = {name: operation.example[name] for name in operation.subject}
    return {**subject, **dict(leaves(body_of(operation)))}


def leaves(body: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The values that a body holds, those within structs by their paths."""
    for name, value in body.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{name}.")
        elif value is not None:
            yield above + name, value


def field_of(operation: Action, word: Word, values: Mapping[str, Any]) -> str:
    """The field of the example for which a word stands."""
    line = LINES[operation.name][1]._line
    read = line.reads.get(word.name)
    name = line.fields.get(word.name) or (read and read.field) or word.name
    if word.name == WHO and "sign_up" in values:
        return "sign_up"
    if word.name in {"day", "minutes"} and "days" in values:
        return "days"
    return STANDS_FOR.get(f"{operation.name}.{word.name}", operation.path(name))


def typed(operation: Action) -> list[object]:
    """What is typed for the example of an action, all of it."""
    words, made = LINES[operation.name]
    values, asked, there = said(operation), list[object](words), set[str]()
    for word in words_of(made._line):
        field = field_of(operation, word, values)
        if field not in values:
            continue
        there.add(field)
        asked += as_typed(word, values[field])
    left = {field for field in values if f"{operation.name}.{field}" not in NOT_TYPED} - there
    assert not left, f"no word of {made._line.typed!r} says {left}"
    return asked


def as_typed(word: Word, value: Any) -> list[object]:
    """A word with its value: a flag alone, an option again before each of several."""
    option = [f"--{word.name.replace('_', '-')}"] if word.is_option else []
    if value is True:
        return [*option]
    written = WRITTEN.get(word.name, lambda one: one if isinstance(one, list) else [one])(value)
    return [part for one in written for part in (*option, one)]


def asked_of(name: str) -> Asked:
    """The example of an operation in the words of both doors."""
    route, [operation] = ROUTES[name], [one for one in EVERY if one.name == name]
    by_hand = BY_ANOTHER_LINE.get(name)
    if by_hand is None:
        assert isinstance(operation, Action)
        by_hand = typed(operation)
    return Asked(path_of(route), body_of(operation), by_hand)


def facts(told: Told) -> list[Any]:
    """The facts that follow, of all things to which something is done."""
    assert told.code is None, told.document
    answers: list[Any] = [one.get("body", one) for one in told.document.get("items", [told.document])]
    return [fact for answer in answers for fact in Told(answer, None).facts]


def compared(told: Told) -> str:
    """Facts as text, without the ids that the directory gives to who is in charge."""
    return re.sub(r"\bper_\w+", "per_…", json.dumps(facts(told), ensure_ascii=False, sort_keys=True))


DONE_AT_BOTH = [one.name for one in EVERY if one.name not in {*WITHOUT_A_LINE, *BY_A_TOOL}]


@pytest.mark.parametrize("name", DONE_AT_BOTH)
def test_every_action_is_the_same_at_either_door(open_door: Open, name: str):
    asked = asked_of(name)
    # Under a key the ids of what is made come of it, and are the same too.
    http, counter = (open_door(kind).do(asked, "form-1") for kind in DOORS)
    assert facts(http), name
    assert compared(counter) == compared(http)
    assert counter.document.get("made") == http.document.get("made")


@pytest.mark.parametrize("dry", [True, False])
def test_who_somebody_is_is_replaced_alike_at_either_door(open_door: Open, dry: bool):
    body: Any = REPLACE_PERSON.example["body"]
    asked = Asked(path_of(REPLACEMENT), body, BY_A_TOOL[REPLACE_PERSON.name])
    http, counter = (open_door(kind).do(asked, dry=dry) for kind in DOORS)
    assert (http.code, counter.document) == (None, http.document)
    assert counter.document.get("dry_run", False) is dry


def test_every_operation_has_a_line_or_a_reason_to_have_none():
    with_a_line = LINES.keys() | BY_ANOTHER_LINE.keys() | BY_A_TOOL.keys()
    assert {one.name for one in EVERY} - with_a_line == WITHOUT_A_LINE.keys()


def test_the_tables_name_nothing_that_is_not_there():
    lines = {f"{name}.{word.name}" for name, (_, made) in LINES.items() for word in words_of(made._line)}
    assert STANDS_FOR.keys() <= lines
    words = {f"{one.name}.{field}" for one in ACTIONS for field in said(one)}
    assert words >= NOT_TYPED
    assert IN_OTHER_WORDS.keys() <= {one.name for one in ACTIONS}
    assert not BY_ANOTHER_LINE.keys() & LINES.keys()
