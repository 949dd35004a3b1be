"""`python -m tests.api.write_access` writes down who may do what, as the routes declare it, for people to review.

For each route and each caller: `allowed`, or the status with which they are refused. `own` is what is the volunteer's,
or lies in the coordinator's community; `other` is what is not. Where nothing could be somebody else's, both are alike.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from ledger.api.routes import Route
from ledger.api.server.app import handlers
from ledger.operations.callers import Role

PATH = Path(__file__).parents[1] / "data" / "access.json"
COMMAND = "python -m tests.api.write_access"
ALLOWED = "allowed"
NOBODY = "nobody"
SCOPED = (Role.VOLUNTEER, Role.COORDINATOR)


def routes() -> Iterator[tuple[str, Route]]:
    """Every route that has a policy, with its method."""
    for handler in handlers():
        if "route" in handler.opt:
            (method,) = handler.http_methods
            yield method, handler.opt["route"]


def declared(route: Route) -> dict[str, str]:
    """What each caller may expect of a route."""
    access = route.access
    if access.roles is None:
        return {NOBODY: ALLOWED}
    told = {NOBODY: "401"}
    for role in Role:
        own = ALLOWED if role in access.roles else "403"
        if role in SCOPED:
            told[f"{role} own"] = own
            told[f"{role} other"] = "404" if access.about and own == ALLOWED else own
        else:
            told[role.value] = own
    return told


def snapshot() -> str:
    """All of it, a route a line."""
    table = {route.name: declared(route) for _, route in routes()}
    lines = [f"{json.dumps(name)}: {json.dumps(told)}" for name, told in sorted(table.items())]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    PATH.write_text(snapshot(), "utf-8", newline="\n")
