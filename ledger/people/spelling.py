"""When two spellings of somebody's name are one."""

from functools import cache
from pathlib import Path

from ledger.domain.spelling import same_name

_PAIRS = Path(__file__).with_name("simplified.txt")
"""A traditional character and its simplified one, and so on: single characters of OpenCC's TSCharacters (Apache-2.0),
those that stand for one another made one."""
_DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･.", _DOT))
"""What offices write between the parts of a name."""


def one_name(name: str, other: str) -> bool:
    """Whether two spellings are of one name: full width, case, white space and traditional characters aside."""
    return name == other or _folded(name) == _folded(other)


def _folded(name: str) -> str:
    return same_name(name).translate(_DOTS).translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    pairs = "".join(_PAIRS.read_text("utf-8").split())
    return str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))
