"""What a comparison says of a reply that differs, and which lesson it calls for."""

import jax.numpy as jnp
import numpy as np
import pytest

from autograder.checks import CheckFailed, agree, agree_on_all
from autograder.player import LocalPlayer, Student

X = np.float32([1, 2, 3])


def sides(f):
    """A student who wrote `f`, and a reference that doubles."""
    return Student(LocalPlayer({"f": f})), Student(LocalPlayer({"f": lambda x: 2 * x}))


def failure_of(f, **options):
    with pytest.raises(CheckFailed) as failure:
        agree(*sides(f), "f", X, **options)
    return failure.value


@pytest.mark.parametrize(
    ("f", "lesson"),
    [
        (lambda x: 3 * x, None),
        (lambda x: (2 * x)[None], "other_shape"),
        (lambda x: (2 * x).astype(int), "other_dtype"),
        (lambda x: [2 * x], "other_parts"),
        (lambda x: jnp, "other_parts"),
    ],
    ids=["values", "shape", "dtype", "structure", "no array"],
)
def test_what_is_given_with_a_comparison_wins_over_what_is_said_of_any_wrong_form(f, lesson):
    assert failure_of(f).lesson == lesson
    assert failure_of(f, lesson="own").lesson == "own"


def test_what_returns_nothing_is_told_so_whatever_is_compared():
    assert failure_of(lambda x: None, lesson="own").lesson == "nothing_returned"


def test_right_to_two_digits_is_a_misconception_of_its_own():
    assert failure_of(lambda x: 2.01 * x, lesson="own", nearly="rounded").lesson == "rounded"
    assert failure_of(lambda x: 3 * x, lesson="own", nearly="rounded").lesson == "own"


def test_a_closer_look_names_the_lesson_and_may_fail_itself():
    student, reference = sides(lambda x: 3 * x if len(x) > 1 else 1 / 0)
    questions = [("f", (X,), {}), ("f", (X[:2],), {"lesson": "second"})]
    for closer, lesson in (
        (lambda _f, args, found: f"{found} at {len(args[0])}", "None at 3"),
        (lambda *_: str(student.f(X[:1])), None),
    ):
        with pytest.raises(CheckFailed) as failure:
            agree_on_all(student, reference, questions, closer)
        assert failure.value.lesson == lesson
    agree_on_all(reference, reference, questions, lambda *_: pytest.fail("nothing differs"))
