"""The model's age bands and skills: each said for a day on, and the last word on a day holds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.machine.model_people import People, holds, last_word


class Qualities(People):
    def __init__(self) -> None:
        super().__init__()
        self.bands: dict[str, list[tuple[date, str]]] = {}
        self.skills: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def note_age_band(self, volunteer: str, band: str, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse("already-so", self.band(volunteer, when) == band)
        self.bands.setdefault(volunteer, []).append((when, band))
        self.record()

    def recognise_skill(self, volunteer: str, skill: str, until: date | None, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse("empty-time", until is not None and until <= when)
        self.refuse("already-so", self.has(volunteer, skill, when))
        self.skills.setdefault((volunteer, skill), []).append({"since": when, "until": until})
        self.record()

    def end_skill(self, volunteer: str, skill: str, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse("no-such-skill", not self.has(volunteer, skill, when))
        for stretch in self.skills[volunteer, skill]:
            if holds(stretch, when):
                stretch["until"] = when
        self.record()

    def band(self, volunteer: str, day: date) -> str:
        """The age band of a day; nothing if none is noted."""
        return last_word(self.bands.get(volunteer, []), day)

    def has(self, volunteer: str, skill: str, day: date) -> bool:
        return any(holds(stretch, day) for stretch in self.skills.get((volunteer, skill), []))

    def refuse_unqualified(
        self, volunteer: str, ages: Iterable[str], skills: Iterable[str], day: date
    ) -> None:
        """A minor serves with consent only; then one of the age bands, and every skill."""
        band = self.band(volunteer, day)
        self.refuse("consent-missing", band == "minor")
        self.refuse("not-eligible", ages and band not in ages)
        self.refuse("not-eligible", not all(self.has(volunteer, skill, day) for skill in skills))
