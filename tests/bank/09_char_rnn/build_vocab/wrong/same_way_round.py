"""Both dicts map characters to ids.

misconception: unsorted_vocab
fails: build_vocab.sorted
"""


def build_vocab(text):
    to_id = {c: i for i, c in enumerate(sorted(set(text)))}
    return to_id, to_id
