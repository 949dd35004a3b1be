"""A number or a moment that is typed has one spelling; others are refused before anything happens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from ledger.cli import main
from ledger.cli.terminal.numbers import DecimalNumber, WholeNumber
from ledger.cli.terminal.typed import as_degrees, as_fen
from tests.cli.conftest import ANN, BOB, Counter, refused, run
from tests.commands import commands_of

NO_NUMBERS = ["1_000", "+5", " 5", "5 ", "５", "٥", "05", "-0", "1e2", "5.0", "0x10", "", "true"]
NO_DECIMALS = ["1_0", "+1", " 1", "1e0", "１", "nan", "inf", ".5", "1.", ""]
NOBODY, NOTHING = click.Context(click.Command("nobody")), click.Option(["--nothing"])


def parameters(group: click.Group) -> Iterator[click.Parameter]:
    for _, command in commands_of(group):
        yield from parameters(command) if isinstance(command, click.Group) else command.params


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_thousand_with_an_underscore_was_a_thousand(counter: Counter, text: str):
    error = counter.refused("leaderboard", "--by", "volunteers", f"--limit={text}", code=2)
    assert "is no whole number, such as 30" in error["message"]


@pytest.mark.parametrize("text", ["1_000", "+5", "٥", "1e2", "5.0", "1.5", "0x10", "", "true"])
def test_minutes_are_a_whole_number_or_have_a_unit(counter: Counter, text: str):
    result = counter.run("transfer", ANN, BOB, "--", text)
    assert result.exit_code == 2
    assert "a duration is written 90, " in result.output


@pytest.mark.parametrize("text", NO_DECIMALS)
def test_seconds_have_one_spelling(tmp_path: Path, text: str):
    error = refused("projections", "follow", "--poll", text, "--data", tmp_path, code=2)
    assert "is no number, such as 0.5" in error["message"]


def test_every_number_is_read_in_one_spelling():
    kinds: dict[str, Any] = {str(one.name): one.type for one in parameters(main)}
    numbers = {name: kind for name, kind in kinds.items() if isinstance(kind, click.types.IntParamType)}
    decimals = {name: kind for name, kind in kinds.items() if isinstance(kind, click.types.FloatParamType)}
    assert numbers
    assert [name for name, kind in numbers.items() if not isinstance(kind, WholeNumber)] == []
    assert [name for name, kind in decimals.items() if not isinstance(kind, DecimalNumber)] == []


@pytest.mark.parametrize("text", ["007", "５", "+5", "1_0", "5.0"])
def test_a_position_has_one_spelling(counter: Counter, text: str):
    result = counter.run("balance", ANN, f"--known-at={text}")
    assert result.exit_code == 2
    assert "it is no position" in result.output


def test_bounds_are_told_as_before(counter: Counter):
    assert "x>=1" in counter.refused("transfer", ANN, BOB, "0", code=2)["message"]
    assert counter.run("transfer", ANN, BOB, "9" * 5_000).exit_code != 0


@pytest.mark.parametrize("text", ["45540", "４５５４０", "2026-09-05T09:00", "2026-09-05 09：00"])
def test_a_day_was_taken_from_a_time_or_a_serial_number(counter: Counter, text: str):
    error = counter.refused("volunteer", "register", "--community", "荷塘村", "--day", text, code=2)
    assert "a day is written 2026-09-05" in error["message"]
    assert "a day is written" in run("balance", ANN, "--as-of", text, "--data", counter.folder).output


def test_places_have_one_spelling(counter: Counter):
    times = ("--begins", "2027-01-01T09:00", "--ends", "10:00")
    error = counter.refused("shift", "publish", "act_none", *times, "--places", "guide=003", code=2)
    assert "is not a role and its places" in error["message"]


@pytest.mark.parametrize(
    "text", ["2026-W36-6T09:00", "2026-09-05T09:00:00,5", "2026-248T09:00", "²026-09-05T09:00"]
)
def test_an_instant_was_read_in_any_spelling_that_python_knows(fresh: Path, text: str):
    result = run("balance", "QH1", "--known-at", text, "--data", fresh)
    assert result.exit_code == 2
    assert "is no day with a time; write 2026-09-05T09:00" in result.output


@pytest.mark.parametrize("text", ["030.5,120", "30,-00", "30,1_0"])
def test_degrees_have_one_spelling(text: str):
    assert as_degrees(NOBODY, NOTHING, "-30.5,120") == (-30_500_000, 120_000_000)
    with pytest.raises(click.BadParameter):
        as_degrees(NOBODY, NOTHING, text)


@pytest.mark.parametrize("text", ["05", "5,0", ",5000", "5,000,", "50,00.5", "0,500", "5_000"])
def test_a_sum_has_one_spelling(text: str):
    assert [as_fen(NOBODY, NOTHING, one) for one in ("5,000.5", "5000.5", "0")] == [500_050, 500_050, 0]
    with pytest.raises(click.BadParameter):
        as_fen(NOBODY, NOTHING, text)
