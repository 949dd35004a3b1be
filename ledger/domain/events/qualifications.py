"""What shifts may ask of volunteers, as codes: never a birth date."""

from datetime import date
from enum import StrEnum

from ledger.domain.events.volunteers import VolunteerEvent
from ledger.domain.text import Code


class AgeBand(StrEnum):
    """All that the log knows of somebody's age. A minor serves with a guardian's consent only."""

    ADULT = "adult"
    MINOR = "minor"
    CONSENTED_MINOR = "minor-with-consent"

    def spoken(self, language: str = "en") -> str:
        """The word that people use."""
        return _BANDS_ZH[self] if language == "zh" else self.value


_BANDS_ZH = {
    AgeBand.ADULT: "成年人",
    AgeBand.MINOR: "未成年人",
    AgeBand.CONSENTED_MINOR: "已获监护人同意的未成年人",
}


class AgeBandNoted(VolunteerEvent, frozen=True, kw_only=True, tag="age-band-noted"):
    """A volunteer is of an age band from the event's day."""

    band: AgeBand


class SkillRecognised(VolunteerEvent, frozen=True, kw_only=True, tag="skill-recognised"):
    """A volunteer has a skill from the event's day; `until` is the first day on which it counts no more."""

    skill: Code
    until: date | None


class SkillEnded(VolunteerEvent, frozen=True, kw_only=True, tag="skill-ended"):
    """A volunteer's skill counts no more from the event's day."""

    skill: Code
