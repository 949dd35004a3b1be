"""A ledger that is held, for whoever works beside its holder."""

from collections.abc import Generator
from pathlib import Path

import pytest

from ledger.beside import calling
from ledger.beside.opening import open_to_hold
from ledger.bootstrap import Ledger
from ledger.settings import Settings, read_settings
from tests.beside.holding import begun


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may share their machine.
    monkeypatch.setattr(calling, "PATIENCE_SECONDS", 20)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return begun(read_settings(tmp_path / "bank", {}))


@pytest.fixture
def held(settings: Settings) -> Generator[Ledger]:
    with open_to_hold(settings) as ledger:
        yield ledger
