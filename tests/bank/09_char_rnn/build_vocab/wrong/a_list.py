"""A list of characters in place of the second dict.

misconception: dicts_disagree
fails: build_vocab.sorted
"""


def build_vocab(text):
    chars = sorted(set(text))
    return {c: i for i, c in enumerate(chars)}, chars
