"""The words, in parts: each says of some operations, fields or refusals what people read of them.

A part may hold `SUMMARIES`, `FIELDS`, `OTHERWISE`, `TITLES_ZH` and `ADVICE`; the modules of these names, one folder up,
put together what all parts hold.
"""

import pkgutil
from importlib import import_module
from typing import Any


def gathered(name: str) -> dict[Any, Any]:
    """What all parts say under a name."""
    parts = [import_module(one.name) for one in pkgutil.iter_modules(__path__, f"{__name__}.")]
    return {key: said for part in parts for key, said in getattr(part, name, {}).items()}
