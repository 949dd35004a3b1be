"""Tables and facts as people read them."""

import pytest
from rich.cells import cell_len

from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column, printable, table
from ledger.cli.words.wording import counted, signed

COLUMNS = (Column("Name"), Column("Beneath", under=True), Column("Minutes", right=True))
ROWS = [("科学蜂巢走进石桥镇", "QH2025", "90"), ("[red]a", "b", "1,440")]


def test_elsewhere_text_is_aligned_by_the_width_of_its_letters(capsys: pytest.CaptureFixture[str]):
    table("", COLUMNS, ROWS, empty="")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Name                Beneath  Minutes"
    assert {cell_len(line) for line in lines} == {36}
    assert "[red]a" in lines[2]


def test_elsewhere_nothing_is_cut_off(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "40")
    table("Title", COLUMNS, [("长" * 200, "b", "1")], empty="")
    assert "长" * 200 in capsys.readouterr().out


@pytest.mark.parametrize("width", [24, 30, 80, 200])
def test_a_terminal_of_any_width_shows_everything(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
):
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    table("", COLUMNS, ROWS, empty="")
    out = capsys.readouterr().out
    assert {cell_len(line) <= width for line in out.splitlines()} == {True}
    joined = "".join(out.split())
    for text in ("1,440", "[red]a", "90"):
        assert text in joined


def test_a_terminal_too_narrow_for_the_figures_shows_plain_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "8")
    table("", COLUMNS, ROWS, empty="")
    assert "1,440" in capsys.readouterr().out


def test_a_table_without_rows_is_a_sentence(capsys: pytest.CaptureFixture[str]):
    table("Title", COLUMNS, [], empty="There is nothing.")
    assert capsys.readouterr().out.splitlines() == ["Title", "There is nothing."]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("龚䶮　小满", "龚䶮　小满"), ("a\nb\x00", r"a\nb\x00"), ("\x9b2J\u2066", r"\x9b2J\u2066")],
)
def test_what_cannot_be_seen_is_escaped(text: str, shown: str):
    assert printable(text) == shown


def test_minutes_and_counts_in_words():
    assert [signed(minutes) for minutes in (90, 0, -30)] == ["+1 h 30 min", "0 min", "-30 min"]
    assert (counted(1, "row"), counted(1_024, "row")) == ("1 row", "1,024 rows")
