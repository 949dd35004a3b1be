"""What each field means, by its name: said once, and otherwise where a schema means something else."""

from collections.abc import Mapping

from ledger.operations.words.parts import gathered
from ledger.operations.words.said import EN, Said, in_language

FIELDS: Mapping[str, Said] = gathered("FIELDS")

OTHERWISE: Mapping[tuple[str, str], Said] = gathered("OTHERWISE")


def said_of_field(schema: str, field: str) -> Said | None:
    """The same in both languages."""
    return OTHERWISE.get((schema, field)) or FIELDS.get(field)


def meaning_of_field(schema: str, field: str, language: str = EN) -> str | None:
    """What a field of a schema means, None where nobody says it."""
    said = said_of_field(schema, field)
    return None if said is None else in_language(said, language)
