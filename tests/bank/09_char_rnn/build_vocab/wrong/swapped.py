"""The two dicts come in the other order.

misconception: dicts_disagree
fails: build_vocab.sorted
"""


def build_vocab(text):
    chars = sorted(set(text))
    return dict(enumerate(chars)), {c: i for i, c in enumerate(chars)}
