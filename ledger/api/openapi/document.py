"""The OpenAPI document, made of the same table as the handlers: what it says is what they do."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast, get_args

import msgspec

from ledger.api.batches import BATCH, Answers, Batch, Items
from ledger.api.locations import PLACES
from ledger.api.openapi.answers import answered
from ledger.api.openapi.meanings import PERIOD, meant
from ledger.api.openapi.problems import HEADERS, PROBLEM, headers, responses, responses_of
from ledger.api.openapi.schemas import RECEIPT, Schema, components, fact, resolved
from ledger.api.persons import REPLACEMENT
from ledger.api.problems import WrongField
from ledger.api.reading import Read
from ledger.api.requests import KEY, POSITION, REPLAYED
from ledger.api.routes import PREFIX, Route
from ledger.api.sent import JSON, PLAIN
from ledger.api.several import WRITES_OF_SEVERAL, WriteSeveral
from ledger.api.signing import SIGNING, Nothing
from ledger.api.table import READS, WRITES
from ledger.api.writing import Write
from ledger.exchange.persons import Person
from ledger.operations.outcomes import name_of
from ledger.operations.people.persons import Entry
from ledger.operations.proofs.checkpoints import SignedCheckpoint
from ledger.operations.several import PartAnswers
from ledger.operations.words.about import ABOUT
from ledger.operations.words.callers import BEARER, IDEMPOTENCY, who
from ledger.operations.words.document import GROUPS, TEXTS, TITLE
from ledger.operations.words.parameters import said_in_path, said_of_parameter
from ledger.operations.words.said import EN, Said, told_in
from ledger.operations.words.summaries import SUMMARIES
from projections.figures.boards import Of

_ONE_OF: dict[str, Schema] = {"by": {"enum": list(get_args(Of))}}
_OF_THOSE_APART = (Items, Answers, Person, Entry, Nothing, SignedCheckpoint, PartAnswers)
_RECEIPT: Schema = {"$ref": "#/components/schemas/Receipt"}
_POSITION: Schema = {
    "type": "integer",
    "minimum": 0,
    "description": TEXTS["position"],
}


@cache
def document(language: str = EN) -> bytes:
    """The document of this release's routes in a language, as JSON."""
    return msgspec.json.encode(told_in(described(READS, WRITES), language))


def described(reads: Sequence[Read], writes: Sequence[Write]) -> Schema:
    """The document of some routes, and of the batches that take their writes: each text in it in both languages."""
    answers = [read.operation.answers for read in reads]
    bodies = [write.operation.body for write in writes]
    queries = [read.operation.query for read in reads]
    of_several = [one.operation.body for one in WRITES_OF_SEVERAL]
    told, found = components([*answers, *bodies, *queries, *_OF_THOSE_APART, *of_several, WrongField])
    apart = told[len(answers) + len(bodies) + len(queries) :]
    paths: dict[str, Schema] = {}
    for at, read in enumerate(reads):
        query = resolved(told[len(answers) + len(bodies) + at], found)
        paths.setdefault(PREFIX + read.path, {})["get"] = _read(read, told[at], query)
    for at, write in enumerate(writes):
        paths.setdefault(PREFIX + write.path, {})["post"] = _write(write, told[len(answers) + at], _RECEIPT)
    for route, post in _apart(*apart):
        paths.setdefault(PREFIX + route.path, {})["post"] = post
    # The parameters of a query are told one by one.
    for query in {schema["$ref"] for schema in told[len(answers) + len(bodies) : -len(apart)]}:
        found.pop(query.rpartition("/")[2], None)
    every = (*reads, *writes, *WRITES_OF_SEVERAL, BATCH, REPLACEMENT, SIGNING)
    schemas = {**found, "Problem": PROBLEM, "Fact": fact(), "Receipt": RECEIPT}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": _groups(every),
        "security": [{"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {name: meant(name, schema) for name, schema in schemas.items()},
            "responses": responses(every),
            "headers": HEADERS,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": BEARER}
            },
        },
    }


def _apart(*schemas: Schema) -> Iterable[tuple[Route, Schema]]:
    """The writes that are of no single command."""
    items, outcomes, person, entry, nothing, checkpoint, parts, *several, _ = schemas
    yield BATCH, _write(BATCH, items, outcomes)
    yield REPLACEMENT, _replacement(person, entry)
    yield SIGNING, _signing(nothing, checkpoint)
    for write, body in zip(WRITES_OF_SEVERAL, several, strict=True):
        yield write, _write(write, body, parts)


def _read(read: Read, answer: Schema, query: Schema) -> Schema:
    position = {"properties": {"position": _POSITION}, "required": ["position"]}
    seen = headers(POSITION, "ETag")
    return {
        **_operation(read),
        "parameters": [
            *_path_parameters(read),
            *_query_parameters(read, query),
            _header("If-None-Match", TEXTS["if-none-match"], {"type": "string"}),
            _LANGUAGE,
        ],
        "responses": {
            "200": {
                "description": SUMMARIES[read.name],
                "headers": seen,
                "content": {
                    JSON: {"schema": {"allOf": [answer, position]}, **answered(read.name)},
                    **({} if read.operation.plain is None else {PLAIN: {"schema": {"type": "string"}}}),
                },
            },
            "304": {"description": TEXTS["unchanged"], "headers": seen},
            **responses_of(read),
        },
    }


def _write(write: Write | Batch | WriteSeveral, body: Schema, answer: Schema) -> Schema:
    receipt = {JSON: {"schema": answer}}
    return {
        **_operation(write),
        "parameters": [
            *_path_parameters(write),
            _DRY_RUN,
            _header(
                KEY,
                IDEMPOTENCY,
                {"type": "string", "maxLength": 200, "pattern": "^[!-~]([ -~]*[!-~])?$"},
            ),
            _LANGUAGE,
        ],
        "requestBody": _body(write, body),
        "responses": {
            "200": {
                "description": TEXTS["would-follow"],
                "headers": headers(POSITION, REPLAYED),
                "content": receipt,
            },
            "201": {
                "description": TEXTS["follows"],
                "headers": headers(POSITION, REPLAYED, *_location(write)),
                "content": {JSON: {"schema": answer, **answered(write.name)}},
            },
            **responses_of(write),
        },
    }


def _location(write: Route) -> Iterable[str]:
    if isinstance(write, Write) and any(name_of(path) in PLACES for path in write.operation.made):
        yield "Location"


def _replacement(body: Schema, answer: Schema) -> Schema:
    return {
        **_operation(REPLACEMENT),
        "parameters": [*_path_parameters(REPLACEMENT), _DRY_RUN, _LANGUAGE],
        "requestBody": _body(REPLACEMENT, body),
        "responses": {
            "200": {
                "description": TEXTS["directory"],
                "headers": headers(),
                "content": {JSON: {"schema": answer}},
            },
            **responses_of(REPLACEMENT),
        },
    }


def _signing(body: Schema, answer: Schema) -> Schema:
    return {
        **_operation(SIGNING),
        "parameters": [_LANGUAGE],
        "requestBody": _body(SIGNING, body),
        "responses": {
            "201": {
                "description": TEXTS["signed"],
                "headers": headers("Location"),
                "content": {JSON: {"schema": answer}},
            },
            **responses_of(SIGNING),
        },
    }


def _body(route: Route, body: Schema) -> Schema:
    content: Schema = {"schema": body}
    if "body" in route.example:
        content["example"] = route.example["body"]
    told = isinstance(route, Write | WriteSeveral)
    needed = route.operation.needs_body if told else route is not SIGNING
    return {"required": needed, "content": {JSON: content}}


def _operation(route: Route) -> Schema:
    operation: Schema = {
        "operationId": route.name,
        "summary": SUMMARIES[route.name],
        "description": _told_by(route),
        "tags": [_group(_part(route))],
    }
    if route.access.roles is None:
        operation["security"] = []
    return operation


def _told_by(route: Route) -> Said:
    """Who may ask for it; in English after what the command says of itself, which is more than fits into a summary."""
    en, zh = who(route.access)
    if isinstance(route, Write):
        en = f"{inspect.cleandoc(route.operation.command.__doc__ or route.summary)}\n\n{en}"
    return en, zh


def _part(route: Route) -> str:
    return route.path.split("/")[1]


def _group(part: str) -> Said:
    return part, GROUPS[part][0]


def _groups(routes: Iterable[Route]) -> list[Schema]:
    parts = sorted({_part(route) for route in routes})
    return [{"name": _group(part), "description": GROUPS[part][1]} for part in parts]


def _path_parameters(route: Route) -> Iterable[Schema]:
    for name in route.parameters:
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": said_in_path(name),
            "schema": {"type": "string", "minLength": 1} | _ONE_OF.get(name, {}),
            **({"example": route.example[name]} if name in route.example else {}),
        }


def _query_parameters(read: Read, query: Schema) -> Iterable[Schema]:
    examples = cast(Mapping[str, Any], read.example.get("query", {}))
    for name, schema in query["properties"].items():
        yield {
            "name": name,
            "in": "query",
            "required": name in query["required"],
            "description": said_of_parameter(read.name, name),
            "schema": _never_null(schema) | ({"pattern": PERIOD} if name == "period" else {}),
            **({"example": examples[name]} if name in examples else {}),
        }


def _never_null(schema: Schema) -> Schema:
    """The schema of a parameter, which is left out where a field would be null."""
    if schema.get("default", ...) is None:
        schema = {name: value for name, value in schema.items() if name != "default"}
    others = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return others[0] if len(others) == 1 else schema


def _header(name: str, description: Said, schema: Schema) -> Schema:
    return {"name": name, "in": "header", "description": description, "schema": schema}


_DRY_RUN: Schema = {
    "name": "dry_run",
    "in": "query",
    "description": TEXTS["dry-run"],
    "schema": {"type": "boolean", "default": False},
}
_LANGUAGE = _header("Accept-Language", TEXTS["language"], {"type": "string", "default": "en"})
