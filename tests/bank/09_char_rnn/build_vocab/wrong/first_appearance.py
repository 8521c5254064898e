"""Ids in the order in which characters appear.

misconception: unsorted_vocab
fails: build_vocab.sorted
"""


def build_vocab(text):
    letters = list(dict.fromkeys(text))
    return {c: i for i, c in enumerate(letters)}, {i: c for i, c in enumerate(letters)}
