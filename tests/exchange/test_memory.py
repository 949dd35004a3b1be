"""Files that would fill the memory: refused in words, and read by processes that stay small."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.exchange import grids, workbook
from ledger.exchange.tables import UnreadableFile, read_table
from tests.exchange import bombs, cramped
from tests.exchange.columns import HOURS
from tests.exchange.sent import HEADER, Send, refusal, said

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere memory has no bound, and no measure"
)

MEBIBYTE = 1024**2
MOST_MEBIBYTES = 560
"""Of each process: what workbooks may take, and what the interpreter is made of."""
PYTEST_MEBIBYTES = 14
"""What pytest would take of a reader: the bounds count it, and no reader loads it."""

READ = """
import json, re, resource, sys
from pathlib import Path
from ledger.exchange import grids, workbook
from ledger.exchange.tables import UnreadableFile, read_table
from tests.exchange import cramped
from tests.exchange.columns import HOURS
for name, most in json.loads(sys.argv[2]).items():
    setattr(grids, name, most)
if sys.argv[3] != "1":
    workbook.__name__, workbook.MAX_MEMORY_BYTES = cramped.__name__, cramped.MAX_MEMORY_BYTES
try:
    said = f"{len(read_table(Path(sys.argv[1]), HOURS).rows)} rows"
except UnreadableFile as fault:
    said = str(fault)
# Not from getrusage, where a process begins with what the one that started it had.
own = int(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1])
print(json.dumps([said, own // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]))
"""


def measured(path: Path, share: int = 1, **bounds: int) -> tuple[str, int, int]:
    """What is said of a file, and the most MiB that the reader and its child had.

    Bounds of `grids` are other ones where they are named, and that on a workbook's memory where a share is asked for.
    """
    words = [sys.executable, "-c", READ, path, json.dumps(bounds), str(share)]
    done = subprocess.run(words, capture_output=True, check=True)
    said, own, child = json.loads(done.stdout)
    return said, own, child


BOMBS: dict[str, Callable[[int], bytes]] = {
    "numbers": lambda share: bombs.small_number_cells(400_000 // share, 20),
    "one text": lambda share: bombs.one_text_in_every_cell(3_000 // share, 100, 9_000),
    "a cell": lambda share: bombs.one_long_cell(300 * MEBIBYTE // share),
    "shared texts": lambda share: bombs.many_shared_texts(2_500_000 // share),
    "a stray cell": lambda _: bombs.a_stray_cell("T900000"),
    "the last corner": lambda _: bombs.a_stray_cell("XFD1048576"),
}
"""Each fills the memory that workbooks may take, or a share of that."""
QUICK = {"one text", "a stray cell", "the last corner"}
"""These take no second to fill all of it."""


@pytest.mark.parametrize(
    ("bomb", "share"),
    [
        *(pytest.param(name, 1, marks=pytest.mark.slow) for name in BOMBS if name in QUICK),
        *(pytest.param(name, cramped.SHARE, marks=pytest.mark.slow) for name in BOMBS if name not in QUICK),
        *(pytest.param(name, 1, marks=pytest.mark.full) for name in BOMBS if name not in QUICK),
    ],
)
def test_a_small_workbook_took_gigabytes(send: Send, bomb: str, share: int):
    content = BOMBS[bomb](share)
    assert len(content) < 4 * MEBIBYTE
    said, own, child = measured(send("hours.xlsx", content), share)
    assert own < 86, said
    assert child < MOST_MEBIBYTES - 512 + 512 // share, said
    assert said.startswith("hours.xlsx cannot be read as a workbook")
    assert f"within {512 // share} MiB of memory" in said
    assert said.endswith("Save the table as CSV, or in several files.")


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 100), (1_000_000, 16_384), (1, 4_000_000_000)])
def test_an_open_document_that_repeats_its_cells_takes_no_more(send: Send, rows: int, columns: int):
    said, own, child = measured(send("hours.ods", bombs.repeated_cells(rows, columns)))
    assert said.startswith("hours.ods ")
    assert own < 86
    assert child < MOST_MEBIBYTES


@pytest.mark.parametrize(
    ("share", "most_mebibytes"),
    [pytest.param(10, 72, marks=pytest.mark.slow), pytest.param(1, 256, marks=pytest.mark.full)],
)
def test_a_small_workbook_filled_the_memory_of_whoever_asked_for_its_rows(
    send: Send, share: int, most_mebibytes: int
):
    most = grids.MAX_CHARACTERS // share
    content = bombs.one_text_in_every_cell(300_000 // share, 2, 90)
    said, own, child = measured(send("hours.xlsx", content), MAX_CHARACTERS=most)
    assert said.endswith(f"filled cells, or {most:,} characters in them: send it in several files.")
    assert own < most_mebibytes - PYTEST_MEBIBYTES
    assert child < most_mebibytes


@pytest.mark.parametrize(
    ("rows", "most_mebibytes"),
    [
        # Each row takes both processes 4 and 2 KiB, which is a fifth less than here is room for.
        pytest.param(12_500, 96, marks=pytest.mark.slow),
        pytest.param(100_000, MOST_MEBIBYTES, marks=pytest.mark.full),
    ],
)
def test_a_workbook_of_a_hundred_thousand_rows_of_twenty_columns_is_read(
    send: Send, rows: int, most_mebibytes: int
):
    row = "".join(bombs.text_cell("志愿者{0}在第" + str(column) + "处服务的内容") for column in range(20))
    content = bombs.xlsx(f"<row>{row.format(number)}</row>" for number in range(rows))
    said, own, child = measured(send("hours.xlsx", content))
    assert said == f"{rows} rows"
    assert own < most_mebibytes - PYTEST_MEBIBYTES
    assert child < most_mebibytes


@pytest.mark.parametrize(
    ("share", "most_mebibytes"),
    [pytest.param(6, 100, marks=pytest.mark.slow), pytest.param(1, MOST_MEBIBYTES, marks=pytest.mark.full)],
)
@pytest.mark.parametrize(
    "record",
    [
        b"SD01" + b",b" * 16_000 + b"\n",
        b"SD01,1," + "😀".encode() * 2_000 + b"\n",
        b'SD01,1,"' + b"x" * 900 + b"\n",
        b"SD01,1,",
    ],
    ids=["wide", "four bytes a letter", "quotation marks that are not closed", "one row"],
)
def test_a_text_file_took_gigabytes(send: Send, record: bytes, share: int, most_mebibytes: int):
    content = HEADER.encode() + record * (60 * MEBIBYTE // share // len(record))
    _, own, _ = measured(send("hours.csv", content), MAX_CELLS=grids.MAX_CELLS // share)
    assert own < most_mebibytes - PYTEST_MEBIBYTES


@pytest.mark.parametrize(
    ("most_rows", "most_mebibytes"),
    [
        # To read a million takes seconds. Three millions, which is what the file has, would take 1,300 MiB.
        pytest.param(100_000, 120, marks=pytest.mark.slow),
        pytest.param(grids.MAX_ROWS, MOST_MEBIBYTES, marks=pytest.mark.full),
    ],
)
def test_a_text_file_of_short_rows_took_gigabytes(send: Send, most_rows: int, most_mebibytes: int):
    content = HEADER.encode() + b"SD01,1\n" * 3_000_000
    said, own, _ = measured(send("hours.csv", content), MAX_ROWS=most_rows)
    assert said == f"hours.csv has more than {most_rows:,} rows."
    assert own < most_mebibytes - PYTEST_MEBIBYTES


@pytest.mark.slow
def test_many_columns_of_a_header_cost_each_row_nothing(send: Send):
    header = HEADER.strip() + "".join(f",h{number}" for number in range(16_000))
    said, own, _ = measured(send("hours.csv", f"{header}\n{'SD01,1' + chr(10)}" + "SD01,1\n" * 100_000))
    assert said == "100001 rows"
    assert own < 146


def test_a_row_of_a_million_characters_is_told(send: Send):
    assert "has a row of 1,000,000 characters or more, from line 2 on" in refusal(
        send("hours.csv", f"{HEADER}SD01,1{',x' * 500_000}\n")
    )
    row = "".join(bombs.text_cell("x" * 9_000) for _ in range(112))
    path = send("hours.xlsx", bombs.xlsx([f"<row>{row}</row>"]))
    assert refusal(path) == "hours.xlsx has a row of over 1,000,000 characters in line 2."


def test_too_many_cells_are_told_and_empty_ones_do_not_count(send: Send, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grids, "MAX_CELLS", 6)
    assert said(read_table(send("hours.csv", f"{HEADER}SD01,1,,,\nSD02,2,,,\n"), HOURS)) == ["1", "2"]
    assert "more than 6 filled cells" in refusal(send("hours.csv", f"{HEADER}SD01,1,x\nSD02,2\n"))


def test_rows_before_a_failure_in_their_sheet_are_no_table(send: Send, monkeypatch: pytest.MonkeyPatch):
    content = bombs.xlsx("<row><c><v>7</v></c><c><v>1</v></c></row>" for _ in range(5_000))
    path = send("hours.xlsx", content)
    assert len(read_table(path, HOURS).rows) == 5_000
    program = Path(workbook.__file__).read_text("utf-8")
    ending = program.replace("MAX_PRINTED_BYTES = 512 * 1024**2", "MAX_PRINTED_BYTES = 30_000")
    assert ending != program
    other = path.with_name("ending_early.py")
    other.write_text(ending, "utf-8")
    monkeypatch.setattr(workbook, "__name__", "ending_early")
    monkeypatch.setattr(sys, "path", [str(other.parent), *sys.path])
    with pytest.raises(UnreadableFile, match="within 512 MiB of memory"):
        read_table(path, HOURS)


def test_what_takes_too_long_is_told(send: Send, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "__name__", "endless")
    endless = send("endless.py", "import os, signal\nos.kill(os.getpid(), signal.SIGXCPU)\n")
    monkeypatch.setattr(sys, "path", [str(endless.parent), *sys.path])
    assert "within 60 seconds" in refusal(send("hours.xlsx", bombs.xlsx([])))
