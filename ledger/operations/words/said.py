"""The form of each text that people read of operations: once in English and once in Chinese."""

import re

EN, ZH = "en", "zh"

Said = tuple[str, str]
"""In English and in Chinese."""

_OF_NULL = re.compile("; null [^.]*|；[^；。]*为 null")


def in_language(said: Said, language: str) -> str:
    """The text in a language; in English where it is another one than Chinese."""
    english, chinese = said
    return chinese if language == ZH else english


def without_null(text: str) -> str:
    """A text of either language without what it says of null, which programs alone meet."""
    return _OF_NULL.sub("", text)
