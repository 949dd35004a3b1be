"""In which folder a ledger is kept, as `--data` and the environment say; told before anything heavy is read in."""

from collections.abc import Mapping
from pathlib import Path

DATA_FOLDER = "TIMEBANK_DATA"
DATABASE_URL = "TIMEBANK_DATABASE_URL"
DEFAULT_FOLDER = "timebank-data"
LEDGER_FILE = "ledger.sqlite"


def folder_of(folder: Path | None, environment: Mapping[str, str]) -> Path | None:
    """The folder of an embedded ledger, as `--data` names it, or else the environment; None where a URL is to be used.

    A folder that is named wins over the URL.
    """
    named = environment.get(DATA_FOLDER)
    if folder is None and not named:
        return None if environment.get(DATABASE_URL) else Path(DEFAULT_FOLDER)
    return Path(named or "") if folder is None else folder
