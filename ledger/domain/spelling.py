"""When two spellings of a text are one."""

import unicodedata

from ledger.domain.text import HIDDEN


def normal(text: str) -> str:
    """The text after NFKC, stripped, each inner run of white space made one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def same_name(name: str) -> str:
    """The form under which two spellings of a public name, or of a volunteer number, are the same.

    It is NFKC, case folded, without white space and without letters that show nothing.
    """
    folded = HIDDEN.sub("", "".join(unicodedata.normalize("NFKC", name).casefold().split()))
    # What white space kept apart, such as a letter and an accent, is one again.
    return unicodedata.normalize("NFKC", folded)
