"""How a file as a whole is refused."""

from pathlib import Path


class UnreadableFile(Exception):
    """A file as a whole cannot be read; the text is a sentence for whoever sent it, with the file's name."""


def shown_name(path: Path) -> str:
    """The file's name without its directory, safe to print."""
    return "".join(letter if letter.isprintable() else "?" for letter in path.name) or "The file"
