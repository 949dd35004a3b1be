"""An answer as it is told: its content as JSON, and a digest that changes with the content alone."""

import hashlib

from msgspec import Struct

from ledger.bootstrap import Ledger
from ledger.operations.asking import Enquiry, answer
from ledger.operations.discretion import FULL, Discretion


class Answer(Struct, frozen=True):
    """An answer's content without its position, and its ETag."""

    content: bytes
    etag: bytes


def encoded(told: Struct, discretion: Discretion = FULL, language: str = "en") -> Answer:
    """An answer to somebody who is told of others as a discretion says.

    Its ETag is a digest without the position: it changes when a fact, the directory or the language changes what is
    answered, and only then.
    """
    content = discretion.content(told, language)
    return Answer(content, etag_of(content))


def etag_of(content: bytes) -> bytes:
    """The weak ETag of some content."""
    return b'W/"%s"' % hashlib.blake2b(content, digest_size=12).hexdigest().encode()


def tell(ledger: Ledger, enquiry: Enquiry) -> tuple[int, Answer | None]:
    """The position and the answer as it goes out, None if the views have not got far enough; raises a Problem."""
    position, told = answer(ledger, enquiry)
    return position, None if told is None else as_told(enquiry, told)


def as_told(enquiry: Enquiry, told: Struct) -> Answer:
    """An answer to a question as it goes out to whoever asked."""
    return encoded(told, enquiry.discretion, enquiry.language)
