"""Whether a program grows with its arguments: Python's loops are written out, `vmap` and `scan` are not."""

from collections.abc import Callable
from itertools import pairwise

from autograder.checks.exercise import CheckFailed
from autograder.checks.probes import program_size
from autograder.player import Student

SIZES = (4, 16, 64, 256)


def has_one_program(student: Student, what: str, call_of: Callable[[int], tuple], *, lesson: str | None = None) -> None:
    """Fail where a loop is written out.

    What works in chunks has another program where there are several: it grows once.

    Args:
        what: what there are n of, as in "examples".
        call_of: a program and its arguments, for n of them.
    """
    operations: list[int] = []
    for n in SIZES:
        operations.append(student.run(program_size, *call_of(n)))
        growths = sum(more > max(1.3 * less, less + 8) for less, more in pairwise(operations))
        if growths > 1:
            said = ", ".join(f"{size} for {n}" for size, n in zip(operations, SIZES, strict=False))
            raise CheckFailed(f"The program grows with the number of {what}: {said} operations.", lesson=lesson)
        if n >= SIZES[-2] and not growths:
            return
