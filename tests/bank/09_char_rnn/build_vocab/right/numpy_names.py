"""NumPy's own strings and integers in both dicts."""

import numpy as np


def build_vocab(text):
    chars = np.unique(np.array(list(text)))
    return {c: np.int64(i) for i, c in enumerate(chars)}, {np.int64(i): c for i, c in enumerate(chars)}
