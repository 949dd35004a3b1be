"""Which thing a word means, wherever it is typed: an id, `me`, a number, a name, `NAME@09:30`, `source:external-id`."""

import contextlib
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from ledger.bootstrap import Ledger
from ledger.domain import tags
from ledger.domain.events import TermKind
from ledger.domain.ids import new_id
from ledger.domain.spelling import normal, same_name
from ledger.domain.written import MONTH, read_month
from ledger.operations.access import OWNERS, Sight, reaches
from ledger.operations.callers import LIMITED, STAFF, Caller
from ledger.operations.held import HELD
from ledger.operations.instants import NoInstant
from ledger.operations.refused import Fault, Problem, Word, kind_of, wrong
from ledger.operations.terms.known import labels
from ledger.operations.things import KINDS, MOST_CANDIDATES, Asking, Candidate
from ledger.operations.typed_words import ME, NUMBER, VolunteerName
from ledger.operations.words.terms import TERMS
from ledger.operations.words.things import THINGS
from ledger.operations.words.validation import worded
from ledger.store import log
from ledger.store.codec import decode

_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NO_TERM = (
    "nothing is called so: the list of terms tells what there is, and a new code is small letters, digits and hyphens",
    "术语表中没有这个名称；新代码由小写字母、数字和连字符组成",
)
_SEVERAL = ("several codes are called so: send one of them", "有多个代码使用这个名称，请填写其中一个代码")
_SEVERAL_HAVE_IT = (
    "several volunteers have this number, spelt differently: name one by id ({ids}), and mend their numbers",
    "有多名志愿者使用此编号（写法不同）：请以 ID 指明（{ids}），并更正他们的编号",
)
_ID = re.compile(r"[a-z]{3}_[a-z0-9]{3,32}")


class Meaning(NamedTuple):
    """What words mean to a caller, at one moment of a ledger's views."""

    ledger: Ledger
    sight: Sight
    caller: Caller

    def subject(self, name: str, word: str) -> str:
        """The id of what an operation is about, at a place of some name; raises `not-found` or `ambiguous`."""
        found: str | None = None
        if name in KINDS:
            with contextlib.suppress(NoInstant):
                found = self._named(name, word)
        elif name in HELD:
            found = self._held(name, word)
        elif name in {"month", "skill"}:
            found = _month(word) if name == "month" else self.code(TermKind.SKILL, word, name)
        elif name == "volunteer" and word == ME:
            if self.caller.volunteer is None:
                raise Problem(
                    "not-found", "Only a volunteer is somebody here.", "只有志愿者本人可以使用 me。"
                )
            found = self.caller.volunteer
        elif name == "sign_up" and "@" in word:
            found = self._sign_up(*word.split("@", 1))
        elif name == "visit" and (word == ME or word.startswith((f"{NUMBER}:", "vol_"))):
            found = self._visit(word)
        elif ":" not in word:
            found = word
        else:
            found = self._known_elsewhere(name, *word.split(":", 1))
        if found is None:
            raise Problem("not-found", word=Word(name, word))
        return found

    def thing(self, kind: str, word: str, *, at: str, hidden: bool = False, day: date | None = None) -> str:
        """The thing that is named `at` a JSON pointer or a parameter; raises the Problem of none, or of several.

        Where which it may be is limited (`hidden`), one that is not there is told as one out of reach. Of several
        activities of a name, the one that is held on the `day` is meant.
        """
        try:
            found = self._named(kind, word, day)
        except NoInstant as none:
            raise wrong(Fault(none.en, none.zh, **_place(at))) from None
        if found is not None:
            return found
        if hidden:
            raise Problem("not-found")
        raise self.unknown(kind, at=at)

    def code(self, kind: TermKind, word: str, at: str) -> str:
        """The code that a word of a kind is, or that is called so; raises the Problem of none, or of several.

        A code is one whether or not it is called anything.
        """
        if word in TERMS[kind]:
            return word
        known = labels(self.sight.views, self.sight.connection, kind)
        wanted = same_name(word)
        found = [one for one, called in known.items() if wanted in map(same_name, called)]
        if word in known or (not found and _CODE.fullmatch(word)):
            return word
        if len(found) != 1:
            raise wrong(Fault(*(_SEVERAL if found else _NO_TERM), **_place(at)))
        return found[0]

    def unknown(self, kind: str, *, at: str) -> Problem:
        """The problem of a thing that is not there, and is named `at` a JSON pointer or a parameter."""
        en, zh = THINGS[kind]
        fault = Fault(f"no {en} has this name or id", f"没有这个名称或编号的{zh}", **_place(at))
        if fault.parameter is not None:
            return wrong(fault)
        # Nothing of what was sent is told again: where a name is wanted, somebody's own may have been typed.
        return Problem(kind_of(KINDS[kind].unknown), f"{at}: {fault.en}", f"{at}：{fault.zh}", errors=[fault])

    def volunteer(self, word: str, *, at: str, hidden: bool) -> str:
        """The volunteer who is named `at` a JSON pointer or a parameter; raises the Problem where that is nobody.

        Where whom it may be is limited (`hidden`), a number of nobody is told as that of somebody out of reach.
        """
        try:
            msgspec.convert(word, VolunteerName)
        except msgspec.ValidationError as error:
            raise wrong(Fault(*worded(str(error)), **_place(at))) from None
        if word == ME:
            if self.caller.volunteer is None:
                raise wrong(Fault("only a volunteer is `me`", "只有志愿者本人可以使用 me", **_place(at)))
            return self.caller.volunteer
        source, colon, number = word.partition(":")
        if not colon:
            return word
        assert source == NUMBER
        # The directory is not asked on the loop.
        _ = self.sight.connection
        holders = self._holders(number)
        if len(holders) == 1:
            return holders[0]
        if hidden and self.caller.role in LIMITED:
            raise Problem("not-found")
        if holders:
            raise wrong(
                Fault(*(text.format(ids=", ".join(holders)) for text in _SEVERAL_HAVE_IT), **_place(at))
            )
        fault = Fault("nobody has this volunteer number", "没有这个志愿者编号", **_place(at))
        raise wrong(fault) if fault.parameter else wrong(fault, "unknown-volunteer")

    def receiver(self, word: str, once: str | None) -> str:
        """Whom a volunteer means by any text: the id of nobody where it names nobody, or somebody who was erased.

        So the bank decides on all of these alike, and no earlier: also that `once` stands for another request.
        """
        assert self.caller.volunteer is not None
        if word == ME:
            return self.caller.volunteer
        try:
            msgspec.convert(word, VolunteerName)
        except msgspec.ValidationError:
            return new_id("vol")
        _, colon, number = word.partition(":")
        # Neither is asked on the loop.
        connection, directory = self.sight.connection, self.ledger.directory
        if colon:
            holders = self._holders(number)
            return holders[0] if len(holders) == 1 else new_id("vol")
        if not directory.was_erased(word):
            return word
        # What was given to them before can still be asked for again.
        return word if once is not None and list(log.tagged(connection, [once])) else new_id("vol")

    def person_in_charge(self, word: str, unit: str, *, at: str, dry: bool) -> str:
        """The id of who is in charge, whom a name means; the directory keeps it beside that of the unit.

        Only staff name somebody. Where nothing is to be written (`dry`), somebody new has an id for this once.
        """
        if self.caller.role not in STAFF:
            raise wrong(
                Fault("only staff name who is in charge", "只有工作人员可以填写负责人姓名", **_place(at))
            )
        # The directory is not asked on the loop.
        _ = self.sight.connection
        pair = (unit, normal(word))
        return self.ledger.directory.persons([pair], add=not dry).get(pair) or new_id("per")

    def _named(self, name: str, word: str, day: date | None = None) -> str | None:
        """The id that a word is, or means among things of a kind, None where it means nothing.

        Raises `ambiguous` or NoInstant.
        """
        kind = KINDS[name]
        # Whether there is such a thing is told by whoever needs it.
        if _ID.fullmatch(word) and word.startswith(kind.prefix):
            return word
        found = kind.called(Asking(self.ledger, self.sight, day), word)
        if len(found) > 1:
            raise _ambiguous(Word(name, word), found)
        return found[0]["id"] if found else None

    def _sign_up(self, volunteer: str, shift: str) -> str | None:
        """The last sign-up of a volunteer for a shift, each named as where it is alone, whatever became of it."""
        who, what = self.subject("volunteer", volunteer), self.subject("shift", shift)
        found = self.sight.views.sign_ups.latest(self.sight.connection, what, who)
        return None if found is None else found.id

    def _held(self, name: str, word: str) -> str | None:
        """What holds, or held last; a coordinator means what they reach, and is told of nothing else."""
        kind = HELD[name]
        if _ID.fullmatch(word) and word.startswith(kind.prefix):
            return word
        meant = word
        if name == "tenure":
            if "@" not in word:
                return None
            who, post, *where = word.split("@", 2)
            post = self.code(TermKind.POST, post, name)
            meant = "@".join([self.subject("volunteer", who), post, *where])
        found = kind.called(Asking(self.ledger, self.sight), meant)
        if name in OWNERS:
            found = [one for one in found if reaches(name, one["id"], self.caller, self.sight)]
        if len(found) > 1:
            raise _ambiguous(Word(name, word), found)
        return found[0]["id"] if found else None

    def _visit(self, volunteer: str) -> str | None:
        """Where a volunteer is, else where they last were: of that the bank says that it is over."""
        who = self.subject("volunteer", volunteer)
        found = self.sight.views.visits.latest(self.sight.connection, who)
        return None if found is None else found.id

    def _known_elsewhere(self, name: str, source: str, identifier: str) -> str | None:
        """A volunteer by the number, a record by what another program calls it."""
        if name == "volunteer" and source == NUMBER:
            return self._by_number(f"{source}:{identifier}", identifier)
        return self._record(source, identifier) if name == "record" else None

    def _record(self, source: str, identifier: str) -> str | None:
        for _, _, data in log.tagged(self.sight.connection, [tags.external_tag(source, identifier)]):
            record = getattr(getattr(decode(data), "service", None), "record", None)
            if record is not None:
                return record
        return None

    def _by_number(self, word: str, number: str) -> str | None:
        holders = self._holders(number)
        if len(holders) > 1:
            if self.caller.role in LIMITED:
                raise Problem("not-found", word=Word("volunteer", word))
            raise _ambiguous(Word("volunteer", word), [{"id": one} for one in holders])
        return holders[0] if holders else None

    def _holders(self, number: str) -> list[str]:
        """Who has a number, however it is spelt: several only where they had it before spellings were compared."""
        return sorted(one.volunteer for one in self.ledger.directory.by_number([number]).all())


def is_person(word: str) -> bool:
    """Whether a word for who is in charge is an id."""
    return bool(_ID.fullmatch(word)) and word.startswith("per_")


def _month(word: str) -> str:
    month = read_month(word)
    if month is None:
        raise wrong(Fault(*MONTH, parameter="month"), "not-found")
    return month


def _place(at: str) -> dict[str, str]:
    """Where a word stands, as a fault tells it: a pointer into a body, or a parameter."""
    return {"pointer" if at.startswith("/") else "parameter": at}


def _ambiguous(word: Word, found: Sequence[Candidate]) -> Problem:
    en, zh = THINGS[word.name]
    or_en, or_zh = "", ""
    if word.name == "shift":
        or_en, or_zh = ", or as ACTIVITY@09:30", "或 活动名@09:30 "
    elif word.name in {"tenure", "attachment", "designation"}:
        or_en, or_zh = ", or say where", "，或写明社区（队伍），"
    return Problem(
        "ambiguous",
        f"It may be any of {len(found)}, each a {en}: name one by its id{or_en}.",
        f"可指 {len(found)} 个{zh}，请以编号{or_zh}指明其一。",
        details={"kind": word.name, "candidates": [dict(one) for one in found[:MOST_CANDIDATES]]},
        word=word,
    )
