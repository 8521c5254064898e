"""Whether a program grows with its arguments: Python's loops are written out, `vmap` and `scan` are not."""

from collections.abc import Callable
from itertools import pairwise

from autograder.checks.exercise import CheckFailed
from autograder.checks.probes import first_call, program_size
from autograder.checks.speed import cpu_cost
from autograder.player import Student

SIZES = (4, 16, 64, 256)
# CPU seconds. What has one program takes a tenth; a loop of 256 turns that is written out, two and more.
MOST_SECONDS = 0.5


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
            break
    first_call_is_short(student, call_of(SIZES[0]), call_of(SIZES[-1]), lesson=lesson)


def first_call_is_short(student: Student, few: tuple, many: tuple, *, lesson: str | None = None) -> None:
    """Fail where a program's first call for many takes far more CPU time than one for few.

    How large a program is, the student's process says; how long it takes to write it out, the judge measures.

    Args:
        few, many: the program and its arguments, for few and for many of what it may not go through one by one.
    """
    for _look in range(2):  # noise has to strike twice
        short, long = (cpu_cost(student, student.run, first_call, *call)[1] for call in (few, many))
        if long <= MOST_SECONDS + 3 * short:
            return
    raise CheckFailed(
        f"The first call takes {long:.1f} s of CPU time for many, {short:.1f} s for few: its program grows.",
        lesson=lesson,
    )
