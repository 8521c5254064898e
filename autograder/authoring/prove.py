"""Proving a stage: the reference gets everything, every bank answer what its docstring says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.authoring.bank import Answer, complaint
from autograder.authoring.record import record_public
from autograder.checks.run import check_exercise
from autograder.selfcheck.local import local_bench, player_of
from autograder.stage import Stage
from autograder.verdict import ExerciseResult, exercise_result


def prove(stage: Stage, solution: Path, bank: Sequence[Answer], only: str = "") -> Iterator[tuple[str, str | None]]:
    """Run the reference and the bank in this process on public inputs; yield (name, complaint or None).

    Args:
        only: prove just the answers whose name contains this.
    """
    bank = [answer for answer in bank if only in answer.name]
    if only:
        stubs = {answer.stub for answer in bank}
        stage = replace(stage, checks={stub: checks for stub, checks in stage.checks.items() if stub in stubs})
    bench = local_bench(stage, record_public(stage, solution, bank))

    def run(path: Path, stub: str) -> ExerciseResult:
        player, failures = player_of(path, stage)
        verdicts = check_exercise(stage.checks[stub], player, bench)
        return exercise_result(stub, verdicts, failures.get(stub))

    for stub in stage.checks if not only else ():
        result = run(solution, stub)
        problems = [f"{v.name} {v.state}: {v.message}" for v in result.checks if v.state != "passed"]
        yield f"{stub}/reference", "; ".join(problems) or None
    for answer in bank:
        yield answer.name, complaint(answer, run(answer.path, answer.stub))
