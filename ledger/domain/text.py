"""The kinds of string that a fact may hold, each bounded in length and free of control and bidi characters."""

import unicodedata
from typing import Annotated

from msgspec import Meta

_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    r"\ud800-\udfff\U000e0000-\U000e0fff"
)

Label = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{_UNSEEN}]{{1,200}}\Z")]
"""The public name of a community, team, organisation, programme, venue, activity or service content: 1 to 200
visible characters. Never the name of a person."""

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]
"""A word of a closed or registered list, in kebab-case: a role, a reason, a source."""

ExternalId = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{_UNSEEN}]{{1,100}}\Z")]
"""Somebody else's own id of a thing, such as an office's record number."""

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in hexadecimal."""


def same_name(name: str) -> str:
    """The form under which two spellings of a public name are the same: NFKC, case folded, white space dropped."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
