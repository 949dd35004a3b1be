"""`timebank` with shorter limits for callers who keep it waiting, in the processes that it starts too."""

import sys

from ledger.cli import main
from ledger.hosting import connections, listening, processes

HEAD_SECONDS = 5
BODY_SECONDS = 8.0
TAKING_SECONDS = 8
"""Longer than it takes on a busy machine until all callers have come, and a third of what they are elsewhere."""

# A process that the first one starts reads its program anew, by this name.
if __name__ in {"__main__", "__mp_main__"}:
    for module, name, seconds in (
        (processes, "HEAD_SECONDS", HEAD_SECONDS),
        (connections, "BODY_SECONDS", BODY_SECONDS),
        (listening, "TAKING_SECONDS", TAKING_SECONDS),
    ):
        setattr(module, name, seconds)
if __name__ == "__main__":
    sys.exit(main())
