"""When two spellings of a text are one, and which letters show nothing."""

import re
import unicodedata

UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"
)
"""Control and bidi characters and the like, as a class of a pattern, that no text of a fact holds."""

HIDDEN = re.compile(rf"[{UNSEEN}\u2800\ufe00-\ufe0f\ufff0-\ufff8\U00013441\U00013442\U00016fe4\U0001d159]")
"""A letter that shows nothing, or only changes how the one before it shows. What was recorded may hold some that no
`Label` keeps out: how a stored fact is read never narrows, so that new names alone are held against this."""


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
