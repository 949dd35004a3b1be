"""The form of each text that people read of operations: once in English and once in Chinese."""

EN, ZH = "en", "zh"

Said = tuple[str, str]
"""In English and in Chinese."""


def in_language(said: Said, language: str) -> str:
    """The text in a language; in English where it is another one than Chinese."""
    english, chinese = said
    return chinese if language == ZH else english
