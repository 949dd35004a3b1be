"""The kinds of string that a fact may hold, each bounded in length and free of control and bidi characters."""

from typing import Annotated

from msgspec import Meta

from ledger.domain.spelling import UNSEEN

Label = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{UNSEEN}]{{1,200}}\Z")]
"""The public name of a community, team, organisation, programme, venue, activity or service content: 1 to 200
visible characters. Never the name of a person."""

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]
"""A word of a closed or registered list, in kebab-case: a role, a reason, a source."""

ExternalId = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{UNSEEN}]{{1,100}}\Z")]
"""Somebody else's own id of a thing, such as an office's record number."""

Tag = Annotated[str, Meta(pattern=rf"^[^{UNSEEN}]{{1,200}}\Z")]
"""A handle under which facts are found in the log."""

Trace = Annotated[str, Meta(pattern=r"^[0-9a-f][0-9a-f-]{15,63}\Z")]
"""The id of a request, by which logs of other systems are matched: hexadecimal, so that it tells nothing of anybody."""

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in hexadecimal."""
