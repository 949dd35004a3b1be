"""What a process keeps in memory of the periods that were asked for last."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_MOST = 16

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LastAsked(Generic[K, V]):
    """Something kept for each of a few keys, for any thread; the one that was asked for longest ago goes first."""

    def __init__(self, make: Callable[[], V]) -> None:
        """Keep nothing yet; `make` gives what is kept at first of a key."""
        self._make = make
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: K) -> V:
        """What is kept of a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = self._make()
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return found
