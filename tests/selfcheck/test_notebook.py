"""`check` and `hint` in a notebook."""

from autograder.selfcheck.notebook import hint


def test_a_hint_away_from_its_folder_says_what_is_missing(tmp_path, monkeypatch):
    shown = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("IPython.display.display", shown.append)
    hint("double")
    (page,) = shown
    assert "keep the assignment&#39;s files together" in page.data
