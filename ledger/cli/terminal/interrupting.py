"""Being told to end in the middle of something that leaves nothing half done."""

import contextlib
import signal
from collections.abc import Generator


@contextlib.contextmanager
def tidy_at_the_end() -> Generator[None]:
    """As long as this lasts, SIGTERM is what Ctrl-C is: what was begun is taken back before the program ends."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
