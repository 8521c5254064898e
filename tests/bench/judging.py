"""One answer in front of a bench's checks, as the judge would have it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from autograder.checks.run import Bench
from autograder.cores import one_core
from autograder.device import Backend
from autograder.judge.judge import Prepared
from autograder.notebook.read import read_cells
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool


@contextlib.contextmanager
def loaded(prepared: Prepared, pool: Pool, path: Path, *, backend: Backend) -> Iterator[tuple[Sandbox, Bench]]:
    """A sandbox that holds the answer in `path`, and the bench of the marks, with a twin to race."""
    with one_core() as core:
        twins = prepared.borrow(core)
        try:
            with Sandbox(pool, backend=backend, core=core) as sandbox:
                sandbox.checks(prepared.stage.module_name, prepared.stage.source)
                sandbox.load(read_cells(path, prepared.stage.checks), prepared.stage.checks)
                yield sandbox, prepared.benches(twins)[0]
        finally:
            for twin in twins.values():
                twin.release()
