"""What was answered to the examples of the table, which the OpenAPI document shows."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

PATH = Path(__file__).parent / "answers.json"


@cache
def _answers() -> dict[str, Any]:
    return msgspec.json.decode(PATH.read_bytes(), type=dict[str, Any])


def answered(name: str) -> dict[str, Any]:
    """The example of what an operation of a name answers, to stand beside its schema; nothing where there is none."""
    return {"example": _answers()[name]} if name in _answers() else {}
