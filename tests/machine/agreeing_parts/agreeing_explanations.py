"""Holding a volunteer's explanation against the statement and the balance, which it is made without."""

from sqlalchemy import Connection

from ledger.audit.explained import ExplainedLine
from ledger.audit.explanations import Explanation
from ledger.domain.events import ServiceReversed
from ledger.store.codec import type_name
from projections.lines import Line
from projections.registry import Views

_SHARED = tuple(set(Line._fields) - {"about", "day"})
_MOST = 10_000


def assert_explained(connection: Connection, views: Views, volunteer: str) -> None:
    held = views.balances.get(connection, volunteer)
    assert held is not None
    explanation = Explanation(connection, volunteer)
    assert explanation.balance == held
    lines = explanation.some(0, _MOST, "zh")
    stated = views.statement.of_volunteer(connection, volunteer, limit=_MOST)
    assert [shared(one) for one in lines] == [shared(one) for one in stated]
    assert [line.day.isoformat() for line in lines] == [line.day for line in stated]
    assert explanation.some(2, 3, "zh") == lines[2:5]
    for line in lines:
        assert_traced(line, {one.position: one for one in lines})


def assert_traced(line: ExplainedLine, lines: dict[int, ExplainedLine]) -> None:
    """Every minute has its fact, every credit that service earned its policy, and what is undone says by what."""
    assert line.service_minutes or line.credit_minutes or line.policy
    positions = [fact.position for fact in line.facts]
    assert line.position in positions
    assert positions == sorted(set(positions))
    if line.event.startswith("service-"):
        assert line.policy is not None
        assert abs(line.credit_minutes) == (
            abs(line.service_minutes) * line.policy.credits // line.policy.served
        )
        assert line.policy.adopted < line.position
    if line.event == type_name(ServiceReversed):
        assert line.takes_back is not None
    if line.takes_back is not None:
        assert line.takes_back < line.position
        assert lines[line.takes_back].taken_back_by == line.position
        assert lines[line.takes_back].thing == line.thing


def shared(line: ExplainedLine | Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in _SHARED}
