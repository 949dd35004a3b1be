"""What help says of a word that is typed: what the field means that it stands for, as it is said at a counter."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.inspect import is_struct_type

from ledger.cli.acts.reading import KIND_OF_TYPE
from ledger.cli.terminal.language import here, language
from ledger.cli.words.counter_words import FIELDS_HERE
from ledger.operations.action import Action
from ledger.operations.question import Question
from ledger.operations.things import KINDS
from ledger.operations.words.fields import meaning_of_field
from ledger.operations.words.parameters import meaning_of_parameter
from ledger.operations.words.said import Said, without_null
from ledger.operations.words.things import THINGS

_TYPED: Mapping[str, Said] = {
    "person": ("a name, which the directory alone keeps", "姓名，只登记在名册"),
    "shift": (
        "an id (shi_…), an activity and when it begins (NAME@09:30), or an activity with one shift",
        "编号（shi_…）、活动及其开始时间（名称@09:30），或只有一个班次的活动",
    ),
    "volunteer": ("a volunteer number, or an id (vol_…)", "志愿者编号，或系统编号（vol_…）"),
    **{
        name: (f"an id ({kind.prefix}…) or a name", f"编号（{kind.prefix}…）或名称")
        for name, kind in KINDS.items()
        if name != "shift"
    },
}
"""How somebody or something is named at a counter; where it is not told here, by its id alone."""


def help_of(operation: Action | Question, path: str, hint: Any, *, needed: bool) -> str:
    """What help says of a word that stands for a field, at its path, or for a name of the subject."""
    field, of_subject = path.rpartition(".")[2], path in operation.subject
    if field in FIELDS_HERE:
        return here(*FIELDS_HERE[field])
    # What a subject names is described anew in a field of the same name.
    struct = operation.query if isinstance(operation, Question) else operation.body
    schema, default = ("", None) if of_subject else _field_at(struct, path)
    told = "" if needed else _told(default)
    if isinstance(operation, Question) and not of_subject:
        return meaning_of_parameter(operation.name, field, language()) + told
    meaning = meaning_of_field(schema, field, language()) or here(*_id_of(THINGS[field]))
    thing = field if field in THINGS else None
    kind = next((KIND_OF_TYPE[one] for one in (hint, *get_args(hint)) if one in KIND_OF_TYPE), thing)
    return without_null(meaning) + told if kind is None else _as_typed(without_null(meaning), kind)


def _id_of(thing: Said) -> Said:
    return f"The id of the {thing[0]}.", f"{thing[1]}的编号。"


def _as_typed(meaning: str, kind: str) -> str:
    """What is meant, such as `The id of the giver.`, and how people name it: `The giver: a volunteer number, …`."""
    what = meaning.rstrip(".。").removeprefix("The id of ").removesuffix("的编号")
    by_id: Said = (f"an id ({kind[:3]}_…)", f"编号（{kind[:3]}_…）")
    how = here(*_TYPED.get(kind, by_id))
    return here(f"{what[0].upper()}{what[1:]}: {how}.", f"{what}：{how}。")


def _told(default: Any) -> str:
    """The default, where there is one to tell."""
    if isinstance(default, bool) or not isinstance(default, str | int) or not default:
        return ""
    return here(f" [default: {default}]", f" [默认：{default}]")


def _field_at(struct: type[Struct], path: str) -> tuple[str, Any]:
    """The name of the struct in which a field lies, and its default; none where it is no field of the body."""
    first, _, rest = path.partition(".")
    found = next((one for one in msgspec.structs.fields(struct) if one.encode_name == first), None)
    if found is None or not rest:
        return ("", None) if found is None else (struct.__name__, found.default)
    [inner] = (one for one in (found.type, *get_args(found.type)) if is_struct_type(one))
    return _field_at(inner, rest)
