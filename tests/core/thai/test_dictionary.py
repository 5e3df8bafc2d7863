"""Words are cut with a dictionary that grows as it is asked: never otherwise than with the whole one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from pythainlp.tokenize import word_dict_trie, word_tokenize

from core.thai.dictionary import GrowingTrie
from oit.paths import shipped_rules

_TEXT = shipped_rules().read_text("utf-8")
_SAMPLES = tuple(_TEXT[at : at + 80] for at in range(0, len(_TEXT) - 80, 400))


def _cut(words: GrowingTrie, text: str) -> list[str]:
    return word_tokenize(text, custom_dict=words, engine="newmm")


def test_it_cuts_as_the_whole_dictionary_does() -> None:
    words = GrowingTrie()
    for text in _SAMPLES:
        assert _cut(words, text) == word_tokenize(text, engine="newmm")


def test_words_at_the_end_of_a_text_are_found() -> None:
    words, whole = GrowingTrie(), word_dict_trie()
    text = "ประกาศ ณ"
    for start in range(len(text) + 1):
        assert words.prefixes(text, start) == whole.prefixes(text, start)


def test_threads_that_come_to_a_branch_at_once_cut_alike() -> None:
    expected = [word_tokenize(text, engine="newmm") for text in _SAMPLES[:60]]
    for _ in range(5):
        words = GrowingTrie()
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lambda text: _cut(words, text), _SAMPLES[:60])) == expected  # noqa: B023


def test_only_branches_that_were_asked_for_have_grown() -> None:
    words = GrowingTrie()
    before = len(words._waiting)
    _cut(words, "โครงการ")
    assert 0 < before - len(words._waiting) < 20
