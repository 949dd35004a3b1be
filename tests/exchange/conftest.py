"""Offices at ledgers of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.bootstrap import Settings, read_settings
from tests.exchange.office import Office, furnish, office_at


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
