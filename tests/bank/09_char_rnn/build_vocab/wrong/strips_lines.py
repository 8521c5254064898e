"""Splits the text into lines and loses the line breaks.

misconception: characters_changed
fails: build_vocab.any_text
"""


def build_vocab(text):
    letters = sorted(set("".join(text.splitlines())))
    return {c: i for i, c in enumerate(letters)}, {i: c for i, c in enumerate(letters)}
