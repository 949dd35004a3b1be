"""How a file as a whole is refused."""

from collections.abc import Mapping
from pathlib import Path

from ledger.domain.bilingual import Bilingual
from ledger.exchange.words.reasons import FILES


class UnreadableFile(Bilingual):
    """A file as a whole cannot be read: a sentence for whoever sent it, with the file's name."""

    def __init__(self, reason: str, **values: str | int | tuple[str, str]) -> None:
        """`reason` is the name of one of `FILES`, which speaks of the values: a pair is English and Chinese."""
        english, chinese = FILES[reason]
        super().__init__(english.format(**_of(0, values)), chinese.format(**_of(1, values)))


def _of(language: int, values: Mapping[str, str | int | tuple[str, str]]) -> dict[str, str | int]:
    return {name: value[language] if isinstance(value, tuple) else value for name, value in values.items()}


def shown_name(path: Path) -> str:
    """The file's name without its directory, safe to print."""
    return "".join(letter if letter.isprintable() else "?" for letter in path.name) or "The file"
