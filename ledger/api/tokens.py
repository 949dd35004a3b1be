"""Bearer tokens: JWTs signed with Ed25519, issued here or by whoever holds the private key."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from ledger.domain.bilingual import Bilingual
from ledger.operations.callers import Caller, Role
from ledger.operations.words.tokens import BAD_TOKENS

ALGORITHM = "EdDSA"
ISSUER = "timebank-ledger"
LONGEST_LIFETIME = timedelta(days=31)

_REMEMBERED_SECONDS = 1.0
_MOST_REMEMBERED = 10_000
_MOST_CHARACTERS = 4_096
_CLOCK_SKEW = timedelta(seconds=5)
_REQUIRED = ["iss", "aud", "sub", "iat", "exp"]
_REASONS: Mapping[type[jwt.PyJWTError], str] = {
    jwt.ExpiredSignatureError: "expired",
    jwt.ImmatureSignatureError: "not-yet",
    jwt.InvalidAudienceError: "other-ledger",
    jwt.InvalidIssuerError: "other-issuer",
    jwt.InvalidAlgorithmError: "algorithm",
    jwt.InvalidSignatureError: "other-key",
    jwt.MissingRequiredClaimError: "lacking",
}


class Terms(Struct, frozen=True):
    """What a token must say: who issued it, for whom it is, and how long it may last at most."""

    audience: str
    issuer: str = ISSUER
    longest: timedelta = LONGEST_LIFETIME


class BadToken(Bilingual):
    """A token that is not taken; the message says why, for the one who presented it."""

    def __init__(self, reason: str) -> None:
        """`reason` is the name of one of `BAD_TOKENS`."""
        super().__init__(*BAD_TOKENS[reason])
        self.reason = reason


def issue(key: Ed25519PrivateKey, terms: Terms, caller: Caller, lifetime: timedelta, now: float) -> str:
    """A token for a caller; ValueError if it would last longer than the terms allow. `now` is in Unix seconds."""
    if not timedelta(0) < lifetime <= terms.longest:
        raise ValueError(f"a token lasts at most {terms.longest.days} days")
    claims: dict[str, Any] = {
        "iss": terms.issuer,
        "aud": terms.audience,
        "sub": caller.actor,
        "iat": int(now),
        "exp": int(now + lifetime.total_seconds()),
        "role": caller.role.value,
    }
    if caller.community is not None:
        claims["community"] = caller.community
    return jwt.encode(claims, key, algorithm=ALGORITHM)


class Verifier:
    """Tells who presents a token, and remembers that for a second: verifying costs a sixth of a millisecond."""

    def __init__(
        self, key: Ed25519PublicKey, terms: Terms, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` counts seconds, for what is remembered."""
        self._key = key
        self._terms = terms
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Caller | BadToken]] = OrderedDict()

    def caller(self, token: str) -> Caller:
        """Who presents it; raises BadToken."""
        if len(token) > _MOST_CHARACTERS:
            raise BadToken("long")
        now = self._clock()
        known = self._known.get(token)
        if known is None or known[0] <= now:
            try:
                found = self._verified(token)
            except BadToken as bad:
                found = bad
            known = self._known[token] = now + _REMEMBERED_SECONDS, found
            self._known.move_to_end(token)
            if len(self._known) > _MOST_REMEMBERED:
                self._known.popitem(last=False)
        if isinstance(known[1], BadToken):
            raise BadToken(known[1].reason)
        return known[1]

    def _verified(self, token: str) -> Caller:
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=self._terms.audience,
                issuer=self._terms.issuer,
                leeway=_CLOCK_SKEW,
                options={"require": _REQUIRED, "strict_aud": True},
            )
            times = msgspec.convert(claims, _Times)
        except jwt.PyJWTError as error:
            raise BadToken(_why(error)) from None
        # Whoever holds the key may still have written anything: JSON without end, instants as texts or beyond all time.
        except (msgspec.ValidationError, ValueError, TypeError, ArithmeticError, RecursionError):
            raise BadToken("content") from None
        # Asked this way round, what is not a number is refused too.
        if not 0 <= times.exp - times.iat <= self._terms.longest.total_seconds():
            raise BadToken("lifetime")
        return _caller(claims)


class _Times(Struct, frozen=True):
    """From when and until when a token is good, in Unix seconds."""

    iat: int | float
    exp: int | float


def _why(error: jwt.PyJWTError) -> str:
    """Why a token is not taken, which says nothing of what it holds."""
    return next((why for kind, why in _REASONS.items() if isinstance(error, kind)), "unreadable")


def _caller(claims: dict[str, Any]) -> Caller:
    told = {"actor": claims["sub"], "role": claims.get("role"), "community": claims.get("community")}
    try:
        caller = msgspec.convert(told, Caller)
    except msgspec.ValidationError:
        raise BadToken("nobody") from None
    if (caller.role is Role.VOLUNTEER) != caller.actor.startswith("vol_"):
        raise BadToken("volunteer")
    if (caller.role is Role.COORDINATOR) != (caller.community is not None):
        raise BadToken("coordinator")
    return caller
