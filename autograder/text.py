"""Text that can be written to a file, of whatever a student or a file system calls one."""


def as_text(words: str) -> str:
    r"""The words with lone surrogates, which no file can hold, written out: `\udcfc`.

    Names of files that are no UTF-8 have them, and so may notebooks and what a student's code says.
    """
    return words.encode(errors="backslashreplace").decode()
