"""A hint between threads of one process that something was appended."""

import threading


class AppendSignal:
    """Rings after each append. Only a hint: who waits must look at the log, and must look without it too."""

    def __init__(self) -> None:
        """Silent so far."""
        self._changed = threading.Condition()
        self.rings = 0

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._changed:
            self.rings += 1
            self._changed.notify_all()

    def wait(self, heard: int, seconds: float) -> None:
        """Wait until it has rung again since `rings` was `heard`, at most some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.rings != heard, seconds)
