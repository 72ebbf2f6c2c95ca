"""Words: spacy-pkuseg with a small model that travels with gouji, loaded when the first phrase needs it.

The model is pkuseg's default one cut down to its strongest features (corpus/models/README.md tells how).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any


def model_path() -> Path:
    """The folder of the segmentation model."""
    return Path(__file__).resolve().parent.parent / "_models" / "words"


class Segmenter:
    """Cuts phrases into words; the words it is given are never cut apart.

    Parameters: ``words`` the terms of a domain. Loading takes about a third of a second, once per set of words.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._segmenter: Any = None

    def cut(self, phrase: str) -> list[str]:
        """The words of a phrase, white space left out."""
        if self._segmenter is None:
            self._segmenter = _load(tuple(self._words))
        return list(self._segmenter.cut(phrase))


@lru_cache(maxsize=4)
def _load(words: tuple[str, ...]) -> Any:
    import spacy_pkuseg

    return spacy_pkuseg.pkuseg(str(model_path()), user_dict=list(words))
