"""What the directory knows of people."""

import secrets
from typing import NamedTuple


class Volunteer(NamedTuple):
    """What the directory knows of a volunteer.

    `salt` (64 hex digits) keys the commitments that the log holds; when it is erased, nobody can tell any more what
    they committed to.
    """

    volunteer: str
    number: str
    name: str
    phone: str
    sex: str
    remark: str
    salt: str


class PersonInCharge(NamedTuple):
    """Who answers for activities of a unit; no two of a unit have one name."""

    person: str
    unit: str
    name: str


def new_salt() -> str:
    """A salt for a new volunteer."""
    return secrets.token_hex(32)
