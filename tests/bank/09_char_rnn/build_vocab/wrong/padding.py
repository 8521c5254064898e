"""A place for padding comes first.

misconception: unsorted_vocab
fails: build_vocab.sorted
"""


def build_vocab(text):
    chars = ["<pad>"] + sorted(set(text))
    return {c: i for i, c in enumerate(chars)}, dict(enumerate(chars))
