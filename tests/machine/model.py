"""The time bank in plain lists and dicts, written from the issue's and the design's words.

Nothing here comes from `ledger` or `projections`: two programs that know nothing of each other must agree. Of several
reasons to refuse, the one that counts is the first in the order in which a command's method names them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tests.machine.bounds import out_of_bounds
from tests.machine.model_appointments import Appointments
from tests.machine.model_parts import LONG_AGO, Refused, day_of
from tests.machine.model_presence import Presence
from tests.machine.model_redemptions import Redemptions

Said = Mapping[str, Any]


class Asked(NamedTuple):
    """One command as somebody says it: its name and its fields in plain values."""

    kind: str
    said: Said
    by: str
    key: str | None = None


class Answer(NamedTuple):
    """`recorded`, `replayed` or a refusal's code; and the position of the last fact, where there is one."""

    outcome: str
    position: int = 0


class Model(Presence, Redemptions, Appointments):
    """What is true, and what follows from a command."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = False
        self.name = ""
        self.answered: dict[tuple[str, str], tuple[str, Said, int]] = {}
        self.newest = LONG_AGO

    def time_is(self, clock: datetime) -> None:
        """A commit begins at this moment of the clock: it tells the day, but the log's own time never goes back."""
        self.now, self.at = clock, max(clock, self.newest)
        self.today = day_of(clock)

    def ask(self, asked: Asked) -> Answer:
        """What the answer must be; and let it be so."""
        kind, said, by, key = asked
        if out_of_bounds(kind, said):
            return Answer("invalid-input")
        earlier = None if key is None else self.answered.get((by, key))
        if earlier is not None:
            same = earlier[:2] == (kind, said)
            return Answer("replayed", earlier[2]) if same else Answer("key-reused")
        if not self.opened and kind != "open_ledger":
            return Answer("not-open")
        before, self.by = self.head, by
        try:
            getattr(self, kind)(**said)
        except Refused as refused:
            assert self.head == before, "a refusal changes nothing"
            return Answer(refused.code)
        self.newest = self.at
        if key is not None:
            self.answered[by, key] = (kind, said, self.head)
        return Answer("recorded", self.head)

    def name_ledger(self, name: str) -> None:
        self.refuse("name-unchanged", self.name == name)
        self.name = name
        self.record()

    def open_ledger(self, origin: str, zone: str) -> None:
        self.refuse("already-open", self.opened)
        self.opened = True
        self.record()
