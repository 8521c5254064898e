"""The most frequent character first.

misconception: unsorted_vocab
fails: build_vocab.sorted
"""


def build_vocab(text):
    letters = sorted(set(text), key=lambda c: (-text.count(c), c))
    return {c: i for i, c in enumerate(letters)}, {i: c for i, c in enumerate(letters)}
