"""Who somebody is, as an office tells it: read alike from a roster, a command line and a request."""

from typing import Annotated

from msgspec import Meta, Struct

from ledger.exchange import cells
from ledger.exchange.importing import Fault
from ledger.people.directory import Holders, Volunteer

Told = Annotated[str, Meta(max_length=1000)]
"""A text as somebody typed it, white space and all: what is left of it when it is tidied is shorter."""


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the directory is to know of a volunteer: `number` is how offices know them. None of it is in the log.

    Each is 200 visible characters at most, the number 100; white space around them and full width do not count.
    """

    number: Told
    name: Told
    phone: Told = ""
    sex: Told = ""
    remark: Told = ""


def tidied(person: Person) -> Person:
    """The same as the directory keeps it; raises the Fault of the first field that it does not take."""
    return Person(
        number=cells.number_in("number", person.number),
        name=cells.name_in("name", person.name),
        phone=cells.private_text_in("phone", person.phone),
        sex=cells.private_text_in("sex", person.sex),
        remark=cells.private_text_in("remark", person.remark),
    )


def refuse_several(holders: Holders, number: str) -> None:
    """Raise the Fault of a number that several have, each of whom spells it otherwise."""
    several = holders.several.get(number)
    if several:
        raise Fault(
            "volunteer", "several-have-number", ids=", ".join(sorted(one.volunteer for one in several))
        )


def entry(person: Person, volunteer: str, salt: str) -> Volunteer:
    """The directory's entry of a tidied person under an id."""
    return Volunteer(
        volunteer=volunteer,
        number=person.number,
        name=person.name,
        phone=person.phone,
        sex=person.sex,
        remark=person.remark,
        salt=salt,
    )
