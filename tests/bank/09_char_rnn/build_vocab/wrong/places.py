"""Every place of the sorted text gets an id.

misconception: characters_repeat
fails: build_vocab.sorted
"""


def build_vocab(text):
    return {c: i for i, c in enumerate(sorted(text))}, {i: c for i, c in enumerate(sorted(text))}
