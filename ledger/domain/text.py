"""The kinds of string that a fact may hold, each bounded in length and free of control and bidi characters."""

import re
from typing import Annotated

from msgspec import Meta

_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"
)

HIDDEN = re.compile(rf"[{_UNSEEN}\u2800\ufe00-\ufe0f\ufff0-\ufff8\U00013441\U00013442\U00016fe4\U0001d159]")
"""A letter that shows nothing, or only changes how the one before it shows. What was recorded may hold some that no
`Label` keeps out: how a stored fact is read never narrows, so that new names alone are held against this."""

Label = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{_UNSEEN}]{{1,200}}\Z")]
"""The public name of a community, team, organisation, programme, venue, activity or service content: 1 to 200
visible characters. Never the name of a person."""

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]
"""A word of a closed or registered list, in kebab-case: a role, a reason, a source."""

ExternalId = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{_UNSEEN}]{{1,100}}\Z")]
"""Somebody else's own id of a thing, such as an office's record number."""

Tag = Annotated[str, Meta(pattern=rf"^[^{_UNSEEN}]{{1,200}}\Z")]
"""A handle under which facts are found in the log."""

Trace = Annotated[str, Meta(pattern=r"^[0-9a-f][0-9a-f-]{15,63}\Z")]
"""The id of a request, by which logs of other systems are matched: hexadecimal, so that it tells nothing of anybody."""

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in hexadecimal."""
