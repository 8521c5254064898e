"""Running one check against one student, and turning what happened into a verdict.

The same function serves pytest, the notebook and the judge; they differ in the players they bring.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from autograder import settings, wire
from autograder.checks import lessons as common
from autograder.checks.ahead import Answered, EndOfQuestions, Silent
from autograder.checks.clock import steady
from autograder.checks.compare import Attempt, difference
from autograder.checks.compiled import Question
from autograder.checks.exercise import Check, CheckFailed, Lesson
from autograder.checks.speed import Race, describe
from autograder.device import Device, compiling_fast, on
from autograder.player import GraderFault, OutOfTime, Player, Student, StudentError, StudentStopped
from autograder.recording import CheckRecording, Replay
from autograder.verdict import Verdict

# So far beyond the limit a ratio is no noise: of 4,200 medians of 15 pairs on a busy machine, none was twice too large.
BEYOND_NOISE = 2.0


@dataclass(frozen=True)
class Bench:
    """What a check is run with.

    Args:
        seed: of the inputs; the public one is "public".
        recording: what the reference replied to the checks on this seed, by check name.
        lessons: the misconceptions, by id: JAX's own and the stage's.
        race: makes the fixture `race` of a check for its student.
        questions: what can be asked ahead for a check, by its name.
        device: where races run.
    """

    seed: str
    recording: Mapping[str, CheckRecording]
    lessons: Mapping[str, Lesson]
    race: Callable[[Check, Student, CheckRecording], Race]
    questions: Mapping[str, list[Question]] = field(default_factory=dict)
    device: Device = "cpu"


def input_rng(seed: str, check: Check) -> np.random.Generator:
    """The generator of a check's inputs: the same on every machine for one seed."""
    # All of the seed: who meets one input could search through half of it for all the others.
    digest = hashlib.sha256(f"{seed}\0{check.name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest))


def run_check(check: Check, player: Player, bench: Bench, ahead: Sequence[bytes] = ()) -> Verdict:
    """Run `check` and return its verdict. `GraderFault` passes through: it is nobody's mark.

    Args:
        ahead: the replies to `bench.questions` of the check, where they were asked ahead.
    """
    recording = bench.recording.get(check.name) or CheckRecording()
    race = bench.race(check, Student(player), recording) if "race" in check.fixtures else None
    asked = bench.questions.get(check.name, [])
    try:
        call_check(check, Answered(asked, ahead, player), Replay(recording.calls), bench.seed, race=race)
    except CheckFailed as failure:
        return _failed(check, failure, bench, Answered(asked, ahead, player), recording)
    except StudentError as error:
        return _raised(check, error, bench)
    except StudentStopped as stop:
        late = isinstance(stop, OutOfTime)
        slow = check.slow if late else None
        lesson = bench.lessons.get(slow or "", common.STOPPED)
        return verdict(check, "failed", message=str(stop), lesson=lesson, misconception=slow, out_of_time=late)
    except wire.BadFrame as error:
        return verdict(check, "failed", message=f"What came back could not be read: {error}.")
    except (GraderFault, OSError, MemoryError):
        raise
    except Exception as error:
        # The reference passes every check, so what broke this one is the form of the student's answer.
        return verdict(check, "failed", message=f"What came back has a form the check could not use ({error}).")
    timing = race.timing if race else None
    return verdict(check, "passed", timing=timing, message=describe(timing) if timing else "")


def run_fairly(bench: Bench, run: Callable[[Bench], Verdict]) -> Verdict:
    """`run(bench)`; where that loses a race, `run` once more: noise has to strike twice to cost a mark.

    What is lost beyond noise, or without a clock, is not run again. A training's check has a second look of its own.
    """
    found = run(bench)
    if found.state != "failed" or found.timing is None or found.timing.low > BEYOND_NOISE * found.timing.limit:
        return found
    # Other inputs, as the first ones may be remembered.
    return run(replace(bench, seed=f"{bench.seed} again"))


def check_exercise(checks: Iterable[Check], player: Player, bench: Bench) -> list[Verdict]:
    """The verdicts on one exercise of a player in this process."""
    return run_exercise(checks, lambda check: run_fairly(bench, partial(_run_here, check, player)))


def _run_here(check: Check, player: Player, bench: Bench) -> Verdict:
    device = check.timed_on(bench.device)
    timed = steady(device) if check.trait == "speed" else contextlib.nullcontext()
    compiling = contextlib.nullcontext() if check.optimise else compiling_fast()
    with settings.as_it_comes(), on(None if check.runs_long else device), timed, compiling:
        return run_check(check, player, bench)


def run_exercise(checks: Iterable[Check], run: Callable[[Check], Verdict]) -> list[Verdict]:
    """Run the checks of one exercise. The first is the gate of the others."""
    verdicts: list[Verdict] = []
    for check in checks:
        gate = verdicts[0] if verdicts else None
        if gate is None or gate.state == "passed":
            verdicts.append(run(check))
        elif gate.state == "failed":
            verdicts.append(verdict(check, "blocked", message=f"Judged once this holds: {gate.title}"))
        else:
            verdicts.append(verdict(check, gate.state, message=gate.message))
    return verdicts


def call_check(
    check: Check,
    student: Player,
    reference: Player,
    seed: str,
    *,
    race: Race | None = None,
    log: list[Attempt] | None = None,
    asked: list[Question] | None = None,
) -> None:
    """Call the check's function with the fixtures it asks for.

    Args:
        log: where `agree` is to write the student's replies down, in place of comparing them.
        asked: where `agree` is to write its questions down, in place of asking them.
    """
    plain = check.trait == "pure"  # inside a compiled program nobody's arguments can be changed or given away
    traced = check.trait == "trace"
    available = {
        "student": Student(student, log, stub=check.stub, plain=plain, traced=traced, asked=asked),
        "reference": Student(reference, stub=check.stub, plain=plain),
        "race": race,
    }
    given: dict[str, Any] = {name: available[name] for name in check.fixtures if name in available}
    if "rng" in check.fixtures:
        given["rng"] = input_rng(seed, check)
    check.function(**given)


def questions(check: Check, calls: CheckRecording, seed: str) -> list[Question]:
    """What `check` asks on `seed` before it looks at a reply: programs which cost more to compile than to run."""
    found: list[Question] = []
    if check.trait not in ("speed", "pure") and not check.runs_long:
        with contextlib.suppress(EndOfQuestions):
            call_check(check, Silent(), Replay(calls.calls), seed, asked=found)
    return found


def comparisons(check: Check, player: Player, calls: CheckRecording, seed: str) -> list[Attempt]:
    """What the student's programs return to each `agree` of the check, whether right or wrong."""
    attempts: list[Attempt] = []
    try:
        call_check(check, player, Replay(calls.calls), seed, log=attempts)
    except (GraderFault, OSError, MemoryError):
        raise
    except Exception:
        pass  # whatever ended it, the replies so far are what there is to compare
    return attempts


def known_mistake(attempts: list[Attempt], recording: CheckRecording) -> str | None:
    """The misconception of the wrong variant that replied the same on every input, where there is one.

    The same is what the check itself would take for the same: how a program is compiled changes what is rounded.
    """
    for variant in recording.variants:
        theirs = [wire.decode(frame) for frame in variant.frames()]
        if theirs and len(theirs) == len(attempts):
            pairs = zip(attempts, theirs, strict=True)
            if all(difference(a.reply, other, max(a.rtol, 1e-4), max(a.atol, 1e-5)) is None for a, other in pairs):
                return variant.misconception
    return None


def verdict(check: Check, state: Any, *, message: str = "", lesson: Lesson | None = None, **more: Any) -> Verdict:
    """A verdict on `check`, with the lesson's text where there is one."""
    if lesson is not None:
        message = f"{message} {lesson.why}".strip()
        more |= {"idea": lesson.idea, "experiment": lesson.experiment}
    score = check.points if state == "passed" else 0.0
    fixed: dict[str, Any] = {"name": check.name, "title": check.title, "trait": check.trait, "max": check.points}
    return Verdict(**fixed, state=state, score=score, message=message, **more)


def _failed(check: Check, failure: CheckFailed, bench: Bench, player: Player, recording: CheckRecording) -> Verdict:
    misconception = None
    if recording.variants:
        misconception = known_mistake(comparisons(check, player, recording, bench.seed), recording)
    guessed = misconception is None and failure.lesson is None and failure.evidence is not None
    misconception = misconception or failure.lesson or check.lesson
    return verdict(
        check,
        "failed",
        message=failure.message + (" A common reason:" if guessed and misconception else ""),
        lesson=bench.lessons.get(misconception) if misconception else None,
        misconception=misconception,
        evidence=failure.evidence,
        timing=failure.timing,
    )


def _raised(check: Check, error: StudentError, bench: Bench) -> Verdict:
    raised = error.raised
    if raised.missing == check.stub:
        return verdict(check, "not_attempted", message="Not attempted yet.")
    if raised.missing is not None:
        return verdict(check, "blocked", message=f"It needs `{raised.missing}`, which is not there yet.")
    known = error.lesson or common.for_exception(raised, check.lesson)
    misconception = known or check.lesson
    where = f" (cell {raised.cell}, line {raised.line}: `{raised.code}`)" if raised.cell else ""
    text = f"Your code raised {raised.type}{where}: {_shorten(raised.message)}"
    if misconception and not known:
        text += " A common reason:"
    lesson = bench.lessons.get(misconception or "")
    return verdict(check, "failed", message=text, lesson=lesson, misconception=misconception)


def _shorten(message: str, limit: int = 300) -> str:
    first = message.strip().split("\n\n")[0].replace("\n", " ")
    return first if len(first) <= limit else first[: limit - 1] + "…"
