"""Sorts without regard to case.

misconception: characters_changed
fails: build_vocab.any_text
"""


def build_vocab(text):
    letters = sorted(set(text), key=lambda c: (c.lower(), c))
    return {c: i for i, c in enumerate(letters)}, {i: c for i, c in enumerate(letters)}
