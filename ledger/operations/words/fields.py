"""What each field means, by its name: said once, and otherwise where a schema means something else."""

from collections.abc import Mapping

from ledger.operations.words import (
    fields_answers,
    fields_audit,
    fields_credits,
    fields_figures,
    fields_people,
    fields_service,
)
from ledger.operations.words.said import EN, Said, in_language

FIELDS: Mapping[str, Said] = {
    **fields_answers.FIELDS,
    **fields_audit.FIELDS,
    **fields_credits.FIELDS,
    **fields_figures.FIELDS,
    **fields_people.FIELDS,
    **fields_service.FIELDS,
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    **fields_answers.OTHERWISE,
    **fields_audit.OTHERWISE,
    **fields_credits.OTHERWISE,
    **fields_figures.OTHERWISE,
    **fields_people.OTHERWISE,
    **fields_service.OTHERWISE,
}


def meaning_of_field(schema: str, field: str, language: str = EN) -> str | None:
    """What a field of a schema means, None where nobody says it."""
    said = OTHERWISE.get((schema, field)) or FIELDS.get(field)
    return None if said is None else in_language(said, language)
