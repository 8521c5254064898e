"""Ids count from 1.

misconception: unsorted_vocab
fails: build_vocab.sorted
"""


def build_vocab(text):
    letters = sorted(set(text))
    return {c: i for i, c in enumerate(letters, 1)}, {i: c for i, c in enumerate(letters, 1)}
