"""Lower-cases the text first.

misconception: characters_changed
fails: build_vocab.any_text
"""


def build_vocab(text):
    letters = sorted(set(text.lower()))
    return {c: i for i, c in enumerate(letters)}, {i: c for i, c in enumerate(letters)}
