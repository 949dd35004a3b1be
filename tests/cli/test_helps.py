"""What help says of the office's commands: the operations' words, in the language of the terminal."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import click
import pytest

from ledger.cli import main
from ledger.cli.acts.made import Made

IDEOGRAPH = re.compile("[\u3000-\u303f\u4e00-\u9fff]")
FOR_PROGRAMS = re.compile(r"\b(null|HTTP|UTC|[a-z]+ id;|true|false)\b")
ENGLISH = re.compile(r"(?<![`(\[/=_.-])\b[A-Za-z][a-z]+ [a-z]+ [a-z]+\b")
WALK = "import json; from tests.cli.test_helps import helps; print(json.dumps(dict(helps())))"


def helps() -> Iterator[tuple[str, str]]:
    """Whatever help says of the groups and commands that are made of the catalogue, by what is told of."""

    def walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from walk(inner, (*path, name))
        if isinstance(command, Made):
            context = click.Context(command)
            yield " ".join(path), command.help or ""
            for one in command.get_params(context):
                if one.name != "help":
                    yield " ".join((*path, one.opts[0])), getattr(one, "help", None) or ""

    return walk(main, ())


@cache
def told(locale: str) -> dict[str, str]:
    """All helps on a terminal of a language."""
    environment = {**os.environ, "LC_ALL": locale}
    done = subprocess.run(
        [sys.executable, "-c", WALK], capture_output=True, text=True, check=True, env=environment
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_every_help_is_told_and_speaks_of_nothing_that_programs_alone_meet(locale: str):
    assert len(told(locale)) > 500
    for where, text in told(locale).items():
        assert text, where
        assert FOR_PROGRAMS.search(text) is None, (where, text)


def test_a_chinese_terminal_is_told_helps_in_chinese():
    for where, text in told("zh_CN.UTF-8").items():
        assert IDEOGRAPH.search(text), (where, text)
        assert ENGLISH.search(text) is None, (where, text)


def test_another_terminal_is_told_helps_in_english():
    for where, text in told("C.UTF-8").items():
        assert IDEOGRAPH.search(text) is None, (where, text)


def test_a_word_that_names_something_tells_how_it_is_typed():
    for locale, venue, giver in (
        (
            "C.UTF-8",
            "The venue: an id (ven_…) or a name.",
            "The volunteer who gives: a volunteer number, or an id (vol_…).",
        ),
        ("zh_CN.UTF-8", "阵地：编号（ven_…）或名称。", "转出的志愿者：志愿者编号，或系统编号（vol_…）。"),
    ):
        assert told(locale)["venue close venue"] == venue
        assert told(locale)["transfer giver"] == giver


def test_the_default_of_a_field_is_told():
    assert told("C.UTF-8")["shift list --days"].endswith(" [default: 7]")
    assert told("zh_CN.UTF-8")["shift list --days"].endswith(" [默认：7]")
    assert "default" not in told("C.UTF-8")["leaderboard --period"], "it must be typed"
