"""The program `timebank`, also as `python -m ledger.cli`: it begins and ends without what a short command can spare."""

import atexit
import gc
import os
import sys
import threading

_NEW_BEFORE_A_LOOK = 100_000


def run() -> None:
    """Run with the command line's words, and leave with an exit code."""
    # What a command imports stays until the end: the collector would look through it a hundred times.
    gc.set_threshold(_NEW_BEFORE_A_LOOK)
    from ledger.cli import main

    try:
        main()
    except SystemExit as left:
        if threading.active_count() == 1 and (left.code is None or isinstance(left.code, int)):
            _leave(left.code or 0)
        raise


def _leave(code: int) -> None:
    """End at once: the process gives all of its memory back anyway, and need not look for who still uses what."""
    atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
