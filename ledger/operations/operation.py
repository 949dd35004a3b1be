"""What every question and every action declares, whichever door it is asked at."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from ledger.operations.access import Access
from ledger.operations.words.said import EN, in_language
from ledger.operations.words.summaries import SUMMARIES


class Operation(Struct, frozen=True, kw_only=True):
    """The name of an operation, by which words tell what it does, and who may ask for it.

    `subject` names the things that it is about, which a caller names first: a path has a place for each. `example`
    gives a value for each of them, and for the `query` or the `body`, as a test will send it. `problems` are codes
    that only some operations can have, and this one does, beside those of its command.
    """

    name: str
    access: Access
    subject: tuple[str, ...] = ()
    example: Mapping[str, object] = MappingProxyType({})
    problems: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What it does, in a sentence of English."""
        return self.summary_in(EN)

    def summary_in(self, language: str) -> str:
        """What it does, in a sentence of a language."""
        return in_language(SUMMARIES[self.name], language)
