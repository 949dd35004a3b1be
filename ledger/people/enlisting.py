"""Writing people into the directory before the log learns of them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from ledger.people.persons import Volunteer


def enlist(
    put: Callable[[Collection[Volunteer]], None],
    persons: Iterable[Volunteer],
    known: Mapping[str, Volunteer],
    registered: Callable[[Collection[str]], Collection[str]],
) -> None:
    """Write whom the log is about to learn of, so that no id in it ever stands for nobody.

    `put` writes them into the directory, and `known` is what it says now of their numbers; `registered` tells which of
    some ids the log knows. Somebody known whom the log does not know is left over from a run that was cut off: the
    new entry adopts them.
    """
    other = [one for one in persons if known.get(one.number) != one]
    there = registered([one.volunteer for one in other if one.number in known])
    put([one for one in other if one.volunteer not in there])
