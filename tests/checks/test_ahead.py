"""Asking ahead: what can be, in one request, and no verdict is another for it."""

import jax.numpy as jnp
import numpy as np
import pytest

from autograder.checks import agree, call_stub, exercise
from autograder.checks.ahead import Answered, ask, ask_all, asked_with
from autograder.checks.compiled import compiled, traced_before
from autograder.checks.run import Bench, call_check, questions, run_check
from autograder.checks.speed import Race, Rival
from autograder.player import LocalPlayer, StudentStopped
from autograder.recording import CheckRecording, Recorder
from autograder.wire import decode
from tests.counted import Counted


def plus(stubs, x, *, other=1):
    """The stub, and more"""
    return stubs.f(x) + other


@exercise("f", trait="values", points=1)
def values(student, reference, rng):
    """It doubles."""
    agree(student, reference, "f", np.float32(rng.normal()))
    for size in (2, 3):
        agree(student, reference, plus, np.arange(size, dtype=np.float32), other=2)
    if float(student.f(np.float32(2))) == 4:
        agree(student, reference, "f", np.zeros(9, np.float32))


@exercise("f", trait="pure", points=1)
def pure(student, reference):
    """It doubles an operation at a time."""
    for size in (2, 3):
        agree(student, reference, "f", np.ones(size, np.float32))


@exercise("f", trait="values", points=1, runs_long=True)
def long(student, reference):
    """It doubles for long."""
    for size in (2, 3):
        agree(student, reference, "f", np.ones(size, np.float32))


@exercise("f", trait="values", points=1)
def looks(student, reference):
    """It doubles what it doubled."""
    agree(student, reference, "f", np.ones(1, np.float32))
    once = student.run(compiled, "f", call_stub, "f", np.ones(3, np.float32))
    agree(student, reference, "f", once)


@exercise("f", trait="trace", points=1)
def trace(student, reference):
    """It doubles under `jit`."""
    agree(student, reference, "f", np.ones(2, np.float32))


CHECK = values.check


def twice(x):
    return jnp.asarray(x) * 2


def recorded(check, seed="seed"):
    recorder = Recorder(LocalPlayer({"f": twice}))
    call_check(check, recorder.player, recorder, seed)
    return CheckRecording(calls=recorder.calls)


def race(student, _):
    return Race(student, Rival("baseline", student), 4.0)


def judged(f, ahead=True):
    """The verdict on `f`, and how many requests it took after those that were asked ahead."""
    player, calls = Counted({"f": f}), recorded(CHECK)
    asked = questions(CHECK, calls, "seed")
    frames = ask(LocalPlayer({"f": f}), "f", asked) if ahead else []
    bench = Bench("seed", {CHECK.name: calls}, {}, race, {CHECK.name: asked})
    return run_check(CHECK, player, bench, frames), player.asked


def test_what_comes_before_the_first_look_at_a_reply_is_asked_ahead():
    asked = questions(CHECK, recorded(CHECK), "seed")
    assert [(program.__name__, kwargs) for program, _, kwargs in asked] == [
        ("call_stub", {}), ("plus", {"other": 2}), ("plus", {"other": 2})
    ]  # fmt: skip
    assert asked[0][1][0] == "f"
    assert [args[0].size for _, args, _ in asked[1:]] == [2, 3]


def test_what_is_compiled_and_looked_at_ends_it():
    asked = questions(looks.check, recorded(looks.check), "seed")
    assert [args[1].shape for _, args, _ in asked] == [(1,)]


def test_a_check_of_tracing_has_programs_traced_once_before():
    [(program, args, _)] = questions(trace.check, recorded(trace.check), "seed")
    assert (program, *args[:2]) == (traced_before, call_stub, "f")


@pytest.mark.parametrize("check", [pure.check, long.check], ids=lambda check: check.name)
def test_what_is_not_to_be_compiled_as_a_whole_is_not_asked_ahead(check):
    assert questions(check, recorded(check), "seed") == []


@pytest.mark.parametrize(
    "f",
    [
        pytest.param(twice, id="right"),
        pytest.param(lambda x: x * x, id="wrong"),
        pytest.param(lambda x: 2 * x if x.ndim == 0 else x, id="wrong later"),
        pytest.param(lambda x: 2 * x if x.ndim == 0 else 1 / 0, id="raises later"),
        pytest.param(lambda x: object(), id="no array"),
    ],
)
def test_the_verdict_is_the_same_with_fewer_requests(f):
    (verdict, requests), (alone, more) = judged(f), judged(f, ahead=False)
    assert verdict == alone
    assert requests < more


def test_replies_asked_ahead_are_those_of_single_requests():
    asked = questions(CHECK, recorded(CHECK), "seed")
    for frame, (program, args, kwargs) in zip(ask(LocalPlayer({"f": twice}), "f", asked), asked, strict=True):
        alone = LocalPlayer({"f": twice}).reply(program, args, kwargs)
        np.testing.assert_array_equal(decode(frame)[1], decode(alone)[1])


def test_what_was_not_asked_ahead_or_comes_between_is_asked_of_the_player():
    one, two = ((call_stub, ("f", np.float32(x)), {}) for x in (1, 2))
    player = Answered([one, two], [b"one", b"two"], LocalPlayer({"f": twice}))

    def reply(question):
        program, args, kwargs = question
        return player.reply(compiled, ("f", program, *args), kwargs)

    assert reply(one) == b"one"
    assert decode(player.reply(call_stub, ("f", np.float32(2)), {})) == ("ok", 4)
    assert decode(reply(one)) == ("ok", 2)
    assert reply(two) == b"two"
    assert decode(reply(two)) == ("ok", 4)


class Ends:
    """A player whose process ends."""

    def reply(self, program, args, kwargs):
        raise StudentStopped("It ended.")

    def cpu_seconds(self):
        return 0.0


class Says(Ends):
    """A player that replies what it likes."""

    def __init__(self, frame):
        self.frame = frame

    def reply(self, program, args, kwargs):
        return self.frame


@pytest.mark.parametrize(
    "player",
    [
        pytest.param(Ends(), id="a process that ends"),
        pytest.param(Says(b"????"), id="no frame"),
        pytest.param(Says(LocalPlayer({}).reply(lambda _: [1], (), {})), id="too few replies"),
        pytest.param(Says(LocalPlayer({}).reply(lambda _: 1 / 0, (), {})), id="an error"),
    ],
)
def test_without_the_replies_everything_is_asked_live(player):
    assert ask(player, "f", questions(CHECK, recorded(CHECK), "seed")) == []


def test_the_gate_is_asked_by_itself_and_the_others_together():
    checks = [CHECK, looks.check, long.check, pure.check]
    assert [asked_with(check, checks) for check in checks] == [
        [CHECK], [looks.check, pure.check], [long.check], [looks.check, pure.check]
    ]  # fmt: skip


def test_the_replies_to_several_checks_come_apart():
    checks = [CHECK, pure.check, looks.check]
    asked = {check.name: questions(check, recorded(check), "seed") for check in checks}
    replies = ask_all(LocalPlayer({"f": twice}), checks, asked)
    assert {name: len(frames) for name, frames in replies.items()} == {CHECK.name: 3, "f.pure": 0, "f.looks": 1}
    assert replies[looks.check.name] == [LocalPlayer({"f": twice}).reply(*asked[looks.check.name][0])]
    assert ask_all(Ends(), checks, asked) == {name: [] for name in asked}
