"""When two spellings of a text are one."""

import unicodedata


def normal(text: str) -> str:
    """The text after NFKC, stripped, each inner run of white space made one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def same_name(name: str) -> str:
    """The form under which two spellings of a public name are the same: NFKC, case folded, white space dropped."""
    folded = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    # What white space kept apart, such as a letter and an accent, is one again.
    return unicodedata.normalize("NFKC", folded)
