"""`python -m tests.api.write_openapi` writes the document that tests/data/openapi.json holds anew."""

import json
from pathlib import Path

from ledger.api.openapi.document import document

PATH = Path(__file__).parents[1] / "data" / "openapi.json"
COMMAND = "python -m tests.api.write_openapi"


def snapshot() -> str:
    """The document as people review it; what cannot be seen is written as escapes."""
    return json.dumps(json.loads(document()), indent=1, ensure_ascii=True) + "\n"


if __name__ == "__main__":
    PATH.write_text(snapshot(), "utf-8", newline="\n")
