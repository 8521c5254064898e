"""Declaring a check: what cannot work is said where it is written."""

import pytest

from autograder.checks import exercise


def test_a_speed_check_has_no_recorded_reference():
    with pytest.raises(TypeError, match=r"test_total_speed: .*ask for `race`"):

        @exercise("total", trait="speed", points=1)
        def test_total_speed(student, reference): ...


def test_a_race_is_a_speed_check():
    with pytest.raises(TypeError, match=r'test_total_fast asks for `race`: say trait="speed"'):

        @exercise("total", trait="values", points=1)
        def test_total_fast(student, race): ...


def test_the_name_of_a_check_is_its_stub_and_what_it_is_about():
    @exercise("total", trait="law", points=1)
    def test_total_of_nothing(student):
        """Nothing adds up to 0."""

    check = test_total_of_nothing.check
    assert (check.name, check.title) == ("total.of_nothing", "Nothing adds up to 0.")
