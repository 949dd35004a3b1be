"""What whoever runs a server should know of where it runs, though it serves."""

import sqlite3
from datetime import timedelta

from msgspec import Struct

from ledger.bootstrap import Ledger
from ledger.domain.minutes import spoken
from ledger.store import log
from ledger.store.codec import UnreadableEvent, decode
from ledger.store.privacy import open_paths

OPEN_FOLDER = "open-folder"

_SOUND_SQLITE = (3, 51, 3)
_CLOCK_SKEW = timedelta(seconds=5)


class Warned(Struct, frozen=True):
    """A warning: a stable code, and a sentence in both languages that names no path and nobody."""

    code: str
    detail: tuple[str, str]


def warnings_of(ledger: Ledger) -> list[Warned]:
    """What is to be known of a ledger's clock, its database program and its files; raises StoreError."""
    found = (_clock(ledger), _sqlite(ledger), _files(ledger))
    return [one for one in found if one is not None]


def _clock(ledger: Ledger) -> Warned | None:
    with ledger.log.store.snapshot() as connection:
        newest = log.last(connection)
    if newest is None:
        return None
    try:
        at = decode(newest.data).at
    except UnreadableEvent:
        # `audit verify` tells of it.
        return None
    behind = at - ledger.now()
    if behind <= _CLOCK_SKEW:
        return None
    minutes, dated = max(1, behind // timedelta(minutes=1)), f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return Warned(
        "clock-behind",
        (
            f"The system's clock is {spoken(minutes)} behind the newest fact: until it has caught up, facts are dated"
            f" {dated}, which is later than it is.",
            f"系统时钟比最新事件落后{spoken(minutes, 'zh')}：在赶上之前，入账时间记为 {dated}，晚于实际时间。",
        ),
    )


def _sqlite(ledger: Ledger) -> Warned | None:
    if not ledger.log.store.embedded or sqlite3.sqlite_version_info >= _SOUND_SQLITE:
        return None
    return Warned(
        "sqlite-old",
        (
            f"SQLite is {sqlite3.sqlite_version}: before 3.51.3, the log that it writes ahead can be damaged while"
            " other processes read.",
            f"SQLite 版本为 {sqlite3.sqlite_version}：早于 3.51.3 的版本在其他进程读取时可能损坏预写日志。",
        ),
    )


def _files(ledger: Ledger) -> Warned | None:
    if not open_paths(ledger.settings.kept()):
        return None
    return Warned(
        OPEN_FOLDER,
        (
            "The ledger's folder or files let others than their owner in: take away the rights of group and others.",
            "账本的文件夹或文件对所有者以外的人开放：请取消同组用户和其他用户的权限。",
        ),
    )
