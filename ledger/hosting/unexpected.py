"""Whatever goes wrong in a process of a server, wherever that is: it is told in the log, and in the log's way only.

Python and its libraries print what an exception says, and some print the source beside it, to standard error.
"""

import logging
import sys
import threading
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

from ledger.hosting.logs import Records, set_up_logs
from ledger.store.errors import NewerSchema, NoKey, NoLedger, StoreHeld, StoreUnavailable

_log = structlog.get_logger("timebank")


def tell_in_log(level: str) -> None:
    """From now on, tell of everything that fails in this process as the log does, from a level on."""
    set_up_logs(level)
    # What libraries tell below a warning says nothing without its words.
    root = logging.getLogger()
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))
    root.handlers[:] = [Records()]
    # It would print the words of a record that cannot be logged.
    logging.raiseExceptions = False
    sys.excepthook = _raised
    sys.unraisablehook = _unraisable
    threading.excepthook = _raised_in_thread
    warnings.showwarning = _warned


def logging_of_granian() -> dict[str, Any]:
    """The settings of granian's logging, which brings handlers of its own: what it tells goes where everything goes."""
    return {"loggers": {"_granian": {"handlers": [], "propagate": True}, "granian.access": {"handlers": []}}}


@contextmanager
def beginning() -> Generator[None]:
    """End the process, with a line in the log, where it cannot begin: its parent would print what was raised."""
    try:
        yield
    except (StoreUnavailable, StoreHeld, NoLedger, NewerSchema, NoKey) as error:
        _log.error("not started", reason=str(error))
        raise SystemExit(1) from None
    except Exception as error:
        _log.error("not started", exc_info=error)
        raise SystemExit(1) from None


def _raised(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    _log.error("failed", exc_info=error)


def _raised_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        _log.error("failed", exc_info=told.exc_value)


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    _log.error("failed", exc_info=told.exc_value)


def _warned(
    _message: Warning | str, category: type[Warning], filename: str, lineno: int, *_rest: Any
) -> None:
    _log.warning("warned", type=category.__name__, place=f"{Path(filename).stem}:{lineno}")
