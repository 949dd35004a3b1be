"""How a file as a whole is refused."""

from pathlib import Path

from ledger.exchange.words import FILES


class UnreadableFile(Exception):
    """A file as a whole cannot be read: `en` and `zh` are sentences for whoever sent it, with the file's name."""

    def __init__(self, reason: str, **values: str | int) -> None:
        """`reason` is the name of one of `FILES`, which speaks of the values."""
        self.en, self.zh = (text.format(**values) for text in FILES[reason])
        super().__init__(self.en)


def shown_name(path: Path) -> str:
    """The file's name without its directory, safe to print."""
    return "".join(letter if letter.isprintable() else "?" for letter in path.name) or "The file"
