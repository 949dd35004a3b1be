"""What a question is to HTTP: a GET, whose answer is remembered by what tells one question from another."""

from collections.abc import Hashable, Mapping

from ledger.api.requests import Headers, language
from ledger.api.routes import Route
from ledger.api.sent import Sent, sent, sent_in_either_form
from ledger.operations.answers import Answer
from ledger.operations.callers import Caller
from ledger.operations.question import Question

_LONGEST_REMEMBERED_BYTES = 2_000


class Read(Route, frozen=True, kw_only=True):
    """A GET of the answer to a question; those who ask for text/plain get what is `plain` in it."""

    operation: Question

    def sent(self, headers: Headers, position: int, answer: Answer) -> Sent:
        """The response with an answer to this read, to a request with such headers."""
        if self.operation.plain is None:
            return sent(headers, position, answer)
        return sent_in_either_form(headers, position, answer, self.operation.plain)


def question_of(
    read: Read, ids: Mapping[str, str], headers: Headers, parameters: bytes, caller: Caller
) -> Hashable:
    """What an answer is remembered by, None where it is not."""
    # What is asked at such length is asked once, and would be kept with its answer.
    if not read.operation.remembered or len(parameters) > _LONGEST_REMEMBERED_BYTES:
        return None
    return (read.name, *ids.values(), parameters, caller, language(headers))
