"""The answers to a kind of check, and one of them in front of a bench's checks, as the judge would have it."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.bank import read_bank
from autograder.checks.exercise import Check
from autograder.checks.run import Bench
from autograder.cores import one_core
from autograder.device import Backend
from autograder.judge.judge import Judge, Prepared
from autograder.notebook.read import read_cells
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool


@dataclass(frozen=True)
class Entry:
    """An answer and the check that it is put to."""

    stage: str
    name: str
    path: Path
    check: Check
    right: bool


def entries(judge: Judge, wanted: Callable[[Check], bool]) -> Iterator[Entry]:
    """For each check that is wanted, the reference, every right answer and those that should fail there."""
    for stage in judge.course.stages:
        solution = judge.course.sources(stage) / f"{stage}.py"
        bank = read_bank(judge.course.bank(stage))
        for stub, checks in judge.prepare(stage).stage.checks.items():
            for check in filter(wanted, checks):
                yield Entry(stage, "reference", solution, check, True)
                for answer in bank:
                    if answer.stub == stub and (answer.right or answer.fails == check.name):
                        yield Entry(stage, answer.name, answer.path, check, answer.right)


@contextlib.contextmanager
def loaded(prepared: Prepared, pool: Pool, path: Path, *, backend: Backend) -> Iterator[tuple[Sandbox, Bench]]:
    """A sandbox that holds the answer in `path`, and the bench of the marks, with a twin to race."""
    with one_core() as core:
        twins = prepared.borrow(core)
        try:
            with Sandbox(pool, backend=backend, core=core, imports=prepared.imports) as sandbox:
                sandbox.checks(prepared.stage.module_name, prepared.stage.source)
                sandbox.load(read_cells(path, prepared.stage.checks), prepared.stage.checks)
                yield sandbox, prepared.benches(twins)[0]
        finally:
            for twin in twins.values():
                twin.release()
