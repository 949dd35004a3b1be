"""What the trees of communities and of teams share: names among siblings, and no node above itself."""

from typing import Generic, Protocol, TypeVar

from ledger.domain.commands import Refusal
from ledger.domain.spelling import same_name


class Node(Protocol):
    """A place in a tree."""

    name: str
    parent: str | None
    ended: bool


N = TypeVar("N", bound=Node)


class OwnAncestor(Refusal):
    """A node would stand above itself."""

    code = "own-ancestor"
    en = "{id} would stand above itself."
    zh = "{id} 不能成为自己的上级。"


class NameTaken(Refusal):
    """Two siblings would have one name; `holder` is the id that has it."""

    code = "name-taken"
    en = "{name} is there already ({holder})."
    zh = "“{name}”已经存在（{holder}）。"


class Tree(Generic[N]):
    """Nodes by id, and the open ones by parent and name."""

    def __init__(self) -> None:
        """An empty tree."""
        self.nodes: dict[str, N] = {}
        self._named: dict[tuple[str | None, str], str] = {}

    def place(self, identifier: str, node: N) -> None:
        """Put a new node under its parent."""
        self.nodes[identifier] = node
        self._named[self._key(node)] = identifier

    def rename(self, identifier: str, name: str) -> None:
        """Give a node another name."""
        node = self._lifted(identifier)
        node.name = name
        self._named[self._key(node)] = identifier

    def reparent(self, identifier: str, parent: str | None) -> None:
        """Move a node, with all beneath it."""
        node = self._lifted(identifier)
        node.parent = parent
        self._named[self._key(node)] = identifier

    def end(self, identifier: str) -> None:
        """Take a node out of use; its name is free again."""
        self._lifted(identifier).ended = True

    def holder(self, parent: str | None, name: str) -> str | None:
        """The open node of that name under that parent."""
        return self._named.get((parent, same_name(name)))

    def refuse_taken(self, parent: str | None, name: str, *, but: str = "") -> None:
        """Refuse with NameTaken if another open node than `but` has the name under that parent."""
        holder = self.holder(parent, name)
        if holder is not None and holder != but:
            raise NameTaken(name=name, holder=holder)

    def refuse_loop(self, identifier: str, parent: str | None) -> None:
        """Refuse with OwnAncestor if `parent` is the node or stands beneath it."""
        above = parent
        while above is not None:
            if above == identifier:
                raise OwnAncestor(id=identifier)
            above = self.nodes[above].parent

    def children(self, identifier: str) -> list[str]:
        """The open nodes directly beneath."""
        return [child for child, node in self.nodes.items() if node.parent == identifier and not node.ended]

    def _lifted(self, identifier: str) -> N:
        node = self.nodes[identifier]
        if self._named.get(self._key(node)) == identifier:
            del self._named[self._key(node)]
        return node

    def _key(self, node: N) -> tuple[str | None, str]:
        return node.parent, same_name(node.name)
