"""Telling a text's language: by its script, then by its commonest words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SCRIPTS = (
    ("ja", re.compile(r"[぀-ヿ]")),
    ("ko", re.compile(r"[가-힯]")),
    ("zh", re.compile(r"[一-鿿]")),
    ("ru", re.compile(r"[а-яё]")),
    ("vi", re.compile(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]")),
)
_LEAST_SHARE = 0.15
_WORD = re.compile(r"[^\W\d_]+")


def language_of(lower: str, function_words: Mapping[str, frozenset[str]], *, hint: str = "") -> str:
    """ISO 639-1 code of a text's language.

    Args:
        lower: The text, in lower case.
        function_words: By code, the words that nearly every sentence of the language has one of.
        hint: What the publisher says; believed unless the script contradicts it.
    """
    letters = sum(map(str.isalpha, lower)) or 1
    for code, script in _SCRIPTS:
        share = len(script.findall(lower)) / letters
        if share >= (_LEAST_SHARE if code != "vi" else _LEAST_SHARE / 3):
            return code
    hinted = hint.lower().partition("-")[0]
    if hinted in function_words and hinted not in {code for code, _ in _SCRIPTS}:
        return hinted
    words = _WORD.findall(lower)
    counts = {code: sum(word in known for word in words) for code, known in function_words.items()}
    return max(counts, key=lambda code: (counts[code], code == "en"), default="en")
