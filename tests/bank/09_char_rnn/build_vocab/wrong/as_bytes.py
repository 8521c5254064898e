"""Counts bytes, so that an accent is two characters.

misconception: characters_changed
fails: build_vocab.any_text
"""


def build_vocab(text):
    chars = sorted(set(text.encode()))
    return {chr(c): i for i, c in enumerate(chars)}, {i: chr(c) for i, c in enumerate(chars)}
