"""What help says of the office's commands: the operations' words, in the language of the terminal."""

import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import click
import pytest

import ledger.cli
from ledger.cli import main
from ledger.cli.acts.made import Line, Made, words_of
from ledger.cli.words.counter import GROUPS, MORE, SUMMARIES_HERE
from ledger.cli.words.counter_words import WORDS
from ledger.cli.words.options import OPTIONS, OTHERWISE
from ledger.cli.words.tools import TOOLS
from tests.commands import commands_of

IDEOGRAPH = re.compile("[\u3000-\u303f\u4e00-\u9fff]")
FOR_PROGRAMS = re.compile(r"\b(null|UTC|[a-z]+ id;|true|false)\b")
UNTOLD = {
    *("demo --volunteers", "demo --activities", "audit receipt position", "completion shell"),
    *(f"audit {one} folder" for one in ("bundle", "replay")),
    *(f"export {one}" for one in ("hledger file", "beancount file", "parquet folder")),
    "import log folder",
}
"""Of what nothing is said beyond its own name."""
AS_IT_IS_TYPED = re.compile(
    r"`[^`]*`|\S+://\S+|--[a-z-]+|\[::1\]:\d+|\b[A-Z]+(_[A-Z]+)+\b|\b[a-z]{3}_(\b|[a-z]+(=\d+)?)"
    r"|\.?\b[\w-]*\.(xlsx|xls|ods|csv|txt|pem|sqlite)\b|\.(xlsx|xls|ods|csv)\b|pip install '[^']*'|/docs"
    r"|\bexample\.org/\w+|NAME@09:30|\d{4}-\d\d-\d\dT\d\d:\d\d|(?<=默认：)[\w/-]+|\b[a-z-]+(?=（)|\b[a-z]+=\d+"
)
"""Commands, addresses, options, variables, ids, names of files, instants, defaults, and codes with what they mean."""
ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9+/_-]*")
SAME_IN_BOTH = {
    *("API", "HTTP", "JSON", "MB", "IPv6", "C2SP", "tlog-witness", "Ctrl-C", "SIGTERM"),
    *("zsh", "fish", "hledger", "beancount", "Fava", "Parquet", "DuckDB", "Polars", "pyarrow", "Python"),
    *(
        "Prometheus",
        "PostgreSQL",
        "Asia/Shanghai",
        "timebank-data",
        "followed",
        "GPS",
        "wgs84",
        "N",
        "check-in",
    ),
    *("volunteer", "coordinator", "integration", "adult"),
}
"""Names of programs, formats, signals, folders and codes."""
COLUMNS = re.compile(
    "（小时）|（社区）|[\u4e00-\u9fff（）]+(?=(, | and | or |[.;)]|$))|(?<=and )[\u4e00-\u9fff（）]+"
)
"""What a file's columns are called, and what stands in them."""
WALK = "import json; from tests.cli.test_helps import helps; print(json.dumps(dict(helps())))"


def typed(one: click.Parameter) -> str:
    """An option as it is typed, or an argument's own name."""
    return one.opts[0] if isinstance(one, click.Option) else str(one.name)


def helps() -> Iterator[tuple[str, str]]:
    """Whatever help says of the program, its groups, commands, options and arguments, by what is told of."""

    def walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        yield " ".join(path), command.help or ""
        for one in command.get_params(click.Context(command)):
            where = " ".join((*path, typed(one)))
            if where not in UNTOLD:
                yield where, getattr(one, "help", None) or ""
        if isinstance(command, click.Group):
            for name, inner in commands_of(command):
                yield from walk(inner, (*path, name))

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
    assert len(told(locale)) > 800
    for where, text in told(locale).items():
        assert text, where
        assert FOR_PROGRAMS.search(text) is None, (where, text)


def english_in(text: str) -> set[str]:
    """The English words of a Chinese text, but for names and for what is typed as it stands."""
    return {*ENGLISH.findall(AS_IT_IS_TYPED.sub("", text))} - SAME_IN_BOTH


def test_a_chinese_terminal_is_told_helps_in_chinese():
    for where, text in told("zh_CN.UTF-8").items():
        assert IDEOGRAPH.search(text), (where, text)
        assert not english_in(text), (where, text)


def test_another_terminal_is_told_helps_in_english():
    for where, text in told("C.UTF-8").items():
        said = COLUMNS.sub("", text) if where.startswith("import ") else text
        assert IDEOGRAPH.search(said) is None, (where, text)


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


def lines(group: click.Group = main) -> Iterator[Line]:
    """How each operation is typed."""
    for _, command in commands_of(group):
        if isinstance(command, click.Group):
            yield from lines(command)
        elif isinstance(command, Made):
            yield command._line


def places(group: click.Group = main, *words: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group, by its words."""
    for name, command in commands_of(group):
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from places(command, *words, name)


def test_no_words_are_of_an_operation_or_a_word_that_is_not_typed():
    typed = {line.operation: {word.name for word in words_of(line)} for line in lines()}
    assert not {*SUMMARIES_HERE, *MORE, *WORDS} - {*typed}
    for operation, words in WORDS.items():
        assert words.keys() <= typed[operation], operation
    groups = {words[-1] for words, command in places() if isinstance(command, click.Group)}
    assert {*GROUPS} <= groups


def test_no_words_are_of_a_tool_or_an_option_that_there_is_not():
    there = {" ".join(words): command for words, command in places() if not isinstance(command, Made)}
    assert {*TOOLS} <= {*there}
    taken = {
        (place, typed(one) if isinstance(one, click.Option) else typed(one).upper())
        for place, command in there.items()
        # Asked otherwise, in a context of no program, each would keep a `--help` that knows no `-h`.
        for one in command.params
    }
    shared = {"--version", "--help", "--all", "--key"}
    assert {*OPTIONS} <= {name for _, name in taken} | shared
    assert {*OTHERWISE} <= taken | {(place.partition(" ")[0], name) for place, name in taken}


def test_every_command_that_is_written_can_be_called():
    called = {id(command) for _, command in commands_of(main)}
    for one in pkgutil.walk_packages(ledger.cli.__path__, "ledger.cli."):
        if one.name.endswith("__main__"):
            continue
        written = [each for each in vars(import_module(one.name)).values() if isinstance(each, click.Command)]
        grouped = {
            id(each) for group in written if isinstance(group, click.Group) for _, each in commands_of(group)
        }
        assert {id(each) for each in written} - grouped - {id(main)} <= called, one.name


def usages() -> Iterator[str]:
    """Whatever stands for a value in a line of usage, or beside an option."""

    def walk(command: click.Command) -> Iterator[str]:
        context = click.Context(command)
        yield " ".join(command.collect_usage_pieces(context))
        for one in command.get_params(context):
            if not isinstance(one.type, click.Choice) and not getattr(one, "is_flag", False):
                yield one.make_metavar(context)
        if isinstance(command, click.Group):
            for _, inner in commands_of(command):
                yield from walk(inner)

    return walk(main)


def test_what_stands_for_a_value_is_chinese_in_chinese():
    code = "from tests.cli.test_helps import usages; print(*usages())"
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    said = done.stdout.decode()
    assert "[选项] 志愿者" in said
    assert not set(re.findall("[A-Z][A-Z_]*", said))
