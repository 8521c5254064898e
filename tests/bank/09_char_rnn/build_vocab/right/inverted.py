"""The second dict made from the first, keys inserted backwards."""


def build_vocab(text):
    letters = sorted({*text})
    to_id = {letters[i]: i for i in reversed(range(len(letters)))}
    return to_id, {i: c for c, i in to_id.items()}
