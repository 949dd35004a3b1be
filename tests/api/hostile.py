"""Bodies that no client should send: what is no JSON or does not fit, and what is long enough to be a burden."""

import json
from collections.abc import Iterator

from tests.api.village import ANN, BOB

DEEP = 100_000
GOOD = {"giver": ANN, "receiver": BOB, "minutes": 10}
TEXT = json.dumps(GOOD)
INJECTION = "x'; DROP TABLE event; --"

NO_JSON = {
    "nothing": b"",
    "cut short": TEXT.encode()[:-1],
    "UTF-16": TEXT.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "invalid UTF-8": TEXT.replace("vol_bob", "\x00").encode().replace(b"\x00", b"\xff\xfe"),
    "invalid UTF-8 in a name": b'{"\xff": 1}',
    "half a surrogate pair": TEXT.replace("vol_bob", "\\ud800").encode(),
    "a NUL as it is": TEXT.replace("vol_bob", "\x00").encode(),
    "NaN": TEXT.replace("10", "NaN").encode(),
    "two documents": (TEXT + TEXT).encode(),
    "nested lists": b'{"giver": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "lists that never end": b"[" * DEEP,
}
UNFIT = {
    "null": b"null",
    "a list": b"[]",
    "2**63": TEXT.replace("10", str(2**63)).encode(),
    "-2**63": TEXT.replace("10", str(-(2**63))).encode(),
    "5000 digits": TEXT.replace("10", "1" * 5000).encode(),
    "1e400": TEXT.replace("10", "1e400").encode(),
    "a fraction": TEXT.replace("10", "10.5").encode(),
    "NUL": TEXT.replace("vol_bob", "vol_bob\\u0000").encode(),
    "bidi controls": TEXT.replace("vol_bob", "vol_bob\\u202e").encode(),
    "a repeated name": TEXT.replace('"minutes"', '"minutes": 5, "minutes"').encode(),
    "a name repeated in an escape": TEXT.replace('"minutes"', '"minute\\u0073": 5, "minutes"').encode(),
    "a name of no field": TEXT.replace('"minutes"', '"a/b~c": 5, "minutes"').encode(),
    "SQL": TEXT.replace("vol_bob", INJECTION).encode(),
}

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


def bodies() -> Iterator[tuple[str, bytes]]:
    """Every hostile body that tests know: what it is, and its bytes."""
    yield from NO_JSON.items()
    yield from UNFIT.items()
    yield from burdens()


def burdens() -> Iterator[tuple[str, bytes]]:
    """Those that are long: what each is, and its bytes."""
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
