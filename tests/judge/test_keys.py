"""Digests: what a result in the store depends on."""

from autograder.judge.keys import environment


def test_another_python_is_another_environment(monkeypatch):
    before = environment()
    assert environment() == before
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert environment() != before
