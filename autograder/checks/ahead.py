"""Asking ahead: what a check asks whatever the replies are goes to the student in one request, compiled as one.

A check asks for its programs one by one, and compiling each by itself is most of what judging costs. Those that it asks
for before it looks at a reply are the same for every student, so they are known once a class.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from autograder import wire
from autograder.checks.compiled import Question, compiled, compiled_together
from autograder.checks.exercise import Check
from autograder.player import Player, StudentStopped
from autograder.recording import fingerprint


class EndOfQuestions(Exception):
    """From here on what the check asks may depend on a reply."""


class Silent:
    """A player that does not reply."""

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:  # noqa: ARG002
        """Say so."""
        raise EndOfQuestions

    def cpu_seconds(self) -> float:
        """Say so."""
        raise EndOfQuestions


class Answered:
    """A player whose replies to some questions are there already.

    They are taken one after the other. A check that has seen a wrong reply may ask something else first, to say why.
    """

    def __init__(self, questions: Iterable[Question], frames: Iterable[bytes], player: Player):
        self.waiting = deque(zip(questions, frames, strict=False))
        self.player = player

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """The reply that is there, or else the player's."""
        if self.waiting and program is compiled:
            _stub, asked, *given = args
            question, frame = self.waiting[0]
            if fingerprint((asked, tuple(given), kwargs)) == fingerprint(question):
                self.waiting.popleft()
                return frame
        return self.player.reply(program, args, kwargs)

    def cpu_seconds(self) -> float:
        """The player's clock."""
        return self.player.cpu_seconds()


def asked_with(check: Check, checks: Sequence[Check]) -> list[Check]:
    """The checks of an exercise that are asked in one request with `check`.

    The gate is asked by itself: the others are judged only where it holds, and then all of them are.
    """
    gate, *others = checks
    return [gate] if check is gate else [other for other in others if other.optimise == check.optimise]


def ask_all(player: Player, checks: Sequence[Check], questions: Mapping[str, list[Question]]) -> dict[str, list[bytes]]:
    """The replies to the questions of several checks of one exercise, by check, asked as `ask` does."""
    asked = {check.name: questions.get(check.name, []) for check in checks}
    replies = iter(ask(player, checks[0].stub, [question for mine in asked.values() for question in mine]))
    return {name: list(islice(replies, len(mine))) for name, mine in asked.items()}


def ask(player: Player, stub: str, questions: list[Question]) -> list[bytes]:
    """The replies to the questions; none where they cannot be had all at once, as when one of them ends the process."""
    if len(questions) < 2:
        return []
    try:
        reply = wire.decode(player.reply(compiled_together, (stub, questions), {}))
    except (StudentStopped, wire.BadFrame):
        return []
    match reply:
        case ("ok", list(replies)) if len(replies) == len(questions):
            return [wire.encode(one) for one in replies]
    return []
