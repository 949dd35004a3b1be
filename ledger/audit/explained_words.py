"""Why a line stands in a volunteer's books, in a sentence of English or Chinese."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from ledger.audit.explained import AppliedPolicy
from ledger.audit.words.explained import LINES, RECEIVED
from ledger.domain.events import CountedService, CreditsTransferred, Event
from ledger.domain.minutes import spoken
from ledger.store.codec import type_name


def why(
    event: Event,
    volunteer: str,
    day: date,
    policy: AppliedPolicy | None,
    language: str,
    reasons: Mapping[str, tuple[str, str]],
) -> str:
    """The sentence for a volunteer's line of a day; whoever and whatever has no public name is named by id.

    `reasons` are what codes of reasons are called, in English and in Chinese.
    """
    kind = type_name(type(event))
    if isinstance(event, CreditsTransferred) and event.receiver == volunteer:
        kind = RECEIVED
    said: dict[str, Any] = msgspec.structs.asdict(event)
    if isinstance(event, CountedService):
        counted = next(one for one in event.days if one.day == day)
        said |= {
            "activity_name": event.service.activity_name,
            "minutes": counted.minutes,
            "credits": spoken(counted.credits, language),
            "policy": counted.policy,
            "version": counted.policy_version,
            "served": _or_unknown(policy and policy.served, language),
            "per": _or_unknown(policy and policy.credits, language),
        }
    said["minutes"] = spoken(said["minutes"], language)
    if said.get("reason") in reasons:
        said["reason"] = reasons[said["reason"]][language == "zh"]
    return LINES[kind][language == "zh"].format_map(said)


def _or_unknown(minutes: int | None, language: str) -> str:
    """Minutes of a rate; a policy that the log does not have has none."""
    return "?" if minutes is None else spoken(minutes, language)
