"""Recording: running the checks with the reference on both sides, and keeping what it replied."""

from collections.abc import Callable

from autograder.checks.exercise import Check
from autograder.checks.run import call_check
from autograder.player import GraderFault, Player
from autograder.recording import CheckRecording, Recorder, Recording
from autograder.stage import Stage


def record(stage: Stage, player_for: Callable[[Check], Player], seed: str) -> Recording:
    """What the reference replies to every check on `seed`; speed checks ask for nothing recorded and are left out."""
    return Recording(
        stage=stage.name,
        seed=seed,
        checks={
            check.name: record_check(check, player_for(check), seed)
            for checks in stage.checks.values()
            for check in checks
            if check.trait != "speed"
        },
    )


def record_check(check: Check, player: Player, seed: str) -> CheckRecording:
    """What the reference replies to one check; it has to pass it."""
    recorder = Recorder(player)
    try:
        call_check(check, player, recorder, seed)
    except Exception as error:
        raise GraderFault(f"the reference does not pass {check.name}: {error}") from error
    return CheckRecording(calls=recorder.calls)
