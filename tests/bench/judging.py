"""One answer in front of a bench's checks, as the judge would have it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from autograder.checks.run import Bench
from autograder.judge.judge import Prepared
from autograder.notebook.read import read_cells
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool


@contextlib.contextmanager
def loaded(prepared: Prepared, pool: Pool, path: Path, stub: str, *, optimise: bool) -> Iterator[tuple[Sandbox, Bench]]:
    """A sandbox that holds the answer in `path`, and the bench of the marks, with a twin to race."""
    twin = prepared.twins.borrow()
    try:
        with Sandbox(pool, optimise=optimise) as sandbox:
            sandbox.checks(prepared.stage.module_name, prepared.stage.source)
            sandbox.load(read_cells(path, prepared.stage.checks), [stub])
            yield sandbox, prepared.benches(twin)[0]
    finally:
        twin.release()
