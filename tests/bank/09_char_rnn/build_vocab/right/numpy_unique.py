"""By np.unique, so that characters are np.str_ and ids np.int64."""

import numpy as np


def build_vocab(text):
    letters = np.unique(list(text))
    ids = np.arange(len(letters))
    return dict(zip(letters, ids)), dict(zip(ids, letters))
