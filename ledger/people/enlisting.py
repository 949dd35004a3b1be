"""Writing people into the directory before the log learns of them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from sqlalchemy import Connection

from ledger.people.directory import Directory, Volunteer


def enlist(
    directory: Directory,
    persons: Iterable[Volunteer],
    known: Mapping[str, Volunteer],
    registered: Callable[[Collection[str]], Collection[str]],
    *,
    within: Connection | None = None,
) -> None:
    """Write whom the log is about to learn of, so that no id in it ever stands for nobody.

    `known` is what the directory says now of their numbers, and `within` settles who has them; `registered` tells which
    of some ids the log knows. Somebody known whom the log does not know is left over from a run that was cut off: the
    new entry adopts them.
    """
    other = [one for one in persons if known.get(one.number) != one]
    there = registered([one.volunteer for one in other if one.number in known])
    directory.put([one for one in other if one.volunteer not in there], within=within)
