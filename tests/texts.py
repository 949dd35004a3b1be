"""The texts of the program by where they stand, such as `event.service-reported`, in English and in Chinese."""

from collections.abc import Mapping
from functools import cache

from ledger.exchange.words.reasons import ROWS
from ledger.operations.refused import refusals
from ledger.operations.words.codes import CODES_ZH, code_in_chinese
from ledger.operations.words.heads import HEADS_ZH
from ledger.operations.words.summaries import SUMMARIES
from ledger.operations.words.terms import TERMS
from ledger.operations.words.things import THINGS

Said = tuple[str, str]

STATES = {
    "act": ("planned", "held", "cancelled"),
    "rec": ("reported", "approved", "declined", "attested", "reversed"),
    "red": ("placed", "fulfilled", "cancelled", "expired", "returned"),
    "sig": ("placed", "waiting", "withdrawn", "released", "no-show"),
    "vis": ("going-on", "over", "abandoned"),
}


@cache
def texts() -> Mapping[str, Said]:
    """Every text that has a place."""
    found: dict[str, Said] = {f"thing.{name}": said for name, said in THINGS.items()}
    for kind in ("event", "level", "role", "standing", "age_band", "evidence", "mode"):
        found |= {f"{kind}.{code}": (code, said) for code, said in CODES_ZH[kind].items()}
    for thing, states in STATES.items():
        for state in states:
            found[f"state.{thing}.{state}"] = (state, code_in_chinese("state", state, f"{thing}_x") or "")
    found |= {f"reason.{code}": said for code, said in TERMS["reason"].items()}
    found |= {f"head.{field}": (field.replace("_", " "), said) for field, said in HEADS_ZH.items()}
    found |= {f"refusal.{code}": (one.en, one.zh) for code, one in refusals().items()}
    found |= {f"row.{reason}": said for reason, said in ROWS.items()}
    return found | {f"operation.{name}": said for name, said in SUMMARIES.items()}
