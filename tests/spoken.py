"""The languages in which a page is looked at: one to the right and one to the left in `make test`, all in the long run.

That no word is missing in any of them, `tests/language` sees every time.
"""

from __future__ import annotations

import pytest

from sabai.language.catalogues import LANGUAGES

SPOKEN = [pytest.param(code, marks=() if code in {"en", "ar"} else pytest.mark.long) for code in LANGUAGES]
