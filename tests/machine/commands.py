"""Every command there is, by the name that the model has for it."""

import re

from ledger.domain.commands import Command, Malformed
from tests.scenario import every


def said_as(kind: type[Command]) -> str:
    """`sign_up` for `SignUp`."""
    return re.sub("(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


COMMANDS: dict[str, type[Command]] = {
    said_as(kind): kind
    for kind in every(Command)
    if kind is not Malformed and kind.decide is not Command.decide
}
