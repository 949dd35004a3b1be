"""Everything that can go wrong, as RFC 9457 problem documents: a closed list of codes, each with a page of its own."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

import ledger.domain
from ledger.api.titles import TITLES_ZH
from ledger.api.wording import Said, worded
from ledger.domain.commands import InvalidInput, Refusal

MEDIA_TYPE = "application/problem+json"
ZH = "zh"
MOST_NAME_CHARACTERS = 100
"""Of a name that a caller sent and that is told again."""

_REFUSED_AS = {
    "invalid-input": HTTPStatus.UNPROCESSABLE_ENTITY,
    "key-reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not-open": HTTPStatus.SERVICE_UNAVAILABLE,
}
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Kind(Struct, frozen=True):
    """What a code stands for: the HTTP status, and the title in both languages."""

    code: str
    status: int
    en: str
    zh: str

    def title(self, language: str) -> str:
        """The title in a language."""
        return self.zh if language == ZH else self.en


def _kinds(*kinds: tuple[str, HTTPStatus, str, str]) -> dict[str, Kind]:
    return {code: Kind(code, status.value, en, zh) for code, status, en, zh in kinds}


HTTP_KINDS = _kinds(
    ("malformed-request", HTTPStatus.BAD_REQUEST, "The request cannot be read", "无法解析该请求"),
    ("unauthenticated", HTTPStatus.UNAUTHORIZED, "A valid bearer token is needed", "需要有效的访问令牌"),
    ("forbidden", HTTPStatus.FORBIDDEN, "Your role may not do this", "当前角色无权进行此操作"),
    ("not-found", HTTPStatus.NOT_FOUND, "There is nothing here", "没有找到"),
    ("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, "This cannot be done here", "此处不支持该方法"),
    ("not-acceptable", HTTPStatus.NOT_ACCEPTABLE, "Answers are JSON", "仅提供 JSON 格式"),
    ("request-timeout", HTTPStatus.REQUEST_TIMEOUT, "The body came too slowly", "请求内容传送过慢"),
    ("body-too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large", "请求内容过大"),
    ("unsupported-media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Bodies are JSON", "请求内容须为 JSON"),
    ("invalid-request", HTTPStatus.UNPROCESSABLE_ENTITY, "A field holds what it may not", "字段填写有误"),
    (
        "unknown-volunteer",
        HTTPStatus.NOT_FOUND,
        "Nobody has this volunteer number",
        "没有这个志愿者编号",
    ),
    (
        "cannot-receive",
        HTTPStatus.CONFLICT,
        "The receiver cannot receive credits",
        "接收方不能接收时间币",
    ),
    (
        "number-taken",
        HTTPStatus.CONFLICT,
        "Somebody else has this volunteer number",
        "该志愿者编号已属于他人",
    ),
    (
        "list-changed",
        HTTPStatus.CONFLICT,
        "The list has changed since its first page",
        "列表在翻页期间已变动",
    ),
    ("not-signed", HTTPStatus.CONFLICT, "No checkpoint covers it yet", "尚无检查点涵盖此内容"),
    (
        "signing-refused",
        HTTPStatus.CONFLICT,
        "The log does not agree with what was signed or stored before",
        "账本与此前签署或存储的内容不符",
    ),
    (
        "no-checkpoint-key",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "This server has no key for checkpoints",
        "本服务没有检查点密钥",
    ),
    ("too-many-requests", HTTPStatus.TOO_MANY_REQUESTS, "Too many requests at once", "同时请求过多"),
    ("internal-error", HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed on our side", "系统内部错误"),
    ("read-only", HTTPStatus.SERVICE_UNAVAILABLE, "This server only reads", "本服务只提供查询"),
    ("not-there-yet", HTTPStatus.SERVICE_UNAVAILABLE, "The view is not there yet", "数据尚未更新到所需序号"),
    ("store-unavailable", HTTPStatus.SERVICE_UNAVAILABLE, "The ledger is out of reach", "账本暂时不可用"),
)
"""What HTTP itself can refuse; the other codes are those of the rules."""


@cache
def refusals() -> Mapping[str, type[Refusal]]:
    """Every refusal of the rules by its code, also those of commands that nobody has loaded yet."""
    for module in pkgutil.iter_modules(ledger.domain.__path__, "ledger.domain."):
        importlib.import_module(module.name)
    importlib.import_module("ledger.store.sitting")
    found = (one for one in _refusals(Refusal) if one.__module__.startswith("ledger."))
    return MappingProxyType({refusal.code: refusal for refusal in found})


@cache
def catalogue() -> Mapping[str, Kind]:
    """Every code there is."""
    found = HTTP_KINDS | {code: kind_of(refusal) for code, refusal in refusals().items()}
    return MappingProxyType(dict(sorted(found.items())))


def kind_of(refusal: type[Refusal]) -> Kind:
    """What a rule's refusal is to HTTP: what is not there is 404, and what the rules do not allow 409."""
    status = _REFUSED_AS.get(refusal.code, HTTPStatus.CONFLICT)
    if refusal.code.startswith("unknown-"):
        status = HTTPStatus.NOT_FOUND
    rule = (refusal.__doc__ or refusal.code).partition("\n")[0]
    # What the details hold is for the page of the problem, and for no title.
    summary = rule.partition("; `")[0].rstrip(".")
    return Kind(refusal.code, status.value, summary, TITLES_ZH[refusal.code])


class WrongField(Struct, frozen=True, omit_defaults=True):
    """One field that is wrong: a JSON pointer into the body, or the name of a parameter or header."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None


class Fault(NamedTuple):
    """The same in both languages."""

    en: str
    zh: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None

    def told(self, language: str) -> WrongField:
        """The field as it is told in a language."""
        detail = self.zh if language == ZH else self.en
        return WrongField(detail, _short(self.pointer), _short(self.parameter), self.header)


class Problem(Exception):
    """An error that its caller is told; raised anywhere in the API."""

    def __init__(
        self,
        kind: str | Kind,
        en: str = "",
        zh: str = "",
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] = _NO_HEADERS,
        details: Mapping[str, str | int] = MappingProxyType({}),
    ) -> None:
        """`kind` is a code of HTTP_KINDS or a refusal's kind; `en` and `zh` say what happened this time."""
        self.kind = HTTP_KINDS[kind] if isinstance(kind, str) else kind
        super().__init__(self.kind.code)
        self.en = en or self.kind.en
        self.zh = zh or self.kind.zh
        self.errors = tuple(errors)
        self.headers = dict(headers)
        self.details = details
        if self.kind.status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.headers.setdefault("Retry-After", "1")

    def document(self, language: str, request_id: str) -> dict[str, Any]:
        """The problem document in a language."""
        found: dict[str, Any] = {
            "type": f"/problems/{self.kind.code}",
            "title": self.kind.title(language),
            "status": self.kind.status,
            "detail": self.zh if language == ZH else self.en,
            "code": self.kind.code,
            "request_id": request_id,
        }
        if self.details:
            found["details"] = dict(self.details)
        if self.errors:
            found["errors"] = [msgspec.to_builtins(fault.told(language)) for fault in self.errors]
        return found


def wrong(fault: Fault, code: str = "invalid-request") -> Problem:
    """The problem of one field that is wrong."""
    where = _short(fault.pointer or fault.parameter or fault.header)
    return Problem(
        code,
        f"{where or 'The body'}: {fault.en}",
        f"{where or '请求内容'}：{fault.zh}",
        errors=[fault],
    )


def refused(refusal: Refusal) -> Problem:
    """A rule's refusal as a problem; a field that is wrong is pointed at."""
    kind = kind_of(type(refusal))
    if isinstance(refusal, InvalidInput):
        # What the bank itself found is told in the words of msgspec, and in no other language.
        reason = Said(refusal.reason, refusal.reason_zh) if refusal.reason_zh else worded(refusal.reason)
        at = pointer(refusal.field)
        return Problem(kind, f"{at}: {reason.en}", f"{at}：{reason.zh}", errors=(Fault(*reason, pointer=at),))
    return Problem(kind, refusal.sentence(), refusal.sentence(ZH), details=refusal.details)


def pointer(path: str) -> str:
    """A path such as `days[0].minutes` as a JSON pointer: `/days/0/minutes`."""
    return "".join(f"/{part}" for part in path.replace("[", ".").replace("]", "").split(".") if part)


def _short(name: str | None) -> str | None:
    """What names a field, whose last part may be the caller's own word for one that there is not."""
    if name is None:
        return None
    place, slash, last = name.rpartition("/")
    return place[:MOST_NAME_CHARACTERS] + slash + last[:MOST_NAME_CHARACTERS]


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if "code" in vars(one):
            yield one
        yield from _refusals(one)
