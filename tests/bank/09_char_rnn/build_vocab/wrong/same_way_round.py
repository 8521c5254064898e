"""Both dicts map characters to ids.

misconception: dicts_disagree
fails: build_vocab.sorted
"""


def build_vocab(text):
    to_id = {c: i for i, c in enumerate(sorted(set(text)))}
    return to_id, to_id
