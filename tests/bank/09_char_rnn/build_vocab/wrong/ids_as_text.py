"""Ids are texts of digits.

misconception: dicts_disagree
fails: build_vocab.sorted
"""


def build_vocab(text):
    chars = sorted(set(text))
    return {c: str(i) for i, c in enumerate(chars)}, dict(enumerate(chars))
