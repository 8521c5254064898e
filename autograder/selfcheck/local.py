"""Self-checking: a student's stubs in this process, public inputs, recorded values, a plain loop to race."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from autograder.checks.clock import clock_for
from autograder.checks.exercise import Check
from autograder.checks.run import Bench, check_exercise
from autograder.checks.speed import Race, Rival
from autograder.device import Device, has
from autograder.notebook.load import load, load_copy
from autograder.notebook.read import read_cells
from autograder.player import GraderFault, LocalPlayer, Student
from autograder.recording import CheckRecording, Recording
from autograder.stage import Stage
from autograder.verdict import ExerciseResult, exercise_result

PUBLIC_SEED = "public"
# Where a recording says none, as while a stage is written.
SPEED_LIMIT = 4.0


class NotPassed(Exception):
    """Says what is not passed to those who wait for an exception: pytest and `nbgrader validate`."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks for it: where in the kit this was raised helps no student.
        return str(self).split("\n")


def local_bench(stage: Stage, recording: Recording | None = None) -> Bench:
    """The bench of a self-check."""
    recording = recording or Recording.load(stage.expected)
    device = recording.device if has(recording.device) else "cpu"
    race = partial(local_race, recording.speed, device)
    return Bench(PUBLIC_SEED, recording.checks, stage.all_lessons, race, device=device)


def local_race(
    limits: Mapping[Device, float], device: Device, check: Check, student: Student, recording: CheckRecording
) -> Race:
    """A race against the baseline, in the student's own process.

    Args:
        limits: of the ratio to the reference, by kind of device.
        device: where the judge races, if it is there.
    """
    where = check.timed_on(device)
    rival = Rival("baseline", student, recording.reference_speedups.get(where))
    return Race(student, rival, limits.get(where, SPEED_LIMIT), clock_for(where))


def player_of(path: Path, stage: Stage) -> tuple[LocalPlayer, dict[str, str]]:
    """Load a notebook or `.py` file of a stage: a player of it, and the cells that failed, with reasons."""
    cells = read_cells(path, stage.checks)
    names, failures = load(cells, stage.checks)
    return LocalPlayer(names, partial(load_copy, cells, stage.checks)), failures


def check_names(
    stage: Stage, names: dict[str, Any], stubs: list[str], failures: dict[str, str]
) -> list[ExerciseResult]:
    """Check the stubs among `names`."""
    unknown = [stub for stub in stubs if stub not in stage.checks]
    if unknown:
        raise GraderFault(f"{unknown[0]!r} is no stub of {stage.name}; its stubs: {', '.join(stage.checks)}")
    bench, player = local_bench(stage), LocalPlayer(names)
    results = []
    for stub in stubs:
        verdicts = check_exercise(stage.checks[stub], player, bench)
        results.append(exercise_result(stub, verdicts, failures.get(stub)))
    return results
