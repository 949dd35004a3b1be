"""Offices at ledgers of their own, and files that they send."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from ledger.settings import Settings, read_settings
from tests.exchange.office import Office, furnish, office_at
from tests.exchange.sent import Send, SendWorkbook, Value


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folders to copy: making one takes a tenth of a second."""
    folder = tmp_path_factory.mktemp("templates")
    for name in ("bare", "furnished"):
        with office_at(read_settings(folder / name, {}), folder) as office:
            if name == "furnished":
                furnish(office)
    return folder


@pytest.fixture
def bare_office(templates: Path, tmp_path: Path) -> Iterator[Office]:
    """An office at a ledger that is open, and knows of nothing yet."""
    shutil.copytree(templates / "bare", tmp_path / "data")
    with office_at(read_settings(tmp_path / "data", {}), tmp_path) as office:
        yield office


@pytest.fixture
def office(templates: Path, tmp_path: Path) -> Iterator[Office]:
    """An office at a ledger that knows of towns, teams and volunteers."""
    shutil.copytree(templates / "furnished", tmp_path / "data")
    with office_at(read_settings(tmp_path / "data", {}), tmp_path) as office:
        yield office


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Where a new ledger of either kind may be made."""
    if request.param == "sqlite":
        return read_settings(tmp_path / "data", {})
    url = request.getfixturevalue("postgres_url")
    return Settings(url, url)


@pytest.fixture
def send(tmp_path: Path) -> Send:
    def sent(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return sent


@pytest.fixture
def send_workbook(tmp_path: Path) -> SendWorkbook:
    def sent(*sheets: dict[tuple[int, int], Value], merged: tuple[int, int, int, int] | None = None) -> Path:
        path = tmp_path / "hours.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for cells in sheets:
                sheet = workbook.add_worksheet()
                for (row, column), value in cells.items():
                    sheet.write(row, column, value)
                if merged:
                    sheet.merge_range(*merged, cells[merged[:2]])
        return path

    return sent
