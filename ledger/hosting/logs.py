"""Structured logs: a JSON object a line, to standard error, without bodies and without personal data."""

import logging
import sys
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict

from ledger.hosting.traces import traced

LEVELS = ("debug", "info", "warning", "error")

_OURS = ("ledger.", "projections.")
_GRANIAN = "_granian"
_OF_PROCESSES = ("common", "mp")
"""Granian's modules that tell of its processes; its others tell what an application raised."""
_log = structlog.get_logger("timebank")


class _StandardError:
    """Whatever stands for standard error when something is written."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


class Records(logging.Handler):
    """Takes what is told by way of the standard library's logging, and of others than us only where they told it.

    Their words may hold values: asyncio's hold the exception of a task, a driver's what it could not store.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record."""
        try:
            told: dict[str, Any] = {"logger": record.name, "place": f"{record.module}:{record.lineno}"}
            if record.exc_info and record.exc_info[1] is not None:
                told["exc_info"] = record.exc_info[1]
            _log.log(record.levelno, record.getMessage() if _is_safe(record) else "told by a library", **told)
        except Exception:
            self.handleError(record)


def set_up_logs(level: str) -> None:
    """Log from a level on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _StandardError())),
        cache_logger_on_first_use=True,
    )


def _is_safe(record: logging.LogRecord) -> bool:
    """Whether the words of a record are known to hold no values."""
    if record.name == _GRANIAN:
        return record.module in _OF_PROCESSES and not record.exc_info
    return record.name.startswith(_OURS)


def _without_values(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Say of an exception what `traced` does."""
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = traced(error)
    return event
