"""How a POST is taken in, whatever it does: who sends it, under which key, and whether it is but a dry run."""

import contextlib
from abc import abstractmethod
from collections.abc import Generator, Mapping
from typing import Any, ClassVar, NamedTuple

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from ledger.api.admission import admitted
from ledger.api.bodies import body_of
from ledger.api.problems import HttpProblem
from ledger.api.requests import KEY, Headers, language
from ledger.api.routes import Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import Api, api_of
from ledger.bootstrap import Ledger
from ledger.operations.access import Sight, seeing
from ledger.operations.callers import Caller
from ledger.operations.refused import Fault, Problem, wrong

_MOST_KEY_CHARACTERS = 200
_MOST_NAME_CHARACTERS = 100


class Posted(NamedTuple):
    """A POST as it came, from somebody who may come here; what its body holds is not read yet."""

    request: Request[Any, Any, Any]
    headers: Headers
    caller: Caller
    api: Api
    key: str | None
    dry_run: bool

    @property
    def spoken(self) -> str:
        """The language of the answer."""
        return language(self.headers)

    @property
    def id(self) -> str:
        """The request's id in the server's log."""
        return str(self.request.scope["timebank.request_id"])  # type: ignore[typeddict-item]

    @property
    def path(self) -> Mapping[str, str]:
        """What the names in the path are there."""
        return dict(self.request.path_params)

    async def body(self, decoder: msgspec.json.Decoder[Any], *, needed: bool = True) -> Any:
        """What its body holds; raises the Problem that points at what is wrong."""
        return await body_of(self.request, self.headers, self.caller, decoder, needed=needed)


class Post(Route, frozen=True, kw_only=True, dict=True):
    """A POST beneath the prefix. One that is not `keyed` changes nothing where it is sent again, and takes no key."""

    status: ClassVar[int] = 201
    keyed: ClassVar[bool] = True

    @abstractmethod
    async def answered(self, posted: Posted) -> ASGIResponse:
        """The answer; raises what is told as a problem."""

    def is_dry_run(self, query_string: bytes) -> bool:
        """Whether nothing is to be recorded; raises a Problem for any other parameter."""
        match query_string:
            case b"" | b"dry_run=false":
                return False
            case b"dry_run=true":
                return True
            case _:
                raise unwanted(
                    query_string,
                    "a write takes `dry_run=true` or no parameter",
                    "只接受参数 dry_run=true，或不带参数",
                )

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self}, status_code=self.status)
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise HttpProblem("read-only")
            key = _key_of(headers) if self.keyed else None
            dry_run = self.is_dry_run(request.scope["query_string"])
            return await self.answered(Posted(request, headers, caller, api, key, dry_run))

        return handle


def answer(told: object, status: int, more: Mapping[str, str] | None = None) -> ASGIResponse:
    """A response that nobody keeps, with more headers."""
    return ASGIResponse(
        body=msgspec.json.encode(told),
        status_code=status,
        media_type=JSON,
        headers={"Cache-Control": "no-store", **(more or {})},
    )


def unwanted(query_string: bytes, en: str, zh: str) -> Problem:
    """The problem of a parameter, the first of some, that is not taken."""
    name = query_string.partition(b"=")[0].decode("ascii", "replace")[:_MOST_NAME_CHARACTERS]
    return wrong(Fault(en, zh, parameter=name))


@contextlib.contextmanager
def sighted(ledger: Ledger) -> Generator[Sight]:
    """One moment in which to look up whose affairs things are."""
    with ledger.reading() as (connection, _):
        yield seeing(ledger, connection)


def _key_of(headers: Headers) -> str | None:
    """The request's idempotency key; raises a Problem for one that is none."""
    given = headers.get(KEY.lower().encode())
    if given is None:
        return None
    text = given.decode("latin-1")
    if not text.isascii() or not text.isprintable() or not 0 < len(text) <= _MOST_KEY_CHARACTERS:
        raise wrong(
            Fault(
                f"it is 1 to {_MOST_KEY_CHARACTERS} printable ASCII characters",
                f"须为 1 至 {_MOST_KEY_CHARACTERS} 个可见的 ASCII 字符",
                header=KEY,
            )
        )
    return text
