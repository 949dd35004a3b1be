"""Decoders of structs that several threads may need at once."""

import threading
from typing import Any

import msgspec

_making = threading.Lock()
_made: dict[type[Any], msgspec.json.Decoder[Any]] = {}


def decoder_of(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    """The decoder of a struct, made once.

    One at a time: msgspec describes a struct, and those within it, when it is first needed, and a second thread that
    comes upon such a description half made ends the process.
    """
    found = _made.get(kind)
    if found is None:
        with _making:
            found = _made.setdefault(kind, msgspec.json.Decoder(kind))
    return found
