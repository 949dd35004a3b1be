"""One ledger and one model that are told the same, and must give the same answers."""

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ledger.application import Ask, Receipt, request_tag
from ledger.bootstrap import Ledger, open_for_writing
from ledger.domain.commands import Refusal
from ledger.settings import Settings
from tests.machine import saying as s
from tests.machine.agreeing import (
    assert_a_follower_has_the_same,
    assert_a_rebuild_gives_the_same,
    assert_a_replay_gives_the_same,
    assert_views_agree,
)
from tests.machine.commands import COMMANDS
from tests.machine.model import Answer, Asked, Model
from tests.machine.model_trees import LEVELS, Tree

STARTS = [datetime(2027, 12, 30, 3, tzinfo=UTC), datetime(2028, 2, 27, 15, 59, tzinfo=UTC)]
STARTS += [datetime(2026, 3, 31, 16, tzinfo=UTC), datetime(2026, 6, 29, 23, 30, tzinfo=UTC)]
"""Before a year's end, a 29 February and a quarter's end; one minute before midnight there, and at midnight."""


class Talking:
    """The plumbing: files, the clock, and commands that are sent alone or gathered and sent together."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.folder = self.closing.enter_context(tempfile.TemporaryDirectory(prefix="timebank-machine-"))
        self.clock = STARTS[0]
        self.model = Model()
        self.model.time_is(self.clock)
        self.asked: list[Asked] = []
        self.given: list[str] = []
        self.kept: list[Asked] = []
        self.done: list[Asked] = []
        self.gathered: list[Asked] | None = None
        self.disagreed = False
        self.open_file()

    def open_file(self) -> None:
        self.opened = ExitStack()
        urls = [f"sqlite:///{Path(self.folder) / name}.sqlite" for name in ("ledger", "directory")]
        self.settings = Settings(*urls)
        self.ledger: Ledger = self.opened.enter_context(
            open_for_writing(self.settings, create=True, now=lambda: self.clock)
        )

    def teardown(self) -> None:
        try:
            if not self.disagreed:
                self.send_gathered()
                self.agree_at_last()
        finally:
            self.opened.close()
            self.closing.close()

    def agree_at_last(self) -> None:
        """Hold everything against the model once nothing more is said."""
        assert_a_replay_gives_the_same(self.ledger, self.model)
        assert_views_agree(self.ledger, self.model)
        # Each is slow: half of the runs end with the one, half with the other.
        if len(self.asked) % 2:
            assert_a_rebuild_gives_the_same(self.ledger, self.model)
        else:
            assert_a_follower_has_the_same(self.ledger, self.settings, self.model)

    def day(self, days: int | None) -> date | None:
        """So many days from today."""
        return None if days is None else self.model.today + timedelta(days=days)

    def community(self, number: int) -> str:
        """A community, most often one in use."""
        there = self.model.communities if number % 6 == 0 else in_use(self.model.communities)
        return picked(number, there, s.COMMUNITY_IDS)

    def leaf(self, number: int) -> str:
        """A community, most often one with none beneath it."""
        there = in_use(self.model.communities)
        above = [self.model.communities[one]["parent"] for one in there]
        return picked(number, [one for one in there if number % 3 == 0 or one not in above], s.COMMUNITY_IDS)

    def partner(self, change: str, community: str, number: int) -> str:
        """Another community, most often one that the change may go to."""
        level = self.model.communities.get(community, {"level": "village"})["level"]
        wanted = [level] if change == "merge_community" else LEVELS[: LEVELS.index(level)]
        there = in_use(self.model.communities)
        fit = [one for one in there if self.model.communities[one]["level"] in wanted and one != community]
        return picked(number, fit, s.COMMUNITY_IDS)

    def team(self, number: int) -> str:
        """A team, most often one in use."""
        there = self.model.teams if number % 6 == 0 else in_use(self.model.teams)
        return picked(number, there, s.TEAM_IDS)

    def new(self, number: int, known: Iterable[str], pool: Sequence[str]) -> str:
        """An id, most often one that nothing has yet."""
        return picked(number, set(pool).difference(known), pool)

    def volunteer(self, number: int, *standings: str) -> str:
        """A volunteer, most often one in good standing, or of the standings wanted."""
        wanted = standings or ("active",)
        fit = [who for who in self.model.volunteers if self.model.standing(who, self.model.today) in wanted]
        return picked(number, fit, s.VOLUNTEER_IDS)

    def member(self, number: int) -> str:
        """A volunteer, most often one who is in a team."""
        members = [who for who in self.model.volunteers if self.model.team(who, self.model.today)]
        return picked(number, members, s.VOLUNTEER_IDS)

    def record(self, decision: str, number: int) -> str:
        """A record, most often one on which the decision may be taken, or that waits to be sent."""
        state = "counted" if decision == "reverse_service" else "reported"
        odd = number % 6 == 0
        ripe = [record for record, one in self.model.records.items() if odd or one["state"] == state]
        ripe += [asked.said["service"]["record"] for asked in self.gathered or () if "service" in asked.said]
        return picked(number, ripe, s.RECORD_IDS[:20])

    def assignment(self, volunteer: str, number: int) -> str:
        stays = self.model.volunteers.get(volunteer, {"stays": ()})["stays"]
        return picked(number, stays, ["asg_n01", "asg_n02"])

    def pool(self, number: int) -> str:
        """A community, most often one with credits in its pool."""
        full = [one for one in self.model.communities if self.model.accounts.get(f"pool:{one}")]
        return picked(number, full, s.COMMUNITY_IDS)

    def place(self, place: s.Place | None, days: int | None) -> dict[str, Any] | None:
        """A place in a team from a day on; its end is counted from there."""
        if place is None:
            return None
        assignment, team, until = place
        ends = None if until is None else self.day((days or 0) + until)
        return {"assignment": assignment, "team": self.team(team), "role": "member", "until": ends}

    def say(self, kind: str, who: s.Who, /, **said: Any) -> None:
        self.send(Asked(kind, said, *who))

    def send(self, asked: Asked) -> None:
        if self.gathered is not None:
            self.gathered.append(asked)
            return
        self.disagreed = True
        self.model.time_is(self.clock)
        expected = self.model.ask(asked)
        ask = as_ask(asked)
        try:
            answer: Receipt | Refusal = self.ledger.bank.handle(ask.command, by=ask.by, key=asked.key)
        except Refusal as refusal:
            answer = refusal
        self.compare(asked, answer, expected)

    def send_gathered(self) -> None:
        gathered, self.gathered = self.gathered, None
        if gathered:
            self.disagreed = True
            self.model.time_is(self.clock)
            expected = [self.model.ask(asked) for asked in gathered]
            given = self.ledger.bank.handle_many(as_ask(asked) for asked in gathered)
            for asked, answer, wanted in zip(gathered, given, expected, strict=True):
                self.compare(asked, answer, wanted)

    def compare(self, asked: Asked, answer: Receipt | Refusal, expected: Answer) -> None:
        outcome = told(answer)
        assert outcome == expected, f"{asked}: {answer!r}, but the model says {expected}"
        if isinstance(answer, Receipt) and not answer.replayed:
            for recorded in answer.events:
                assert (recorded.event.at, recorded.event.by) == (self.model.at, asked.by)
        self.asked.append(asked)
        self.given.append(outcome.outcome)
        if outcome.outcome == "recorded":
            self.done.append(asked)
            if asked.key is not None:
                self.kept.append(asked)
        self.disagreed = False


def in_use(tree: Tree) -> list[str]:
    return [one for one, node in tree.items() if not node["ended"]]


def picked(number: int, there: Iterable[str], pool: Sequence[str]) -> str:
    """Mostly something that is there; now and then anything."""
    some = sorted(there)
    # Not for 0 and 9,999, which Hypothesis is fond of.
    anything = number % 8 == 3 or not some
    return pool[number // 8 % len(pool)] if anything else some[number // 8 % len(some)]


def as_ask(asked: Asked) -> Ask:
    """The command as an interface would make it, of plain values; the bank itself holds them to their bounds."""
    command = COMMANDS[asked.kind](**asked.said)
    return Ask(command, asked.by, None if asked.key is None else request_tag(asked.by, asked.key))


def told(answer: Receipt | Refusal) -> Answer:
    if isinstance(answer, Refusal):
        assert answer.sentence("en") != answer.sentence("zh")
        return Answer(answer.code)
    return Answer("replayed" if answer.replayed else "recorded", answer.position)
