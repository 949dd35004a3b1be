"""The model's posts, organisations and designations, each from a day until another; and training."""

from datetime import date
from typing import Any

from tests.machine.model_people import People, holds, share_a_day
from tests.machine.model_trees import in_use, spelling

Dated = dict[str, dict[str, Any]]


class Appointments(People):
    def __init__(self) -> None:
        super().__init__()
        self.tenures: Dated = {}
        self.attachments: Dated = {}
        self.designations: Dated = {}
        self.trainings: Dated = {}
        self.terms: dict[tuple[str, str], tuple[str, str]] = {}

    def take_post(
        self, tenure: str, volunteer: str, community: str, post: str, until: date | None, day: date | None
    ) -> None:
        time = self.refuse_no_time(self.tenures, tenure, day, until)
        self.refuse_stranger(volunteer, time["since"])
        self.refuse_inactive(volunteer, time["since"])
        self.refuse("unknown-community", not in_use(self.communities, community))
        said = {"volunteer": volunteer, "community": community, "post": post}
        self.begin("post-held", self.tenures, tenure, time, said)

    def rows_of_posts(self) -> list[tuple[Any, ...]]:
        return [
            (tenure, *(one[what] for what in ("volunteer", "community", "post")), *time_told(one))
            for tenure, one in sorted(self.tenures.items())
        ]

    def leave_post(self, tenure: str, day: date | None) -> None:
        self.end(self.tenures, tenure, day)

    def attach_organisation(
        self,
        *,
        attachment: str,
        organisation: str,
        community: str,
        until: date | None,
        day: date | None,
        **more: str,
    ) -> None:
        """`more` are its name and kind: they may differ from one attachment to the next."""
        time = self.refuse_no_time(self.attachments, attachment, day, until)
        self.refuse("unknown-community", not in_use(self.communities, community))
        said = {"organisation": organisation, "community": community}
        self.begin("already-attached", self.attachments, attachment, time, said, more)

    def detach_organisation(self, attachment: str, day: date | None) -> None:
        self.end(self.attachments, attachment, day)

    def grant_designation(
        self,
        *,
        designation: str,
        name: str,
        community: str | None,
        team: str | None,
        until: date | None,
        day: date | None,
        **more: Any,
    ) -> None:
        """`more` are who granted it, and the funding that came with it."""
        time = self.refuse_no_time(self.designations, designation, day, until)
        self.refuse("invalid-input", (community is None) == (team is None))
        self.refuse("unknown-community", community is not None and not in_use(self.communities, community))
        self.refuse("unknown-team", team is not None and not in_use(self.teams, team))
        said = {"community": community, "team": team, "spelt": spelling(name)}
        more["name"] = name
        self.begin("already-designated", self.designations, designation, time, said, more)

    def end_designation(self, designation: str, day: date | None) -> None:
        self.end(self.designations, designation, day)

    def complete_training(
        self, *, training: str, volunteer: str, until: date | None, day: date | None, **said: Any
    ) -> None:
        """`said` are its name, content, minutes and organiser."""
        since = day or self.today
        self.refuse("already-recorded", training in self.trainings)
        self.refuse("future-day", since > self.today)
        self.refuse("empty-time", until is not None and until <= since)
        self.refuse("not-registered", volunteer not in self.volunteers)
        said |= {"volunteer": volunteer, "since": since, "until": until, "annulled": None}
        self.trainings[training] = said
        self.record()

    def annul_training(self, training: str, reason: str) -> None:
        self.refuse("unknown-training", training not in self.trainings)
        self.refuse("already-annulled", self.trainings[training]["annulled"])
        self.trainings[training]["annulled"] = reason
        self.record()

    def define_term(self, kind: str, code: str, zh: str, en: str) -> None:
        self.refuse("term-unchanged", self.terms.get((kind, code)) == (zh, en))
        wanted = {spelling(zh), spelling(en)}
        for (of, other), labels in self.terms.items():
            taken = (of, other) != (kind, code) and of == kind and wanted & {*map(spelling, labels)}
            self.refuse("label-taken", taken)
        self.terms[kind, code] = zh, en
        self.record()

    def rows_of_terms(self) -> list[tuple[Any, ...]]:
        return sorted((*of, *labels) for of, labels in self.terms.items())

    def refuse_no_time(self, known: Dated, one: str, day: date | None, until: date | None) -> dict[str, Any]:
        """From when until when, under an id that nothing had before."""
        since = day or self.today
        self.refuse("already-recorded", one in known)
        self.refuse("empty-time", until is not None and until <= since)
        return {"since": since, "until": until}

    def begin(
        self,
        code: str,
        known: Dated,
        one: str,
        time: dict[str, Any],
        said: dict[str, Any],
        more: dict[str, Any] | None = None,
    ) -> None:
        """Something holds from now on, unless the same holds on one of its days."""
        for other in known.values():
            same = all(other[name] == value for name, value in said.items())
            self.refuse(code, same and share_a_day(other, time))
        known[one] = {**time, **said, **(more or {})}
        self.record()

    def end(self, known: Dated, one: str, day: date | None) -> None:
        when = day or self.today
        self.refuse("does-not-hold", one not in known or not holds(known[one], when))
        known[one]["until"] = when
        self.record()


def time_told(stay: dict[str, Any]) -> tuple[str, str | None]:
    """From when until when something holds, as views tell it."""
    return str(stay["since"]), None if stay["until"] is None else str(stay["until"])
