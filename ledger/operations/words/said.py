"""The form of each text that people read of operations: once in English and once in Chinese."""

import re
from typing import Any, cast

EN, ZH = "en", "zh"

Said = tuple[str, str]
"""In English and in Chinese."""

_AS_IT_IS = {"example", "examples", "enum", "required", "default"}
_WITHIN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
"""An end of a line that would be a space between two characters that have none."""
_OF_NULL = re.compile("; null [^.]*|；[^；。]*为 null")


def in_language(said: Said, language: str) -> str:
    """The text in a language; in English where it is another one than Chinese."""
    english, chinese = said
    return chinese if language == ZH else english


def told_in(document: Any, language: str) -> Any:
    """A document of JSON in a language: each pair in it is a text in both, of which that one is told.

    What describes something in English alone is left out of the Chinese; examples stand as they are.
    """
    match document:
        case tuple():
            english, chinese = cast(tuple[Any, Any], document)
            chosen = chinese if language == ZH else english
            return _WITHIN_CHINESE.sub("", chosen) if isinstance(chosen, str) else chosen
        case dict():
            fields = cast(dict[str, Any], document)
            return {
                name: one if name in _AS_IT_IS and not isinstance(one, tuple) else told_in(one, language)
                for name, one in fields.items()
                if not (language == ZH and name == "description" and isinstance(one, str))
            }
        case list():
            return [told_in(one, language) for one in cast(list[Any], document)]
        case _:
            return document


def without_null(text: str) -> str:
    """A text of either language without what it says of null, which programs alone meet."""
    return _OF_NULL.sub("", text)
