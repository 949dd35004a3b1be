"""What is told of an exception."""

import contextlib
import errno
import io
import json
import logging
import sqlite3
import sys

import pytest

from ledger.hosting import logs
from ledger.hosting.logs import Records
from ledger.hosting.traces import traced

NAME = "王秀兰"


def deep(more: int) -> None:
    if more:
        deep(more - 1)
    raise ValueError(NAME)


def raised(call: object) -> BaseException:
    with pytest.raises(BaseException) as found:  # noqa: PT011
        call()  # type: ignore[operator]
    return found.value


def test_an_exception_is_its_type_and_where_it_came_through():
    [told] = traced(raised(lambda: deep(0)))
    assert told["type"] == "ValueError"
    assert "test_traces:" in told["frames"][-1]
    assert told["frames"][-1].endswith(" deep")


def test_whatever_led_to_it_or_is_grouped_in_it_is_told_once():
    first = KeyError(NAME)
    group = ExceptionGroup(NAME, [first, ExceptionGroup(NAME, [OSError(errno.ENOSPC, NAME)])])
    second = RuntimeError(NAME)
    second.__cause__, first.__context__ = group, second
    told = traced(second)
    assert [one["type"] for one in told] == [
        "RuntimeError",
        "ExceptionGroup",
        "KeyError",
        "ExceptionGroup",
        "OSError",
    ]
    assert told[-1]["code"] == "ENOSPC"
    assert NAME not in str(told)


def test_what_was_raised_from_none_is_told_alone():
    error = ValueError(NAME)
    error.__context__, error.__suppress_context__ = KeyError(NAME), True
    assert [one["type"] for one in traced(error)] == ["ValueError"]


def test_a_database_s_own_word_is_told():
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        failed = raised(lambda: connection.execute(f"SELECT {NAME}"))
    assert traced(failed)[0]["code"] == "SQLITE_ERROR"


def test_a_long_way_is_cut_in_the_middle():
    [told] = traced(raised(lambda: deep(500)))
    assert len(told["frames"]) == 41
    assert told["frames"].count("…") == 1
    many = ExceptionGroup("many", [ValueError(NAME) for _ in range(500)])
    assert len(traced(many)) == 20


def test_a_record_that_cannot_be_logged_is_not_printed(monkeypatch: pytest.MonkeyPatch):
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    monkeypatch.setattr(logging, "raiseExceptions", False)
    Records().emit(logging.LogRecord("ledger.x", logging.ERROR, "x.py", 1, "%d of %s", (NAME,), None))
    assert NAME not in said.getvalue()


def test_what_others_say_is_left_out_and_what_we_say_is_not(monkeypatch: pytest.MonkeyPatch):
    told: list[dict[str, object]] = []

    class Heard:
        def log(self, level: int, event: str, **more: object) -> None:
            told.append({"level": level, "event": event, **more})

    monkeypatch.setattr(logs, "_log", Heard())
    for name in ("asyncio", "projections.running.inline", "_granian"):
        record = logging.LogRecord(name, logging.ERROR, "common.py", 7, "the view %s broke", ("x",), None)
        Records().emit(record)
    assert [(one["logger"], one["event"]) for one in told] == [
        ("asyncio", "told by a library"),
        ("projections.running.inline", "the view x broke"),
        ("_granian", "the view x broke"),
    ]
    json.dumps(told)
