"""What a decision on a redemption needs to know: what was placed, and what has become of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from ledger.domain import tags
from ledger.domain.commands import Facts, Fold, Refusal
from ledger.domain.events import (
    Event,
    RedemptionCancelled,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)


class State(StrEnum):
    """What has become of a redemption."""

    PLACED = "placed"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    RETURNED = "returned"

    def spoken(self, language: str = "en") -> str:
        """The word that people use."""
        return _STATES_ZH[self] if language == "zh" else self.value


_STATES_ZH = {
    State.PLACED: "待领取",
    State.FULFILLED: "已领取",
    State.CANCELLED: "已取消",
    State.EXPIRED: "已过期",
    State.RETURNED: "已退回",
}

STATE_AFTER: Mapping[type[Event], State] = {
    RedemptionPlaced: State.PLACED,
    RedemptionFulfilled: State.FULFILLED,
    RedemptionCancelled: State.CANCELLED,
    RedemptionExpired: State.EXPIRED,
    RedemptionReturned: State.RETURNED,
}
"""The state that each step leads to."""


class UnknownRedemption(Refusal):
    """Nothing was placed under the id."""

    code = "unknown-redemption"
    en = "There is no redemption {redemption}."
    zh = "没有这笔兑换：{redemption}。"


class AlreadySettled(Refusal):
    """A hold is spent or released once."""

    code = "already-settled"
    en = "The redemption {redemption} was {state} before; nothing is held for it any more."
    zh = "兑换 {redemption} {state}，不再占用时间币，不能重复办理。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the state as people say it."""
        return {**self.details, "state": State(self.details["state"]).spoken(language)}


class NotExpiredYet(Refusal):
    """A hold lasts until its day."""

    code = "not-expired-yet"
    en = "The redemption {redemption} does not expire before {expires}."
    zh = "兑换 {redemption} 在 {expires} 之前不会过期。"


class NotFulfilled(Refusal):
    """Only what was handed over comes back."""

    code = "not-fulfilled"
    en = "The redemption {redemption} was never fulfilled, so there is nothing to return."
    zh = "兑换 {redemption} 未曾领取，无需退回。"


class AlreadyReturned(Refusal):
    """A redemption is returned once."""

    code = "already-returned"
    en = "The redemption {redemption} was returned before."
    zh = "兑换 {redemption} 已经退回过。"


class RedemptionSoFar(Fold):
    """One redemption so far."""

    types: ClassVar = frozenset(STATE_AFTER)

    def __init__(self, about: str) -> None:
        """Not placed yet."""
        self.redemption = about.partition(":")[2]
        self.placed: RedemptionPlaced | None = None
        self.state = State.PLACED

    def see(self, event: Event) -> None:
        """Follow its way."""
        if isinstance(event, RedemptionPlaced):
            self.placed = event
        self.state = STATE_AFTER[type(event)]

    def known(self) -> RedemptionPlaced:
        """What was placed; refuses with UnknownRedemption."""
        if self.placed is None:
            raise UnknownRedemption(redemption=self.redemption)
        return self.placed

    def held(self) -> RedemptionPlaced:
        """What is held now; refuses with UnknownRedemption or AlreadySettled."""
        placed = self.known()
        if self.state is not State.PLACED:
            raise AlreadySettled(redemption=self.redemption, state=self.state)
        return placed

    def returnable(self) -> RedemptionPlaced:
        """What was fulfilled and can come back; refuses with UnknownRedemption, AlreadyReturned or NotFulfilled."""
        placed = self.known()
        if self.state is State.RETURNED:
            raise AlreadyReturned(redemption=self.redemption)
        if self.state is not State.FULFILLED:
            raise NotFulfilled(redemption=self.redemption)
        return placed


def redemption_of(redemption: str) -> Facts[RedemptionSoFar]:
    """The boundary line of one redemption."""
    return Facts(RedemptionSoFar, tags.about(redemption))
