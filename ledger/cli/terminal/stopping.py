"""Being told to stop in the middle of something: it is finished, or taken back, and never left half done."""

import contextlib
import signal
from collections.abc import Callable, Generator
from dataclasses import dataclass
from types import FrameType


@contextlib.contextmanager
def handled(by: Callable[[int, FrameType | None], None], *signals: signal.Signals) -> Generator[None]:
    """As long as this lasts, some signals are handled otherwise than before."""
    before = {one: signal.signal(one, by) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def tidy_at_the_end() -> contextlib.AbstractContextManager[None]:
    """As long as this lasts, SIGTERM is what Ctrl-C is: what was begun is taken back before the program ends."""
    return handled(signal.default_int_handler, signal.SIGTERM)


@dataclass(slots=True)
class Request:
    """Somebody's wish that it stop: heard between two steps, and at once while it waits or if it is made again."""

    made: bool = False
    _waiting: bool = False

    def make(self, _signal: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        at_once = self.made or self._waiting
        self.made = True
        if at_once:
            raise KeyboardInterrupt

    def wait(self, rest: Callable[[], None]) -> None:
        """Rest, unless it was made already."""
        self._waiting = True
        # Looked at again only now: a signal from here on interrupts.
        if not self.made:
            rest()
        self._waiting = False
