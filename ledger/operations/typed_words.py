"""How somebody names a thing, in a path, in a body and on a command line."""

from typing import Annotated

from msgspec import Meta

from ledger.domain.text import Label

ME = "me"
NUMBER = "number"
"""The source of volunteer numbers: `number:QH2025000017`."""
NEW_CODE = "new-code"
"""The word that stands for a clock-in code that is made now."""

VolunteerName = Annotated[
    str,
    Meta(
        pattern=rf"^(?:{ME}|vol_[a-z0-9]{{3,32}}|{NUMBER}:[^\x00-\x1f\x7f]{{1,100}})\Z",
        description="A volunteer: our id, `me` for the volunteer who calls, or `number:` and the volunteer number.",
    ),
]
"""What a body takes where a command has the id of a volunteer."""

PersonName = Annotated[
    Label,
    Meta(
        description="Who is in charge: an id (per_…), or the name, which the directory keeps and the log does not."
    ),
]
"""What a body takes where a command has the id of a person in charge."""

TermName = Label
"""What a body takes where a command has the code of a kind, a role, a post, a reason, …: that, or what it is called."""

ThingName = Annotated[Label, Meta(description="A thing that has a name: our id, or that name.")]
"""What a body takes where a command has the id of a community, a team, a venue, an activity, a shift or an offer."""
