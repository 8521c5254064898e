"""The students' copy of a recording: on public inputs, with known mistakes and speedups."""

import base64
from collections.abc import Sequence
from pathlib import Path

from autograder import wire
from autograder.authoring.bank import Answer
from autograder.checks.clock import clock_for, steady
from autograder.checks.compare import Attempt, difference
from autograder.checks.exercise import Check
from autograder.checks.record import record
from autograder.checks.run import call_check, comparisons
from autograder.checks.speed import Race, Rival
from autograder.device import Device, has, on
from autograder.player import GraderFault, LocalPlayer, Player, Student
from autograder.recording import CheckRecording, Recording, Variant
from autograder.selfcheck.local import PUBLIC_SEED, player_of
from autograder.stage import Stage


def reference_player(stage: Stage, solution: Path) -> LocalPlayer:
    """The reference, in this process."""
    player, failures = player_of(solution, stage)
    if failures:
        raise GraderFault(f"{solution}: the reference does not load: {failures}")
    return player


def record_public(
    stage: Stage, solution: Path, bank: Sequence[Answer], sources: str = "", device: Device = "cpu"
) -> Recording:
    """The students' copy: public inputs, known mistakes, and how much faster than the plain loop the reference is.

    Args:
        device: where the course races; on the CPU as well, as a student may have no other.
    """
    if not has(device):
        raise GraderFault(
            f"course.yml says `device: {device}`, and JAX can use none here: build {stage.name} on a machine with one"
        )
    player = reference_player(stage, solution)
    recording = record(stage, lambda _: player, PUBLIC_SEED)
    recording.sources, recording.device = sources, device
    by_name = {check.name: check for checks in stage.checks.values() for check in checks}
    for name, recorded in recording.checks.items():
        # A check that asks the reference nothing compares nothing.
        wrong = [answer for answer in bank if answer.fails == name and not answer.right] if recorded.calls else []
        right = comparisons(by_name[name], player, recorded, PUBLIC_SEED) if wrong else []
        variants = (_variant(answer, by_name[name], stage, recorded, right) for answer in wrong)
        recorded.variants += [variant for variant in variants if variant is not None]
    for check in by_name.values():
        if "race" in check.fixtures:
            kinds = dict.fromkeys(("cpu", check.timed_on(device)))
            speedups = {kind: _speedup(check, player, kind) for kind in kinds}
            recording.checks[check.name] = CheckRecording(reference_speedups=speedups)
    return recording


def _variant(
    answer: Answer, check: Check, stage: Stage, recorded: CheckRecording, right: list[Attempt]
) -> Variant | None:
    """What the wrong answer replies to each `agree` of the check; None where that is `right`, and tells nothing."""
    player, _ = player_of(answer.path, stage)
    attempts = comparisons(check, player, recorded, PUBLIC_SEED)
    pairs = zip(attempts, right, strict=False)
    if all(difference(mine.reply, due.reply, mine.rtol, mine.atol) is None for mine, due in pairs):
        return None
    try:
        frames = [base64.b64encode(wire.encode(attempt.reply)).decode() for attempt in attempts]
    except wire.CannotEncode:
        return None
    return Variant(misconception=answer.misconception or "", replies=frames)


def _speedup(check: Check, player: Player, device: Device) -> float:
    """How many times faster than the baseline the reference is on this device."""
    side = Student(player)
    race = Race(side, Rival("baseline", side, None), float("inf"), clock_for(device))
    with on(device), steady(device):  # as the students' own races
        call_check(check, player, player, PUBLIC_SEED, race=race)
    if race.timing is None:
        raise GraderFault(f"{check.name} asks for `race` and runs none")
    return round(1 / race.timing.ratio, 2)
