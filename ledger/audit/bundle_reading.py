"""Reading a bundle back: every line judged, and the whole held against its manifest and its checkpoints."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ledger.audit.bundles import CHECKPOINTS, EVENTS, FORMAT, MANIFEST, Manifest
from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.notes import BadNote, VerifierKey, read
from ledger.audit.verification import Peaks
from ledger.domain.bilingual import Bilingual, of_the_decoder
from ledger.domain.events import LedgerOpened
from ledger.store.codec import Recorded, UnreadableEvent, recorded
from ledger.store.leaves import event_hash
from projections.running.rebuilding import Progress, no_progress

LONGEST_LINE = 1 << 20
"""Bytes: no event is nearly as long."""

_BATCH = 5_000
_MOST_FILE_BYTES = 1 << 28
_MOST_PROBLEMS = 1_000


class Problem(NamedTuple):
    """Why a line of the events (counted from 1) cannot be taken, in both languages."""

    line: int
    reason: tuple[str, str]


class BadBundle(Bilingual):
    """A bundle that is not what it says; `problems` are those of its lines, the first thousand at most."""

    def __init__(self, en: str, zh: str, problems: Sequence[Problem] = ()) -> None:
        """Both are a sentence."""
        super().__init__(en, zh)
        self.problems = tuple(problems)


class _BadLine(Bilingual):
    """What a line is that no event is."""


class Signed(NamedTuple):
    """A checkpoint, and the note that it stands in."""

    checkpoint: Checkpoint
    note: str


class Bundle:
    """A bundle whose manifest and checkpoints fit each other; its events are read as they are asked for."""

    def __init__(self, folder: Path, key: VerifierKey | None = None) -> None:
        """Raises BadBundle, also where a checkpoint is not signed with the key that is given."""
        self._events = folder / EVENTS
        self.manifest = _read(folder / MANIFEST, Manifest)
        if self.manifest.format != FORMAT:
            raise BadBundle(
                f"{MANIFEST} is not that of a bundle that this release reads ({FORMAT})",
                f"{MANIFEST} 不是本版本可读的核验包清单（{FORMAT}）",
            )
        self.signed = [_signed(note, key) for note in _read(folder / CHECKPOINTS, list[str])]
        self._compare_checkpoints()

    def examine(self, progress: Progress = no_progress) -> None:
        """Read all events once; raises BadBundle unless they are what the manifest and the checkpoints say."""
        for some in self.batches():
            progress("examine", some[-1].position, self.manifest.size)

    def batches(self) -> Iterator[list[Recorded]]:
        """The events in order; raises BadBundle as `examine` does, at the end at the latest.

        Memory does not grow with the log.
        """
        reading = _Reading(self)
        some: list[Recorded] = []
        for one in reading.lines(self._events):
            some.append(one)
            if len(some) == _BATCH:
                yield some
                some = []
        reading.conclude()
        if some:
            yield some

    def _compare_checkpoints(self) -> None:
        origin, size = self.manifest.origin, self.manifest.size
        sizes = [one.checkpoint.size for one in self.signed]
        if sizes != sorted(set(sizes)) or sizes[-1:] != [size] or 0 in sizes:
            raise BadBundle(
                f"{CHECKPOINTS} does not lead up to a checkpoint of {size} events, all that there are",
                f"{CHECKPOINTS} 的最后一个检查点未涵盖全部 {size} 个事件",
            )
        if any(one.checkpoint.origin != origin for one in self.signed):
            raise BadBundle(f"a checkpoint is not one of the ledger {origin}", f"有检查点不属于总账 {origin}")
        if b64encode(self.signed[-1].checkpoint.root).decode() != self.manifest.root:
            raise BadBundle(
                f"the last checkpoint names another root than {MANIFEST}",
                f"最后一个检查点的根与 {MANIFEST} 不同",
            )


class _Reading:
    """One reading of the events, with what is wrong with them so far."""

    def __init__(self, bundle: Bundle) -> None:
        self._manifest = bundle.manifest
        self._roots = {one.checkpoint.size: one.checkpoint.root for one in bundle.signed}
        self._peaks = Peaks()
        self._number = 0
        self._at = datetime.min.replace(tzinfo=UTC)
        self._problems: list[Problem] = []
        self._bad = 0
        self._changed = 0

    def lines(self, path: Path) -> Iterator[Recorded]:
        """The events up to the first line that is wrong; those after it are judged all the same."""
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE + 1):
                self._number += 1
                try:
                    one = self._judged(line)
                except (UnreadableEvent, _BadLine) as error:
                    self._note((str(error), error.zh))
                    if len(line) > LONGEST_LINE:
                        break
                    continue
                self._add(one)
                if not self._bad:
                    yield one

    def conclude(self) -> None:
        """Raise BadBundle unless all was as the manifest and the checkpoints say."""
        if self._bad:
            bad = self._bad
            raise BadBundle(
                f"{bad:,} line{'' if bad == 1 else 's'} cannot be taken",
                f"有 {bad:,} 行无法接纳",
                self._problems,
            )
        if self._number != self._manifest.size:
            size, found = self._manifest.size, self._number
            raise BadBundle(
                f"{MANIFEST} tells of {size} events, and {EVENTS} has {found}",
                f"{MANIFEST} 所列事件为 {size} 个，{EVENTS} 有 {found} 个",
            )
        if self._changed:
            raise BadBundle(
                f"the first {self._changed} events are not those that were signed: one was changed",
                f"前 {self._changed} 个事件与签署时不符：其中有事件被改动",
            )

    def _judged(self, line: bytes) -> Recorded:
        if len(line) > LONGEST_LINE:
            raise _BadLine(
                f"it is longer than {LONGEST_LINE:,} bytes, and nothing after it is read",
                f"超过 {LONGEST_LINE:,} 字节，其后未读取",
            )
        if not line.endswith(b"\n"):
            raise _BadLine("it is cut off: no newline ends it", "不完整：末尾没有换行")
        if b"\x00" in line:
            raise _BadLine("it holds a NUL", "含有 NUL 字符")
        try:
            text = line[:-1].decode()
        except UnicodeDecodeError as error:
            byte = error.start + 1
            raise _BadLine(f"it is not UTF-8 (byte {byte})", f"不是 UTF-8（第 {byte} 字节）") from None
        one = recorded(self._number, text)
        opened = one.event.origin if isinstance(one.event, LedgerOpened) else None
        if opened != (self._manifest.origin if self._number == 1 else None):
            origin = self._manifest.origin
            raise _BadLine(
                f"the first event, and no other, opens the ledger {origin}",
                f"应由且仅由第一个事件开立总账 {origin}",
            )
        if one.event.at.tzinfo is None:
            raise _BadLine("when it was recorded has no time zone", "入账时间没有时区")
        if one.event.at < self._at:
            raise _BadLine("it was recorded before the event above it", "入账时间早于前一事件")
        self._at = one.event.at
        return one

    def _add(self, one: Recorded) -> None:
        self._peaks.add(event_hash(self._manifest.origin, one.position, one.data))
        root = self._roots.get(one.position)
        if root is not None and root != self._peaks.root():
            self._changed = self._changed or one.position

    def _note(self, reason: tuple[str, str]) -> None:
        self._bad += 1
        if self._bad <= _MOST_PROBLEMS:
            self._problems.append(Problem(self._number, reason))


def _signed(note: str, key: VerifierKey | None) -> Signed:
    try:
        if key is not None:
            return Signed(verified_checkpoint(note, [key]), note)
        return Signed(read_checkpoint(read(note).text), note)
    except BadNote as error:
        raise BadBundle(f"a checkpoint cannot be trusted: {error}", f"有检查点不可信：{error.zh}") from None


def _read(path: Path, kind: Any) -> Any:
    if path.stat().st_size > _MOST_FILE_BYTES:
        raise BadBundle(f"{path.name} is too large", f"{path.name} 过大")
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        en, zh = of_the_decoder(error)
        raise BadBundle(f"{path.name} cannot be read: {en}", f"无法读取 {path.name}：{zh}") from None
