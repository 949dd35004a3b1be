"""`python -m tests.store.write_golden` writes the golden files of facts that have none yet, and pins their tags.

A file that is there is never written again: where its fact is no longer stored so, a test says so.
"""

import json

from ledger.store.codec import decode_tags, encode, stored
from tests.store.test_golden_events import FOLDER, GOLDEN

TAGS = FOLDER / "tags.json"


def write() -> None:
    """Write what is missing."""
    pinned = json.loads(TAGS.read_text("utf-8"))
    for name, event in GOLDEN.items():
        path = FOLDER / f"{name}.json"
        if not path.exists():
            path.write_text(encode(event), "utf-8", newline="")
        pinned.setdefault(name, list(decode_tags(stored(1, event).tags)))
    TAGS.write_text(json.dumps(pinned, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    write()
