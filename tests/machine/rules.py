"""Everything that can happen, in any order."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ledger.application import Receipt
from ledger.domain.commands import Refusal
from tests.machine import saying as s
from tests.machine.agreeing import (
    assert_a_follower_has_the_same,
    assert_a_rebuild_gives_the_same,
    assert_views_agree,
)
from tests.machine.model import Answer, Asked
from tests.machine.opening import opening_words
from tests.machine.rules_appointments import AppointmentRules
from tests.machine.rules_offers import OfferRules
from tests.machine.rules_people import PeopleRules
from tests.machine.rules_service import ServiceRules
from tests.machine.rules_visits import VisitRules
from tests.machine.talking import STARTS, Talking

some_time = s.seldom(
    st.sampled_from([24 * 60, 24 * 60, 48 * 60, 31 * 24 * 60, -1800]),
    st.sampled_from([1.5, 30, 30, 45, 60, 60, 120, 300, -60]),
    one_in=10,
)
"""How many minutes pass; the clock may be put back too."""

answers: Counter[tuple[str, str]] = Counter()
"""How often each command got each answer after the opening words, over all runs."""
steps: Counter[str] = Counter()
"""How many runs there were, and how many commands they sent after their opening words."""


class Running(Talking):
    """A run: each command is answered as the model says; the views are looked at now and then and at the end."""

    begun = False
    """Whether the opening words have been said."""

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.clock = start
        self.model.time_is(start)
        self.gathered = list(opening_words(self.day, self.clock))
        self.send_gathered()
        steps["runs"] += 1
        self.begun = True

    def compare(self, asked: Asked, answer: Receipt | Refusal, expected: Answer) -> None:
        super().compare(asked, answer, expected)
        if self.begun:
            answers[asked.kind, expected.outcome] += 1
            steps["commands"] += 1
        event(f"{asked.kind}: {expected.outcome}")

    @precondition(lambda self: self.asked)
    @rule(number=s.numbers)
    def ask_again(self, number: int) -> None:
        """The very same request, most often one that was recorded: under its key, or as something new."""
        if number % 2 and self.done:
            late = self.done[-12:]
            self.send(late[number // 4 % len(late)]._replace(key=None))
        else:
            choice = self.kept if self.kept and number % 4 else self.asked
            self.send(choice[number // 4 % len(choice)])

    @rule(minutes=some_time)
    def time_passes(self, minutes: float) -> None:
        """The clock goes on, or is put back."""
        self.clock += timedelta(minutes=minutes)

    @rule()
    def gather_or_send(self) -> None:
        """From now on commands wait; or those that waited are sent together."""
        if self.gathered is None:
            self.gathered = []
        else:
            self.send_gathered()

    @precondition(lambda self: self.gathered is None)
    @rule(what=st.sampled_from(["look", "rebuild", "follow", "open the file again", "open the ledger again"]))
    def pause(self, what: str) -> None:
        if what == "look":
            assert_views_agree(self.ledger, self.model)
        elif what == "rebuild":
            assert_a_rebuild_gives_the_same(self.ledger, self.model)
        elif what == "follow":
            assert_a_follower_has_the_same(self.ledger, self.settings, self.model)
        elif what == "open the file again":
            # Whatever was remembered is forgotten.
            self.opened.close()
            self.open_file()
        else:
            self.say("open_ledger", (s.OFFICE, None), origin="timebank", zone="Asia/Shanghai")


class TimeBankMachine(
    PeopleRules, ServiceRules, VisitRules, OfferRules, AppointmentRules, Running, RuleBasedStateMachine
):
    """All commands in any order."""


class ShiftMachine(ServiceRules, VisitRules, Running, RuleBasedStateMachine):
    """Shifts and what rests on them: among fewer commands, what meets seldom meets more often."""


class CounterMachine(ServiceRules, OfferRules, AppointmentRules, Running, RuleBasedStateMachine):
    """What is done at an office's counter: offers and redemptions, posts, titles and training."""


class EvenMachine(RuleBasedStateMachine):
    """A walk in which each rule is as likely as any other, at every step.

    Hypothesis leaves rules out of whole runs: a good way to find faults, but what takes three of them in a row is
    seldom met.
    """

    walk: type[TimeBankMachine | ShiftMachine | CounterMachine]

    def __init__(self) -> None:
        super().__init__()
        self.walking = self.walk()
        self.rules_there_are = self.walk.setup_state().rules

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.walking.begin(start)

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        fit = [one for one in self.rules_there_are if all(met(self.walking) for met in one.preconditions)]
        one = data.draw(st.sampled_from(fit))
        said = {name: data.draw(strategy) for name, strategy in one.arguments.items()}
        one.function(self.walking, **said)

    def teardown(self) -> None:
        self.walking.teardown()


class EvenTimeBankMachine(EvenMachine):
    walk = TimeBankMachine


class EvenShiftMachine(EvenMachine):
    walk = ShiftMachine


class EvenCounterMachine(EvenMachine):
    walk = CounterMachine
