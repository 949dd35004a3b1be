"""What each operation does, in a sentence, by its name."""

from collections.abc import Mapping

from ledger.operations.words.parts import gathered
from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = gathered("SUMMARIES")
