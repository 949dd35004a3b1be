"""Money: whole fen (a hundredth of a yuan), bounded. The ledger notes it where a fact names a sum, and moves none."""

from typing import Annotated

from msgspec import Meta

MOST_FEN = 1_000_000_000_000
"""Ten thousand million yuan: a million such sums stay within 64 bits."""

Fen = Annotated[int, Meta(ge=0, le=MOST_FEN)]
