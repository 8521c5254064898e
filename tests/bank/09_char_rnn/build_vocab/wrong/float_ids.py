"""Ids are floats.

misconception: dicts_disagree
fails: build_vocab.sorted
"""

import numpy as np


def build_vocab(text):
    chars = sorted(set(text))
    ids = np.linspace(0, len(chars) - 1, len(chars))
    return dict(zip(chars, ids)), dict(zip(ids, chars))
