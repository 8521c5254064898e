"""The text is brought into Unicode's composed form first, and other writings of it do not come back.

misconception: characters_changed
fails: build_vocab.any_text
"""

import unicodedata


def build_vocab(text):
    characters = sorted(set(unicodedata.normalize("NFC", text)))
    return {c: i for i, c in enumerate(characters)}, dict(enumerate(characters))
