"""The scheme's rules as data, adopted whole with an effective date."""

from typing import Annotated

from msgspec import Meta, Struct

from ledger.domain.minutes import MINUTES_A_DAY, MOST_MINUTES
from ledger.domain.text import Code

Positive = Annotated[int, Meta(gt=0, le=1_000_000)]


class Rate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many credit minutes for so many minutes served: a pair of integers, never a float.

    Bounded so that what a full day earns is never more than one movement carries.
    """

    served: Positive
    credits: Annotated[int, Meta(ge=0, le=MOST_MINUTES // MINUTES_A_DAY)]


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One version of a scheme.

    `floor` is the lowest balance in minutes that spending may leave on an account. `stars` are the service minutes
    that one, two, three … stars ask for. `margin` is how many minutes more than somebody was checked in may count.
    `hold_days` are the days after which the hold of a redemption may be released.

    Fields left at their defaults are left out of what is stored: a default stays what it is for ever.
    """

    name: Code
    version: Positive
    rate: Rate
    floor: Annotated[int, Meta(ge=-MOST_MINUTES, le=0)]
    stars: Annotated[tuple[Annotated[int, Meta(gt=0, le=MOST_MINUTES)], ...], Meta(max_length=20)]
    margin: Annotated[int, Meta(ge=0, le=MINUTES_A_DAY)] = 0
    hold_days: Annotated[int, Meta(ge=1, le=366)] = 30

    def credits_for(self, served: int) -> int:
        """The credit minutes that `served` minutes of one day earn, rounded down."""
        return served * self.rate.credits // self.rate.served

    def stars_for(self, service_minutes: int) -> int:
        """How many stars a total of service minutes has reached."""
        reached = 0
        for step in self.stars:
            reached += service_minutes >= step
        return reached


STANDARD = Policy(
    name="standard",
    version=1,
    rate=Rate(served=1, credits=1),
    floor=0,
    stars=tuple(hours * 60 for hours in (100, 300, 600, 1000, 1500)),
)
"""One minute served earns one credit minute; stars as in the 2012 consultation text on volunteer records."""

PRESETS = {STANDARD.name: STANDARD}
