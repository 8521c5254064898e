"""The clocks of a race. Where a CPU does the work, its process's CPU clock; where an accelerator does, the wall's.

The CPU clock counts the work of all threads and no one else's, so a busy machine fails nobody. It sees nothing of an
accelerator: there the wall has to do, over batches of calls that dwarf what it costs to send them.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import jax

from autograder.cores import on_one_core
from autograder.memory import keep_freed_memory
from autograder.player import Student
from autograder.program import Stubs


class Clock(Protocol):
    """How the turns of a race are timed.

    Attributes:
        name: as it stands in a timing.
        least: seconds that a turn should take to be told from noise.
        most_calls: how many calls a turn may have to get there.
    """

    name: ClassVar[str]
    least: ClassVar[float]
    most_calls: ClassVar[int]

    def turn(self, side: Student, function: Any, batch: list[tuple], since: float | None) -> tuple[list, float, float]:
        """Call `function` on each tuple of the batch: the values, the seconds it took, and the clock at the end.

        Args:
            since: where the clock stood at the end of the side's last turn, if what it did since then counts.
        """
        ...


@dataclass(frozen=True)
class CpuClock:
    """The CPU clock of the side's process, all threads together."""

    name: ClassVar[str] = "cpu"
    least: ClassVar[float] = 5e-4
    most_calls: ClassVar[int] = 1

    def turn(self, side: Student, function: Any, batch: list[tuple], since: float | None) -> tuple[list, float, float]:
        """Call by call."""
        start = side.cpu_seconds() if since is None else since
        values = [function(*args) for args in batch]
        end = side.cpu_seconds()
        return values, end - start, end


@dataclass(frozen=True)
class WallClock:
    """Our own clock, from the request for a batch of calls until their values are in our hands."""

    now: Callable[[], float] = time.perf_counter
    name: ClassVar[str] = "wall"
    least: ClassVar[float] = 0.02
    most_calls: ClassVar[int] = 64

    def turn(self, side: Student, function: Any, batch: list[tuple], since: float | None) -> tuple[list, float, float]:  # noqa: ARG002
        """The whole batch in one request; what runs between the turns is in the way of both sides."""
        start = self.now()
        values = side.run(call_each, function, batch)
        end = self.now()
        return values, end - start, end


def call_each(_: Stubs, function: Callable, batch: list[tuple]) -> list:
    """What the function returns for each tuple of arguments, once the device is done with all."""
    return jax.block_until_ready([function(*args) for args in batch])


def clock_for(backend: str) -> Clock:
    """The clock for a JAX backend: "cpu", "gpu" or "tpu"."""
    return CpuClock() if backend == "cpu" else WallClock()


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Have what this process times in the block owe nothing to the chances of cores and memory."""
    keep_freed_memory()
    # On several cores XLA's threads wait for each other, and the clock runs.
    with on_one_core():
        yield
