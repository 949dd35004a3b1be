"""Where a ledger and what belongs to it are kept, as `--data` and the environment say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger.folders import DATABASE_URL, LEDGER_FILE, folder_of
from ledger.store.engine import checked_url, file_url
from ledger.store.errors import NoKey

KEY_FILE = "TIMEBANK_TOKEN_KEY"
CHECKPOINT_KEY_FILE = "TIMEBANK_CHECKPOINT_KEY"
ERASURES_FILE = "TIMEBANK_ERASURES"
FOLLOWED = "followed"
"""The file, or the schema on PostgreSQL, of the views that another process follows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the ledger and its directory are kept, as database URLs. On PostgreSQL they are one database.

    `key` is the file of the key pair that signs callers' tokens, `checkpoint_key` of the one that signs checkpoints,
    None if nobody said where that is. `erasures` is the file that lists who was erased, None if there is to be none.
    """

    ledger: str
    directory: str
    key: str | None = None
    checkpoint_key: str | None = None
    erasures: str | None = None

    def token_key_file(self) -> Path:
        """The file of the key pair that signs tokens; raises NoKey if nobody said where that is."""
        if self.key is None:
            raise NoKey(
                f"nobody said where the key for tokens is: {KEY_FILE} names its file",
                f"没有指明访问令牌的密钥在何处：请用 {KEY_FILE} 指定其文件",
            )
        return Path(self.key)

    def checkpoint_key_file(self) -> Path:
        """The file of the key pair that signs checkpoints; raises NoKey if nobody said where that is."""
        if self.checkpoint_key is None:
            raise NoKey(
                f"nobody said where the key for checkpoints is: {CHECKPOINT_KEY_FILE} names its file",
                f"没有指明检查点的密钥在何处：请用 {CHECKPOINT_KEY_FILE} 指定其文件",
            )
        return Path(self.checkpoint_key)

    def moved(self, to: Path) -> "Settings":
        """Those of an embedded ledger in another folder, with whatever lies beside it."""
        folder = Path(checked_url(self.ledger).database or "").parent

        def database(url: str) -> str:
            return file_url(to / Path(checked_url(url).database or "").name)

        def file(name: str | None) -> str | None:
            return str(to / Path(name).name) if name is not None and Path(name).parent == folder else name

        files = [file(name) for name in (self.key, self.checkpoint_key, self.erasures)]
        return Settings(database(self.ledger), database(self.directory), *files)

    def kept(self) -> list[Path]:
        """The folder and files here that hold the ledger, people, keys or followed views; some may not be there."""
        urls = [checked_url(url) for url in (self.ledger, self.directory)]
        here = [Path(url.database or "") for url in urls if url.get_backend_name() == "sqlite"]
        folder = [
            path for ledger in here[:1] for path in (ledger.parent, ledger.with_name(f"{FOLLOWED}.sqlite"))
        ]
        files = (self.key, self.checkpoint_key, self.erasures)
        return [*folder, *here, *(Path(name) for name in files if name is not None)]


def read_settings(folder: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings that `--data` and the environment give."""
    folder = folder_of(folder, environment)
    key, checkpoint_key, erasures = (
        environment.get(name) or None for name in (KEY_FILE, CHECKPOINT_KEY_FILE, ERASURES_FILE)
    )
    if folder is None:
        url = environment[DATABASE_URL]
        if not url.startswith("sqlite"):
            return Settings(url, url, key, checkpoint_key, erasures)
        beside = url.rpartition("/")[0]
        return Settings(url, f"{beside}/directory.sqlite", key, checkpoint_key, erasures)
    return Settings(
        file_url(folder / LEDGER_FILE),
        file_url(folder / "directory.sqlite"),
        key or str(folder / "token-key.pem"),
        checkpoint_key or str(folder / "checkpoint-key.pem"),
        erasures or str(folder / "erasures.txt"),
    )
