"""Bodies that are made to be a burden, each just under the size limit, and what else no client should send."""

import json
from collections.abc import Iterator

from tests.api.village import ANN, BOB

MOST = 980_000
"""Bytes: a little less than a body may have."""


def _filled(start: bytes, part: bytes, end: bytes) -> bytes:
    """As many parts, with commas between them, as there is room for."""
    count = (MOST - len(start) - len(end)) // (len(part) + 1)
    return start + b",".join([part] * count) + end


def _batch(*, start: bytes = b"", part: bytes, end: bytes = b"") -> bytes:
    return _filled(b'{"items":[{"to":"/transfers","body":' + start, part, end + b"}]}")


def _items(item: object) -> bytes:
    return json.dumps({"items": [item] * 500}).encode()


def burdens() -> Iterator[tuple[str, bytes]]:
    """What each is, and its bytes."""
    long = b"n" * (MOST - 200)
    names = b",".join(b'"n%d":1' % number for number in range(80_000))
    yield "many names", b'{"items":[{"to":"/transfers","body":{' + names + b"}}]}"
    yield "one name often", _batch(start=b"{", part=b'"n":1', end=b"}")
    yield "lists", _batch(start=b"[", part=b"[]", end=b"]")
    yield "objects", _batch(start=b"[", part=b"{}", end=b"]")
    yield "objects with a name", _batch(start=b"[", part=b'{"":0}', end=b"]")
    yield "integers", _batch(start=b"[", part=b"1", end=b"]")
    yield "fractions", _batch(start=b"[", part=b"1e9", end=b"]")
    yield "texts", _batch(start=b"[", part=b'""', end=b"]")
    yield "a long integer", b'{"items":[{"to":"/transfers","body":' + b"1" * (MOST - 100) + b"}]}"
    yield "a long fraction", b'{"items":[{"to":"/transfers","body":1.' + b"1" * (MOST - 100) + b"}]}"
    yield "escapes", b'{"items":[{"to":"/transfers","body":"' + b"\\u0041" * (MOST // 6 - 20) + b'"}]}'
    yield "depth", b"[" * MOST
    yield "more items than are taken", _filled(b'{"items":[', b'{"to":""}', b"]}")
    yield "one item's path often", _filled(b'{"items":[{', b'"to":"/transfers"', b"}]}")
    yield "one field often", _filled(b"{", b'"minutes":1', b"}")
    yield "a long name", b'{"' + long + b'":1}'
    yield "a long text", b'{"giver":"' + long + b'","receiver":"vol_bob","minutes":1}'
    yield "a long volunteer number", b'{"giver":"number:' + long + b'","receiver":"vol_bob","minutes":1}'
    yield "long paths", _items({"to": "/volunteers/" + "a/" * 240})
    yield (
        "numbers of nobody",
        _items({"to": "/transfers", "body": {"giver": "number:QQ", "receiver": "number:RR", "minutes": 1}}),
    )
    yield "long unknown names", _items({"to": "/transfers", "body": {"n" * 1_500: 1}})
    yield "many gifts", _items({"to": "/transfers", "body": {"giver": ANN, "receiver": BOB, "minutes": 1}})
    yield "white space", b" " * (MOST - 2) + b"{}"
