"""The installed program: how fast it helps, what it leaves with, and which stream says what."""

import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from ledger.bootstrap import STAFF, open_for_writing
from ledger.cli import main
from ledger.cli.office import shift_commands, venue_commands
from ledger.cli.tools import init, keeping_commands
from ledger.demo.showing import COUNTY
from ledger.domain.events import AgeBand, Crs, Level
from ledger.domain.policy import PRESETS
from ledger.exchange.importing import Desk
from ledger.folders import DEFAULT_FOLDER
from ledger.settings import read_settings
from projections.figures.boards import Board
from tests.cli.conftest import ANN, SCRIPT, Counter, County, refused, run, script
from tests.commands import commands_of
from tests.programs import Program

pytestmark = pytest.mark.slow

OTHERWISE = {("audit", "verifier"), ("completion",), ("serve",), ("witness",)}
"""What prints a program, or serves until it is stopped."""


def commands(group: click.Group = main, *words: str) -> Iterator[tuple[str, ...]]:
    """The words of every command that there is."""
    for name, command in commands_of(group):
        if isinstance(command, click.Group):
            yield from commands(command, *words, name)
        else:
            yield (*words, name)


BOARD = ("leaderboard", "--by", "volunteers", "--period", "all")


@pytest.mark.parametrize(
    ("words", "option"), [((), "-h"), (("import", "hours"), "--help"), (("projections", "rebuild"), "-h")]
)
def test_help_comes_at_once(words: tuple[str, ...], option: str):
    started = processor_seconds()
    helped = script(*words, option)
    # The bar is 0.3 s on an idle machine. The tests may share theirs, so that what it waits is no measure.
    assert processor_seconds() - started < 1.5
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "Usage: timebank" in helped.stdout
    assert run(*words, "-h").stdout == run(*words, "--help").stdout


def processor_seconds() -> float:
    """What the programs took that were started and have ended."""
    taken = os.times()
    return taken.children_user + taken.children_system


def test_help_imports_nothing_heavy():
    heavy = {"sqlalchemy", "msgspec", "ledger.bootstrap", "ledger.exchange", "psycopg", "rich.progress"}
    code = f"import sys, ledger.cli; print({heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_balance_waits_for_nothing_that_it_does_not_ask(counter: Counter):
    # Each was read in once. With all of them it took a quarter longer.
    heavy = {
        *("rich.console", "rich.table", "ledger.operations.action", "ledger.operations.registering"),
        *(
            "ledger.cli.acts.helps",
            "ledger.cli.acts.recording",
            "ledger.exchange.importing",
            "python_calamine",
        ),
        *("ledger.store.made", "projections.running.following", "projections.running.rebuilding"),
        *("projections.figures.rollups", "projections.figures.past", "projections.leaderboards"),
        *("projections.redemptions", "projections.activities", "projections.contributions"),
        *("psycopg", "litestar", "cryptography", "jwt", "structlog", "eventsourcing"),
    }
    words = ["balance", ANN, "--data", str(counter.folder)]
    code = (
        f"import sys, ledger.cli; ledger.cli.main({words!r}, standalone_mode=False)\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *balance, imported = done.stdout.splitlines()
    assert balance[0].startswith(ANN)
    assert imported == "[]"


def test_auditors_waited_for_an_application_that_was_not_served():
    # Whoever serves reads it in with a process of its own.
    tools = ", ".join(f"ledger.cli.tools.{name}" for name in ("audit", "serving"))
    code = f"import sys, {tools}; print('litestar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("words", sorted({*commands()} - OTHERWISE), ids=" ".join)
def test_every_command_takes_data_and_json_and_helps(words: tuple[str, ...]):
    helped = run(*words, "-h")
    assert helped.exit_code == 0
    for option in ("--data", "--json", "--help"):
        assert option in helped.stdout


def test_help_names_completion_exit_codes_and_the_environment():
    helped = run("-h").stdout
    for text in ("_TIMEBANK_COMPLETE=bash_source", "TIMEBANK_DATABASE_URL", "Exit codes"):
        assert text in " ".join(helped.split())


def test_help_tells_the_defaults_that_hold():
    def said(*words: str) -> str:
        return " ".join(run(*words, "-h").stdout.replace("│", "").split())

    for default in init.DEFAULTS.values():
        assert f"[default: {default}]" in said("init")
    assert f"[default: {STAFF}]" in said("import", "hours")
    assert f"[default: {Desk.__dataclass_fields__['source'].default}]" in said("import", "hours")
    assert f"[default: {Board(by='teams', period='all').level}]" in said("leaderboard")
    assert DEFAULT_FOLDER in said("balance")
    for level in Level:
        assert level in said("leaderboard")


def test_every_age_band_and_system_of_coordinates_can_be_chosen():
    assert set(shift_commands.AGES) == set(AgeBand)
    assert set(venue_commands.CRS) == set(Crs)


def test_every_preset_can_be_chosen():
    choice = next(one for one in keeping_commands.init.params if one.name == "policy").type
    assert isinstance(choice, click.Choice)
    assert set(choice.choices) == set(PRESETS)


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete "), ("zsh", "#compdef"), ("fish", "complete ")]
)
def test_completion_is_a_script_for_the_shell(shell: str, sign: str):
    assert sign in run("completion", shell).stdout


def leaves_of(group: click.Group) -> Iterator[click.Command]:
    """The commands of a group and of those within it."""
    for _, command in commands_of(group):
        if isinstance(command, click.Group):
            yield from leaves_of(command)
        else:
            yield command


def test_the_function_that_a_tool_names_takes_what_is_typed():
    tools = [one for one in leaves_of(main) if hasattr(one.callback, "done_by")]
    assert len(tools) > 20
    for tool in tools:
        assert tool.callback is not None
        module, _, name = tool.callback.__dict__["done_by"].rpartition(".")
        function = getattr(import_module(f"ledger.cli.tools.{module}"), name)
        typed = {one.name for one in tool.params} | set(tool.callback.__dict__["given"])
        signature = inspect.signature(function)
        about = () if "data" in signature.parameters else (None,) if {"data", "as_json"} <= typed else ()
        said = typed - {"data", "as_json"} if about else typed
        signature.bind(*about, **dict.fromkeys(str(one) for one in said))


def test_words_are_completed():
    completed = script(
        environment={
            "_TIMEBANK_COMPLETE": "bash_complete",
            "COMP_WORDS": "timebank leaderboard --by ",
            "COMP_CWORD": "3",
        }
    )
    assert completed.stdout.split() == ["plain,volunteers", "plain,teams", "plain,communities"]


def test_the_version_is_told():
    assert script("--version").stdout.startswith("timebank, version 0.")


def test_it_runs_as_a_module_too():
    done = subprocess.run(
        [sys.executable, "-m", "ledger.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("timebank, version 0.")


def test_data_go_to_stdout_and_errors_to_stderr(county: County):
    right = script(*BOARD, "--json", "--data", county.folder)
    assert (right.returncode, right.stderr) == (0, "")
    assert json.loads(right.stdout)["items"]

    wrong = script("balance", "nobody", "--data", county.folder)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Error: Invalid value for 'VOLUNTEER': there is no volunteer nobody")
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("leaderboard", "--period", "all", "--by", "teams", "--around", "nobody"), "--around"),
        (("signup", "no-show", "nobody", "shi_1234"), "WHO"),
        (("post", "leave", "nobody", "liaison"), "WHO"),
        (("visit", "list", "nobody"), "VOLUNTEER"),
    ],
)
def test_errors_pointed_at_what_the_api_calls_a_word_that_was_typed(
    county: County, words: tuple[str, ...], where: str
):
    wrong = run(*words, "--data", county.folder)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith(f"Error: Invalid value for '{where}': there is no ")


def test_json_is_utf_8_and_readable_whatever_the_terminal_speaks(county: County):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    words = ["contributions", "石桥镇", "--period", "all", "--data", str(county.folder)]
    done = subprocess.run([SCRIPT, *words, "--json"], capture_output=True, env=environment, check=True)
    assert "石桥社区" in done.stdout.decode()
    spoken = subprocess.run([SCRIPT, *words], capture_output=True, env=environment, check=True)
    assert b"????" in spoken.stdout


@pytest.mark.parametrize(
    "words", [("balance",), ("balance", "x", "--nothing"), ("nothing",), ("leaderboard", "--by", "teams")]
)
def test_wrong_usage_leaves_with_2(words: tuple[str, ...]):
    assert refused(*words, code=2)["code"] == "usage"
    plain = run(*words)
    assert (plain.exit_code, plain.stdout) == (2, "")
    assert plain.stderr.startswith("Error: ")


def test_reading_works_while_somebody_writes_and_writing_names_who(tmp_path: Path):
    assert run("init", "--data", tmp_path).exit_code == 0

    def elsewhere(*words: object) -> tuple[int, str, str]:
        program = Program(*words, "--data", tmp_path)
        said, complaints = program.communicate()
        return program.wait(), said, complaints

    with open_for_writing(read_settings(tmp_path, {})):
        assert elsewhere("projections", "list")[0] == 0
        held = elsewhere("import", "communities", COUNTY / "communities.xlsx")
        code, _, told = elsewhere("projections", "rebuild", "--json")

    assert held[:2] == (3, "")
    assert f"held by process {os.getpid()} " in held[2]
    error = json.loads(told)["error"]
    assert (code, error["code"]) == (3, "store-held")
    assert str(os.getpid()) in error["message"]


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody@127.0.0.1:1/none", "mysql://host/name", "no url at all", "sqlite://"],
)
def test_a_store_that_cannot_be_reached_leaves_with_3(url: str):
    for words in (("init",), ("balance", "x"), ("projections", "check")):
        assert refused(*words, url=url, code=3)["message"]


def test_without_a_ledger_the_hint_is_init(tmp_path: Path, postgres_url: str):
    for words in (("balance", "x"), BOARD, ("projections", "check"), ("projections", "rebuild")):
        for place in ({"data": tmp_path / "none"}, {"url": postgres_url}):
            data = ("--data", place["data"]) if "data" in place else ()
            error = refused(*words, *data, url=str(place.get("url", "")), code=3)
            assert error["code"] == "no-ledger"
            assert "timebank init" in error["message"]
    assert not (tmp_path / "none").exists()


def test_a_reader_that_goes_away_is_no_error(county: County):
    words = [*BOARD, "--data", str(county.folder), "--json"]
    with subprocess.Popen(
        [SCRIPT, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, "")


def test_bytes_that_are_no_text_are_an_error_of_usage(county: County):
    done = subprocess.run(
        [SCRIPT, "balance", b"\xff\xfe", "--data", county.folder], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    # As a program finds them among its words.
    assert run("statement", os.fsdecode(b"\xff\xfe"), "--data", county.folder).exit_code == 2
