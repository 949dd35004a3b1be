"""What shifts may ask of a volunteer: an age band and skills, as somebody entitled to has noted them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, Refusal, Seen
from ledger.domain.events import AgeBand, AgeBandNoted, Event, SkillEnded, SkillRecognised
from ledger.domain.ids import VolunteerId
from ledger.domain.stays import EmptyTime
from ledger.domain.text import Code
from ledger.domain.volunteer_state import NotRegistered, TooEarly, affairs_of


class AlreadySo(Refusal):
    """The log says so already."""

    code = "already-so"
    en = "This is known of {volunteer} already."
    zh = "{volunteer} 已有此项登记。"


class NoSuchSkill(Refusal):
    """The volunteer has no such skill on that day."""

    code = "no-such-skill"
    en = "{volunteer} does not have the skill {skill} on {day}."
    zh = "{volunteer} 在 {day} 没有技能 {skill}。"


class ConsentMissing(Refusal):
    """A minor serves with a guardian's consent only."""

    code = "consent-missing"
    en = "{volunteer} is a minor, and no guardian's consent is noted."
    zh = "{volunteer} 未成年，尚未登记监护人同意。"


class NotEligible(Refusal):
    """The shift asks for what the volunteer is not known to be or have: one of some age bands, or a skill."""

    code = "not-eligible"
    en = "This shift asks for {wanted}, which is not noted of {volunteer}."
    zh = "该班次要求 {wanted}，{volunteer} 未登记符合此项。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the age bands as people say them: any one will do. A skill has its code only."""
        wanted = str(self.details["wanted"]).split(", ")
        words = [AgeBand(one).spoken(language) if one in _BANDS else one for one in wanted]
        return {**self.details, "wanted": ("或" if language == "zh" else " or ").join(words)}


_BANDS = frozenset(AgeBand)


class Qualifications(Fold):
    """A volunteer's age band and skills, day by day."""

    types: ClassVar = frozenset({AgeBandNoted, SkillRecognised, SkillEnded})

    def __init__(self, about: str) -> None:
        """Nothing noted."""
        self._volunteer = about.partition(":")[2]
        self._bands: list[tuple[date, AgeBand]] = []
        self._skills: dict[str, list[tuple[date, date | None]]] = {}

    def see(self, event: Event) -> None:
        """Note what was said."""
        match event:
            case AgeBandNoted():
                self._bands.append((event.on, event.band))
                self._bands.sort(key=lambda noted: noted[0])
            case SkillRecognised():
                self._skills.setdefault(event.skill, []).append((event.on, event.until))
            case SkillEnded():
                self._skills[event.skill] = [
                    (since, event.on if since <= event.on and (until is None or event.on < until) else until)
                    for since, until in self._skills[event.skill]
                ]
            case _:
                raise TypeError(event)

    def band(self, day: date) -> AgeBand | None:
        """The age band of a day, None if none is noted."""
        return next((band for since, band in reversed(self._bands) if since <= day), None)

    def has(self, skill: str, day: date) -> bool:
        """Whether the volunteer has a skill on a day."""
        return any(
            since <= day and (until is None or day < until) for since, until in self._skills.get(skill, ())
        )

    def skills(self, day: date) -> list[str]:
        """The skills of a day, by code."""
        return [skill for skill in sorted(self._skills) if self.has(skill, day)]

    def refuse_unfit(self, ages: tuple[AgeBand, ...], skills: tuple[str, ...], day: date) -> None:
        """Refuse with ConsentMissing or NotEligible whoever may not serve on a shift that asks for these."""
        band = self.band(day)
        if band is AgeBand.MINOR:
            raise ConsentMissing(volunteer=self._volunteer)
        if ages and band not in ages:
            raise NotEligible(volunteer=self._volunteer, wanted=", ".join(ages))
        for skill in skills:
            if not self.has(skill, day):
                raise NotEligible(volunteer=self._volunteer, wanted=skill)


def qualifications_of(volunteer: str) -> Facts[Qualifications]:
    """The boundary line of what is noted of one volunteer."""
    return Facts(Qualifications, tags.about(volunteer))


class _QualificationCommand(Command, frozen=True, kw_only=True):
    """Something to be noted of a volunteer, from `day` on, today unless said."""

    volunteer: VolunteerId
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (affairs_of(self.volunteer), qualifications_of(self.volunteer))

    def effective(self, seen: Seen) -> date:
        """The day from which it holds; refuses who is not registered by then."""
        day = self.day or seen.today
        seen[affairs_of(self.volunteer)].refuse_before(day)
        return day


class NoteAgeBand(_QualificationCommand, frozen=True, kw_only=True):
    """Note a volunteer's age band."""

    refusals: ClassVar = (AlreadySo, NotRegistered, TooEarly)

    band: AgeBand

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        if seen[qualifications_of(self.volunteer)].band(day) is self.band:
            raise AlreadySo(volunteer=self.volunteer)
        return (AgeBandNoted(on=day, volunteer=self.volunteer, band=self.band),)


class RecogniseSkill(_QualificationCommand, frozen=True, kw_only=True):
    """Note that a volunteer has a skill; `until` is the first day on which it counts no more."""

    refusals: ClassVar = (AlreadySo, EmptyTime, NotRegistered, TooEarly)

    skill: Code
    until: date | None = None

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        if self.until is not None and self.until <= day:
            raise EmptyTime(day=day.isoformat(), until=self.until.isoformat())
        if seen[qualifications_of(self.volunteer)].has(self.skill, day):
            raise AlreadySo(volunteer=self.volunteer)
        return (SkillRecognised(on=day, volunteer=self.volunteer, skill=self.skill, until=self.until),)


class EndSkill(_QualificationCommand, frozen=True, kw_only=True):
    """Let a volunteer's skill count no more."""

    refusals: ClassVar = (NoSuchSkill, NotRegistered, TooEarly)

    skill: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        if not seen[qualifications_of(self.volunteer)].has(self.skill, day):
            raise NoSuchSkill(volunteer=self.volunteer, skill=self.skill, day=day.isoformat())
        return (SkillEnded(on=day, volunteer=self.volunteer, skill=self.skill),)
