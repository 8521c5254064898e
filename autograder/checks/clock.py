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
from autograder.device import Device
from autograder.memory import keep_freed_memory
from autograder.player import Student
from autograder.program import Stubs


class Clock(Protocol):
    """How the turns of a race are timed.

    Attributes:
        name: as it stands in a timing.
        least: seconds that a turn should take to be told from noise.
        most_calls: how many calls a turn may have to get there.
        longest: seconds of a turn that no more calls are added to.
    """

    name: ClassVar[str]
    least: ClassVar[float]
    most_calls: ClassVar[int]
    longest: ClassVar[float]

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
    longest: ClassVar[float] = 0.0

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
    longest: ClassVar[float] = 0.5

    def turn(self, side: Student, function: Any, batch: list[tuple], since: float | None) -> tuple[list, float, float]:  # noqa: ARG002
        """The whole batch in one request, once it is there; what runs between the turns is in the way of both sides."""
        sent = side.run(hold, batch)
        start = self.now()
        values = side.run(call_each, function, sent)
        end = self.now()
        return values, end - start, end


@dataclass(frozen=True)
class Batch:
    """Tuples of arguments that are where they will be used."""

    calls: list[tuple]


def hold(_: Stubs, batch: list[tuple]) -> Batch:
    """The batch, on the device."""
    return Batch(jax.block_until_ready(batch))


def call_each(_: Stubs, function: Callable, batch: Batch) -> list:
    """What the function returns for each tuple of arguments, once the device is done with all."""
    return jax.block_until_ready([function(*args) for args in batch.calls])


def clock_for(device: Device) -> Clock:
    """The clock of a race on this device."""
    return CpuClock() if device == "cpu" else WallClock()


@contextlib.contextmanager
def steady(device: Device) -> Iterator[None]:
    """Have what this process times on `device` in the block owe nothing to the chances of cores and memory."""
    keep_freed_memory()
    # On several cores XLA's threads wait for each other, and the CPU clock runs.
    with on_one_core() if device == "cpu" else contextlib.nullcontext():
        yield
