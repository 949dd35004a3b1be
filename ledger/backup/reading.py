"""Reading a backup: whatever somebody put there in place of it is told, with the file and the line."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.notes import BadNote
from ledger.backup.form import (
    CHECKPOINTS,
    ERASURES,
    EVENTS,
    FORMAT,
    MANIFEST,
    PERSONS,
    VOLUNTEERS,
    BadBackup,
    Manifest,
    checkpoint_of,
)
from ledger.domain.bilingual import of_the_decoder, of_the_system
from ledger.people.directory import Volunteer
from ledger.people.erasures import BadErasures, read_erasures
from ledger.people.persons import PersonInCharge
from ledger.people.tables import Content

_LONGEST_MANIFEST = 100_000
_LONGEST_LINE = 4_000_000

T = TypeVar("T")

_manifest_decoder = msgspec.json.Decoder(Manifest)
_text_decoder = msgspec.json.Decoder(str)
_texts_decoder = msgspec.json.Decoder(dict[str, str])


class Backup:
    """The files of a backup, read and held against its manifest."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest; raises BadBackup."""
        self._folder = folder
        try:
            with (folder / MANIFEST).open("rb") as file:
                self.manifest = _manifest_decoder.decode(file.read(_LONGEST_MANIFEST))
        except OSError as error:
            en, zh = of_the_system(error)
            raise BadBackup(
                f"{folder} is no backup: {MANIFEST}: {en}", f"{folder} 不是备份：{MANIFEST}：{zh}"
            ) from None
        except msgspec.DecodeError as error:
            raise _at(MANIFEST, of_the_decoder(error)) from None
        if self.manifest.format != FORMAT:
            raise BadBackup(
                f"{MANIFEST}: the format is {self.manifest.format}, and this release reads {FORMAT}",
                f"{MANIFEST}：格式为 {self.manifest.format}，本版本读取 {FORMAT}",
            )
        for name in (EVENTS, CHECKPOINTS, VOLUNTEERS, PERSONS, ERASURES):
            if name not in self.manifest.digests:
                raise BadBackup(
                    f"{MANIFEST}: it tells no digest of {name}", f"{MANIFEST}：没有 {name} 的摘要"
                )

    def events(self) -> Iterator[str]:
        """The stored text of each event, in order; raises BadBackup."""
        count, told = 0, self.manifest.position
        for count, text in enumerate(self._lines(EVENTS), 1):
            if count > told:
                raise BadBackup(
                    f"{EVENTS}: more events than the {told} of the manifest",
                    f"{EVENTS}：事件多于清单所列的 {told} 个",
                )
            yield text
        if count < told:
            raise BadBackup(
                f"{EVENTS}: {count} events, and the manifest tells of {told}",
                f"{EVENTS}：有 {count} 个事件，清单所列为 {told} 个",
            )

    def checkpoints(self) -> list[tuple[str, Checkpoint]]:
        """Each note with the checkpoint that it tells; raises BadBackup."""
        return [
            (note, self.verified(note, _line(CHECKPOINTS, number)))
            for number, text in enumerate(self._lines(CHECKPOINTS), 1)
            for note in [self._decoded(_text_decoder, CHECKPOINTS, number, text)]
        ]

    def verified(self, note: str, where: tuple[str, str]) -> Checkpoint:
        """The checkpoint that a note tells, by the key that the backup names; raises BadBackup, which says where."""
        try:
            return checkpoint_of(note, self.manifest.verifier_key)
        except BadNote as error:
            en, zh = where
            raise BadBackup(f"{en}: {error}", f"{zh}：{error.zh}") from None

    def content(self) -> Content:
        """Everybody whom the backup knows, and everybody who was erased; raises BadBackup."""
        try:
            erasures = list(read_erasures(self._folder / ERASURES))
        except BadErasures as error:
            raise BadBackup(str(error), error.zh) from None
        for _ in self._lines(ERASURES):
            # For its digest alone.
            pass
        content = Content(
            [
                Volunteer(**texts)
                for texts in self._people(VOLUNTEERS, Volunteer._fields, ("volunteer",), ("number",))
            ],
            [
                PersonInCharge(**texts)
                for texts in self._people(PERSONS, PersonInCharge._fields, ("person",), ("unit", "name"))
            ],
            erasures,
        )
        told = self.manifest
        if tuple(map(len, content)) != (told.volunteers, told.persons, told.erasures):
            raise BadBackup(
                f"{MANIFEST}: it tells of another number of people", f"{MANIFEST}：所列人数与名册不符"
            )
        return content

    def key(self, name: str) -> bytes | None:
        """A private key as it lay in its file, None if it is not in the backup; raises BadBackup."""
        if name not in self.manifest.digests:
            return None
        return "".join(f"{line}\n" for line in self._lines(name)).encode()

    def _people(self, name: str, fields: tuple[str, ...], *keys: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """The entries of a file, no two of which share the fields of a key."""
        seen: set[tuple[str, ...]] = set()
        for number, text in enumerate(self._lines(name), 1):
            texts = self._decoded(_texts_decoder, name, number, text)
            if texts.keys() != set(fields) or any("\0" in one for one in texts.values()):
                raise _at(_line(name, number), ("this is no entry of the directory", "不是名册条目"))
            for key in keys:
                own = (*key, *(texts[field] for field in key))
                if own in seen:
                    same = (
                        f"an entry above has the same {' and '.join(key)}",
                        f"与前面某条目的 {'、'.join(key)} 相同",
                    )
                    raise _at(_line(name, number), same)
                seen.add(own)
            yield texts

    def _decoded(self, decoder: msgspec.json.Decoder[T], name: str, number: int, text: str) -> T:
        try:
            return decoder.decode(text)
        except msgspec.DecodeError as error:
            raise _at(_line(name, number), of_the_decoder(error)) from None

    def _lines(self, name: str) -> Iterator[str]:
        """The lines of a file; raises BadBackup at the end if its digest is not that of the manifest."""
        digest, number = hashlib.sha256(), 0
        try:
            with (self._folder / name).open("rb") as file:
                while line := file.readline(_LONGEST_LINE):
                    number += 1
                    digest.update(line)
                    if not line.endswith(b"\n"):
                        raise _at(_line(name, number), ("it is cut off", "不完整"))
                    yield line[:-1].decode()
        except OSError as error:
            raise _at(name, of_the_system(error)) from None
        except UnicodeDecodeError:
            raise _at(_line(name, number), ("this is not UTF-8", "不是 UTF-8")) from None
        if digest.hexdigest() != self.manifest.digests[name]:
            raise BadBackup(
                f"{name}: this is not what was written: its digest is another than the manifest's",
                f"{name}：与写入时不符：其摘要与清单所列不同",
            )


def _line(name: str, number: int) -> tuple[str, str]:
    """A line of a file, in both languages."""
    return f"{name}, line {number}", f"{name} 第 {number} 行"


def _at(where: str | tuple[str, str], what: tuple[str, str]) -> BadBackup:
    """What is wrong with a file, or with a line of one."""
    en, zh = (where, where) if isinstance(where, str) else where
    return BadBackup(f"{en}: {what[0]}", f"{zh}：{what[1]}")
