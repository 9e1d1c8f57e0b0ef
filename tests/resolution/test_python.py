"""The case table in Python: the same bytes as from sh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from resolution.table import Case, built, load_cases

if TYPE_CHECKING:
    from resolution.asking import Python


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
def test_python_agrees_with_the_table(case: Case, python: Python) -> None:
    with built(case) as tree:
        for question in case.questions():
            assert python.ask(question, tree) == case.expected(question, "python", tree)
