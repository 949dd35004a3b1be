"""What the OpenAPI document says of those who call: their tokens, their roles, and whose affairs are theirs."""

from typing import Any

from ledger.operations.access import About, Access

BEARER: dict[str, Any] = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": """A JWT signed with Ed25519 (`EdDSA`). The ledger's office issues it (`timebank token issue`), or
whoever was given the private key. Its claims are `iss` (`timebank-ledger`), `aud` (the ledger's origin), `sub` (who
acts), `iat` and `exp` (at most 31 days apart), `role`, and for a coordinator `community`. It is not renewed: before it
ends the caller gets another one, and one that has ended is answered 401.

* `volunteer`: a person, whose id is `sub`. Reads and records what is their own, and reads what everybody may see.
* `coordinator`: staff of one community with all beneath it.
* `auditor`: reads everything, and records nothing.
* `integration`: another platform, such as a portal, that acts for people. Reads and records everything.
* `admin`: the association's office. Reads and records everything.

A coordinator reaches what belongs to their community or one beneath it: volunteers at home there, with their records,
redemptions and training; its teams, venues, activities, shifts, offers, posts, attachments and designations; and what
somebody from elsewhere does there, which are sign-ups for and visits at its shifts and venues, the posts that they hold
there, and redemptions of its offers. What a caller does not reach answers 404, as if it were not there.""",
}

IDEMPOTENCY = """The caller's own name of the request: sent again, it is answered and not done again.

Keys are the caller's own: the same one of another caller is another key. They are kept for ever. Only what was recorded
uses a key up, so that a refused request can be mended and sent under the same one; another request under a key that was
used is `key-reused`. With `dry_run=true` and a key that was used, the answer is what was recorded then."""

_WHOSE = {
    "volunteer": "a volunteer's own, or that of a coordinator in whose community the volunteer is at home",
    "record": "the volunteer's own, or that of a coordinator in whose community the volunteer is at home",
    "training": "the volunteer's own, or that of a coordinator in whose community the volunteer is at home",
    "sign-up": "the volunteer's own, or that of a coordinator of the volunteer's home or of the shift's community",
    "visit": "the volunteer's own, or that of a coordinator of the volunteer's home or of the place's community",
    "redemption": "the volunteer's own, or that of a coordinator of the volunteer's home or of the offer's community",
    "tenure": "the volunteer's own, or that of a coordinator of the volunteer's home or of the post's community",
    "community": "that of a coordinator of the community or of one above it",
}
_IN_A_COMMUNITY = "that of a coordinator of the community that it belongs to, or of one above that"


def who(access: Access) -> str:
    """Who may call an operation, and whose affairs it must be about."""
    if access.roles is None:
        return "Nobody need say who they are."
    roles = f"For the roles {', '.join(f'`{role}`' for role in sorted(access.roles))}."
    if not access.about:
        return roles
    named = "; ".join(_reached(about) for about in access.about)
    return f"{roles} For a volunteer or coordinator the affair must be theirs: {named}. Otherwise it is not found."


def _reached(about: About) -> str:
    given = "" if about.needed else ", where it is given,"
    return f"`{about.name}`{given} is {_WHOSE.get(about.kind, _IN_A_COMMUNITY)}"
