"""Cursors: the place where a page ended, sealed so that it is taken back only as it was given, and by that list."""

import base64
import hashlib
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ledger.operations.question import Moment
from ledger.operations.refused import Fault, Problem, wrong

MOST_CHARACTERS = 1500
"""A place may hold a label of 200 characters, which is 800 bytes at most, before it is told in base64."""

Text = Annotated[str, Meta(pattern=r"\A[^\x00]*\Z")]
"""Text in a place: PostgreSQL takes no NUL in any."""
Number = Annotated[int, Meta(ge=0, le=2**63 - 1)]

_DIGEST_BYTES = 16


def sealed(moment: Moment, place: Any) -> str:
    """A place, in what JSON can hold, as the cursor of the list that is asked for."""
    return _told(moment, msgspec.json.encode(place))


def place_in(moment: Moment, cursor: str, kind: Any) -> Any:
    """The place of a kind that a cursor of the list holds; raises a Problem for any text that the list did not give."""
    try:
        content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[_DIGEST_BYTES:]
        # Base64 has many spellings of the same bytes: only the one that was given is taken.
        if cursor != _told(moment, content):
            raise _unfit()
        return msgspec.json.decode(content, type=kind)
    except (ValueError, msgspec.DecodeError):
        raise _unfit() from None


def digest(moment: Moment, content: bytes) -> bytes:
    """A digest of what a list tells, of use within this ledger only.

    Its key is what only those know who hold the whole log: a digest that anybody could make would let them try out
    whose rows they are that it covers.
    """
    key = moment.ledger.opened().id.encode()
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES, key=key).digest()


def _told(moment: Moment, content: bytes) -> str:
    seal = digest(moment, _question(moment) + b"\n" + content)
    return base64.urlsafe_b64encode(seal + content).decode().rstrip("=")


def _question(moment: Moment) -> bytes:
    """What was asked, in one line: pages of any size go on from each other, whatever was waited for."""
    asked: dict[str, Any] = {
        name: value
        for name, value in msgspec.structs.asdict(moment.query).items()
        if name not in {"cursor", "limit", "min_position"}
    }
    return msgspec.json.encode([moment.question, sorted(moment.ids.items()), asked], order="sorted")


def _unfit() -> Problem:
    return wrong(Fault("it came from no page of this very list", "并非出自该列表", parameter="cursor"))
