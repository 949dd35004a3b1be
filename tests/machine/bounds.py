"""What a field of a command may hold at all, whatever the rules say."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MOST_MINUTES = 1_000_000_000
MOST_DAYS = 7
RANGES = {
    "minutes": (1, MOST_MINUTES),
    "price": (1, MOST_MINUTES),
    "stock": (0, 1_000_000),
    "items": (1, 100),
    "waitlist": (0, 500),
    "places": (1, 500),
    "funding_fen": (0, 1_000_000_000_000),
    "latitude": (-90_000_000, 90_000_000),
    "longitude": (-180_000_000, 180_000_000),
    "participants": (0, 1_000_000_000),
}
SEEN = ("name", "theme", "content")


def out_of_bounds(kind: str, said: Mapping[str, Any]) -> bool:
    """Whether a number, a name, a code or a run of days is none that the ledger takes."""
    if "roles" in said and not 1 <= len(said["roles"]) <= 20:
        return True
    if kind == "define_term":
        # Its code is no venue's, by which people clock in.
        return not (visible(said["zh"]) and visible(said["en"]))
    if kind == "restock_offer":
        return not 1 <= said["items"] <= 1_000_000
    if "days" not in said:
        return any(not fits(name, value) for name, value in fields(said))
    return not 1 <= len(said["days"]) <= MOST_DAYS or any(
        not 0 < day["minutes"] <= 24 * 60 for day in said["days"]
    )


def fields(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every field with a plain value, those of what stands within others too."""
    for name, value in said.items():
        if isinstance(value, Mapping):
            yield from fields(value)
        elif isinstance(value, list):
            for one in value:
                yield from fields(one)
        elif value is not None:
            yield name, value


def fits(name: str, value: Any) -> bool:
    if name in RANGES:
        least, most = RANGES[name]
        return least <= value <= most
    if name == "code":
        return re.fullmatch("[A-Za-z0-9-]{6,64}", value) is not None
    return name not in SEEN or visible(value)


def visible(name: str) -> bool:
    """Whether a public name can be seen: not empty, not too long, without control and bidi characters."""
    return 0 < len(name.strip()) <= len(name) <= 200 and not any(
        char < " " or char == "\u202e" for char in name
    )
