"""How answers are drawn for people: a table or some facts are declared by the fields of the answer that they show.

Nothing heavy is imported before something is drawn.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from ledger.cli.words import wording
from ledger.cli.words.wording import field, head, period, printed

Item = Mapping[str, Any]

_INSTANTS = ("begins", "ends", "begun", "ended", "at")
_DEGREES = ("latitude", "longitude")


class Drawn(NamedTuple):
    """An answer as it is drawn for people: all of it, with the names that ids have, and the ledger's time zone.

    `ids` are those of what was asked about, by the names of the question's subject, and `said` what was typed besides;
    `today` is the ledger's.
    """

    answer: Item
    names: Mapping[str, str]
    zone: ZoneInfo
    ask: Callable[[str, Mapping[str, Any]], "Drawn"]
    """Asks something else of the same ledger."""
    ids: Mapping[str, str]
    said: Mapping[str, Any]
    today: date

    @property
    def items(self) -> list[Item]:
        """The items of a list, those of all pages."""
        return list(self.answer["items"])

    @property
    def when(self) -> str:
        """The period and the clocks that were asked for: `2026-Q2, as of 2026-06-30, known at position 1,234`."""
        return period(self.said.get("period", "")) + wording.clocks(self.said)

    def called(self, identifier: str | None, otherwise: str = "") -> str:
        """One thing by its name, else by its id; what stands otherwise where there is none."""
        return otherwise if identifier is None else self.names.get(identifier, identifier)

    def named(self, identifier: str) -> str:
        """One thing by its name and id; by its id alone, where it has no name."""
        from ledger.cli.terminal.naming import named

        return named(identifier, self.names)

    def role(self, code: str) -> str:
        """What a role is called, else its code."""
        return self.names.get(f"role:{code}", code)

    def local(self, instant: str | None) -> str:
        """An instant by the clock on the wall, nothing where there is none."""
        from ledger.cli.terminal.output import local

        return "" if instant is None else local(instant, self.zone)

    def stretch(self, item: Item) -> str:
        """When something begins and ends, by the clock on the wall."""
        from ledger.cli.terminal.output import stretch

        return stretch(item["begins"], item["ends"], self.zone)


Draw = Callable[[Drawn], None]
Text = str | Callable[[Drawn], str]
"""A sentence by its name, which may tell `when`; or what makes the text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or one of some facts: its name, and which field of an item is shown beneath it.

    The words tell what the name is called. The field is called the same unless it is named, with a dot where it
    lies within another; where no one field tells it, a function makes the text of the item. Ids stand as the names
    that people know, minutes as they are said, codes `in_words` where that is wanted, and numbers to the right;
    `show` makes the text of a value that is shown otherwise. Where `only` says no, nothing is shown, and the
    sentence `otherwise` stands for nothing, on the `right` where no item has a number either. What is `under`
    stands, on a terminal, below the column before it.

    Some that are shown as they are are written `day, activity=activity_name`, and with what is under one `came / id`.
    """

    name: str
    field: str | Callable[[Item, Drawn], str] = ""
    show: Callable[[Any], str] | None = None
    in_words: bool = False
    under: bool = False
    only: Callable[[Item], bool] | None = None
    otherwise: str = ""
    right: bool = False

    def cell(self, item: Item, drawn: Drawn) -> tuple[str, bool]:
        """What is shown of an item, and whether it is a number."""
        nothing = printed(self.otherwise) if self.otherwise else ""
        if self.only is not None and not self.only(item):
            return nothing, False
        if not isinstance(self.field, str):
            return self.field(item, drawn) or nothing, False
        path = self.field or self.name
        value: Any = item
        for name in path.split("."):
            value = value[name]
        text = "" if value is None else self.text(path, value, item, drawn)
        return text or nothing, isinstance(value, int)

    def text(self, path: str, value: Any, item: Item, drawn: Drawn) -> str:
        """What is shown of a value, by its path with dots, beside the others of its item."""
        if self.show is not None:
            return self.show(value)
        if isinstance(value, list):
            return printed("between").join(cast(list[str], value))
        if (known := shown(path, value, drawn.names, drawn.zone)) is not None:
            return known
        name, code = path.rpartition(".")[2], wording.code_in_words if self.in_words else wording.code
        said = code(name, value, item.get("id") or item.get("sign_up") or "")
        return said if name == "id" or said != value else drawn.called(value)


Columns = str | Sequence[Column | str]


def of(items: Sequence[Item]) -> Drawn:
    """Items that are no answer of the catalogue, as they are drawn: they hold no ids and no instants."""

    def ask(_question: str, _said: Mapping[str, Any]) -> Drawn:
        raise NotImplementedError

    return Drawn({"items": items}, {}, ZoneInfo("UTC"), ask, {}, {}, date.min)


SERVICE = "service=service_minutes"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one thing, as it is drawn, a fact a line; of what is empty nothing is told."""

    title: Text
    columns: Columns

    def __call__(self, drawn: Drawn) -> None:
        """Draw an answer."""
        from ledger.cli.terminal import output

        output.facts(_said(self.title, drawn), self.pairs(drawn))

    def pairs(self, drawn: Drawn) -> list[tuple[str, str]]:
        """What each is called, with its text."""
        pairs = [(head(one.name), one.cell(drawn.answer, drawn)[0]) for one in _whole(self.columns)]
        return [(name, text) for name, text in pairs if text]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it is drawn; `empty` is the sentence for none.

    `rows` gives the items that are shown, where these are not all of the answer as they are. With `in_order` the rows
    stand in the order of what they show.
    """

    columns: Columns
    empty: Text = ""
    title: Text = ""
    rows: Callable[[Drawn], Iterable[Item]] = lambda drawn: drawn.items
    in_order: bool = False

    def __call__(self, drawn: Drawn) -> None:
        """Draw an answer."""
        from ledger.cli.terminal import output

        columns = _whole(self.columns)
        cells = [[one.cell(item, drawn) for one in columns] for item in self.rows(drawn)]
        right = [one.right or any(row[place][1] for row in cells) for place, one in enumerate(columns)]
        headers = [
            output.Column(head(one.name), to_the_right, one.under)
            for one, to_the_right in zip(columns, right, strict=True)
        ]
        texts = [[text for text, _ in row] for row in cells]
        rows = sorted(texts) if self.in_order else texts
        output.table(_said(self.title, drawn), headers, rows, empty=_said(self.empty, drawn))


def _whole(columns: Columns) -> list[Column]:
    found: list[Column] = []
    for one in [columns] if isinstance(columns, str) else columns:
        if isinstance(one, Column):
            found.append(one)
            continue
        for stack in one.split(", "):
            for place, written in enumerate(stack.split(" / ")):
                name, _, field = written.partition("=")
                found.append(Column(name, field, under=place > 0))
    return found


def _said(text: Text, drawn: Drawn) -> str:
    if not isinstance(text, str):
        return text(drawn)
    return printed(text, when=drawn.when) if text else ""


def draw_everything(drawn: Drawn) -> None:
    """Draw all that is answered, each field as the answer calls it: a list as a table, one thing as its facts."""
    from ledger.cli.terminal import output
    from ledger.cli.terminal.naming import leaves

    items = drawn.answer.get("items")
    if not isinstance(items, list):
        told = {name: value for name, value in drawn.answer.items() if name != "position"}
        thing = told.get("id") or ""
        shown = defaultdict[str, list[str]](list)
        for path, value in leaves(told):
            shown[path].append(Column(path).text(path, value, {"id": thing}, drawn))
        facts = [(field(path, thing), printed("between").join(texts)) for path, texts in shown.items()]
        output.facts("", facts)
        return
    rows, numbers = list[dict[str, list[str]]](), set[str]()
    for item in drawn.items:
        row = defaultdict[str, list[str]](list)
        for path, value in leaves(item):
            row[path].append(Column(path).text(path, value, item, drawn))
            if type(value) is int:
                numbers.add(path)
        rows.append(row)
    paths = list(dict.fromkeys(path for row in rows for path in row))
    thing = "".join(item.get("id") or "" for item in drawn.items[:1])
    columns = [output.Column(field(path, thing).capitalize(), path in numbers) for path in paths]
    cells = [[printed("between").join(row.get(path, ())) for path in paths] for row in rows]
    output.table("", columns, cells, empty=printed("there_are_none"))


def shown(path: str, value: Any, names: Mapping[str, str], zone: ZoneInfo) -> str | None:
    """What is shown of a field that its path and its value tell by themselves; None of others, such as ids."""
    from ledger.cli.terminal.naming import label
    from ledger.cli.terminal.output import local
    from ledger.domain.decimals import in_degrees

    name = path.rpartition(".")[2]
    if isinstance(value, bool):
        return printed("yes" if value else "no")
    if name in _DEGREES:
        return in_degrees(value)
    if isinstance(value, int):
        return wording.figure(path, value)
    if (name in _INSTANTS or name.endswith("_at")) and "T" in value:
        return local(value, zone)
    return period(value) if name == "month" else label(name, value, names)
