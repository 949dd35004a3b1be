"""Answers that the rows of one query tell, which are of one moment: for one who asks, or for many at a time."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Select,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.sql.visitors import replacement_traverse

from ledger.bootstrap import Ledger
from ledger.operations.answers import Answer, as_told
from ledger.operations.asking import Enquiry, views_of
from ledger.operations.question import Found, OneQuery
from ledger.people.directory import Volunteer
from ledger.store.compiled_query import CompiledQuery
from projections.running import states

_WHOSE = "volunteer"


class _Way(NamedTuple):
    """How an enquiry is answered: by which query, of whom, with which other parameters, and on which day."""

    query: OneQuery
    volunteer: str
    values: frozenset[tuple[str, object]]
    today: date


class OneQueryAnswers:
    """Answers by one query each, on connections of one thread; each tells the position of the views as well."""

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is read yet."""
        self._ledger = ledger
        self._queries: dict[Hashable, CompiledQuery] = {}

    def told(self, asked: Enquiry) -> tuple[int, Answer] | None:
        """Position and answer; None where it takes more than one query."""
        way = self._way(asked)
        if way is None:
            return None
        query = self._query(way.query, asked, _with_position)
        rows = query.all({_WHOSE: way.volunteer, **dict(way.values)})
        return self._answered(way, asked, rows, self._people(way.query, [way.volunteer]))

    def told_together(self, questions: Collection[Enquiry]) -> dict[Enquiry, tuple[int, Answer]]:
        """What one query each tells, with one for all who ask alike; on PostgreSQL."""
        alike: dict[Hashable, list[tuple[Enquiry, _Way]]] = {}
        for asked in questions:
            way = self._way(asked)
            if way is not None:
                alike.setdefault((way.query, way.values, way.today, asked.views), []).append((asked, way))
        found: dict[Enquiry, tuple[int, Answer]] = {}
        for some in alike.values():
            asked, way = some[0]
            query = self._query(way.query, asked, _of_many)
            rows: dict[str, list[Sequence[Any]]] = {one.volunteer: [] for _, one in some}
            for whose, *row in query.all({"volunteers": list(rows), **dict(way.values)}):
                rows[whose].append(row)
            people = self._people(way.query, rows)
            for asked, way in some:
                told = self._answered(way, asked, rows[way.volunteer], people)
                if told is not None:
                    found[asked] = told
        return found

    def close(self) -> None:
        """Let the connections go."""
        for query in self._queries.values():
            query.close()

    def _way(self, asked: Enquiry) -> _Way | None:
        today = self._ledger.today()
        for query in asked.question.by_one_query:
            volunteer, values = query.whose(asked.caller, asked.subject), query.values(asked.query, today)
            if volunteer is not None and values is not None:
                return _Way(query, volunteer, frozenset(values.items()), today)
        return None

    def _people(self, way: OneQuery, volunteers: Iterable[str]) -> Mapping[str, Volunteer]:
        return self._ledger.directory.by_id(volunteers) if way.named else {}

    def _answered(
        self, way: _Way, asked: Enquiry, rows: Sequence[Sequence[Any]], people: Mapping[str, Volunteer]
    ) -> tuple[int, Answer] | None:
        """What rows tell, whose last column is the position of the views."""
        position = rows[0][-1] if rows else None
        if position is None or position < asked.query.min_position:
            return None
        person, theirs = people.get(way.volunteer), [row[:-1] for row in rows]
        found = Found(way.volunteer, theirs, person, asked.query, asked.caller, way.today)
        told = way.query.told(found)
        return None if told is None else (position, as_told(asked, told))

    def _query(self, way: OneQuery, asked: Enquiry, put_together: Any) -> CompiledQuery:
        key = way, asked.views, put_together
        found = self._queries.get(key)
        if found is None:
            position = states.position_of(views_of(self._ledger, asked))
            query = put_together(way.rows(self._ledger.views), position)
            found = self._queries[key] = CompiledQuery(self._ledger.log.store, query)
        return found


def _with_position(
    rows: Select[*tuple[Any, ...]], position: ColumnElement[int | None]
) -> Select[*tuple[Any, ...]]:
    return rows.add_columns(position)


def _of_many(rows: Select[*tuple[Any, ...]], position: ColumnElement[int | None]) -> Select[*tuple[Any, ...]]:
    """The rows of each of some `volunteers`, who stand in the first column, in no order of theirs."""
    volunteers = func.unnest(bindparam("volunteers", type_=ARRAY(Text)))
    each = volunteers.table_valued(column(_WHOSE, Text)).render_derived(name="each")
    # By its name alone: who refers to the table itself gets one more of it in each query within.
    whose: ColumnElement[str] = literal_column(f"each.{_WHOSE}", Text)

    def of_each(element: Any, **_: Any) -> Any:
        return whose if isinstance(element, BindParameter) and element.key == _WHOSE else None

    theirs = cast(Select[Any], replacement_traverse(rows, {}, of_each)).lateral("theirs")
    return select(whose, *theirs.c, position).select_from(each.join(theirs, true()))
