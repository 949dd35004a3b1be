"""What many operations are alike in: they tell of one thing by its id, or do something to it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from ledger.domain.commands import Command
from ledger.operations.access import Access
from ledger.operations.action import Action
from ledger.operations.paging import Shapes
from ledger.operations.question import Moment, Question
from ledger.operations.refused import there
from ledger.operations.shapes import each


class Subject(NamedTuple):
    """A thing that operations are about: by which name they have it, and the id of one that examples are of."""

    name: str
    example: str

    @property
    def named(self) -> Mapping[str, object]:
        """An example that names the thing, and nothing else."""
        return {self.name: self.example}

    def question(
        self,
        name: str,
        answers: type[Struct],
        views: tuple[str, ...],
        access: Access,
        shapes: Shapes[Any, Struct] | None = None,
    ) -> Question:
        """The question about one by its id, which the first of the views has; not found where it has none."""
        show = each(answers) if shapes is None else shapes

        def tell(moment: Moment) -> Struct:
            row = there(getattr(moment.views, views[0]).get(moment.connection, moment.ids[self.name]))
            return show(moment, [row])[0]

        return Question(
            name=name,
            subject=(self.name,),
            answers=answers,
            views=views,
            access=access,
            tell=tell,
            example=self.named,
        )

    def action(
        self,
        name: str,
        command: type[Command],
        access: Access,
        body: Mapping[str, object] | None = None,
        **more: Any,
    ) -> Action:
        """What is done to one; `body` is the rest of the example, and `more` the rest of the declaration."""
        example = {**self.named, "body": body or {}}
        return Action(
            name=name, subject=(self.name,), command=command, access=access, example=example, **more
        )
