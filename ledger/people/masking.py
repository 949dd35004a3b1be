"""Names as strangers may see them: 王*兰."""

import unicodedata
from collections.abc import Iterator

MASK = "*"

_ZERO_WIDTH_JOINER = "\u200d"


def masked(name: str) -> str:
    """A name, masked: of what people see as one character, each that is hidden becomes one `*`.

    A name in ideographs or syllables keeps its first and its last character, one of two characters its first (王兰 is
    王*); in any other script each word keeps its first letter (Ann Lee is A** L**). What stands alone is hidden.
    """
    characters = list(_characters(_of_whole_pairs(name).strip()))
    if any(unicodedata.east_asian_width(one[0]) in "WF" and not one.isspace() for one in characters):
        return "".join(_whole(characters))
    return "".join(_by_word(characters))


def _whole(characters: list[str]) -> Iterator[str]:
    last = len(characters) - 1
    for place, one in enumerate(characters):
        shown = (place == 0 and last > 0) or (place == last and last > 1)
        yield one if shown else MASK


def _by_word(characters: list[str]) -> Iterator[str]:
    begins = True
    for place, one in enumerate(characters):
        if one[0].isspace():
            yield " "
        else:
            goes_on = place + 1 < len(characters) and not characters[place + 1][0].isspace()
            yield one if begins and goes_on else MASK
        begins = one[0].isspace()


def _characters(text: str) -> Iterator[str]:
    """What people see as one character each, near enough: a letter with its marks, a picture with its parts."""
    so_far = ""
    for one in unicodedata.normalize("NFC", text):
        if so_far and _belongs(so_far, one):
            so_far += one
            continue
        if so_far:
            yield so_far
        so_far = one
    if so_far:
        yield so_far


def _belongs(so_far: str, one: str) -> bool:
    """Whether a code point is part of the character before it."""
    kind = unicodedata.category(one)
    if kind in {"Mn", "Mc", "Me", "Cf"} or "\U0001f3fb" <= one <= "\U0001f3ff":
        return True
    # Letters that somebody joined without a width are letters even so: hidden they would show a whole name.
    return kind == "So" and so_far.endswith(_ZERO_WIDTH_JOINER)


def _of_whole_pairs(text: str) -> str:
    """The text with halves of surrogate pairs put together, and what is half for good as the sign for that."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
