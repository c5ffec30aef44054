"""Every sheet of a workspace, computed by a job and written down for the pages.

Below `folder` lies one folder a sheet, with its page's `<main>` in each language and its tables as CSV; `sheets.json`
is written last, and says what each answers.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sabai.desk.insight import computing
from sabai.desk.insight.phrases import in_the_desk
from sabai.desk.insight.queries import INDEX
from sabai.desk.insight.questions import SHEETS
from sabai.desk.insight.said import Said
from sabai.desk.look.spoken import spoken
from sabai.errors import SabaiError
from sabai.language.catalogues import LANGUAGES
from sabai.pipeline import Request
from sabai.store.aside import aside

logger = logging.getLogger("sabai.desk.insight")
BROKE = "DSK-041  This answer could not be computed: a mistake of ours, which the log tells."


def write_sheets(request: Request, folder: Path, at: datetime, people: Mapping[str, str]) -> None:
    """All of them; one that cannot be computed says why, and the others go on. `people`: as `Language.naming`."""
    facts = request.facts()
    labels = request.definitions.labels
    readers = [in_the_desk(spoken(code)).calling(labels).naming(people) for code in LANGUAGES]
    index: dict[str, Mapping[str, object]] = {}
    for done, sheet in enumerate(SHEETS):
        request.progress("answering questions", done, len(SHEETS))
        try:
            speaks = getattr(computing, sheet.name)(request, facts, folder / sheet.name)
            index[sheet.name] = {
                language.code: _written(speaks(language), folder / sheet.name, language.code) for language in readers
            }
        except SabaiError as error:
            index[sheet.name] = {"problem": str(error)}
        except Exception:
            logger.exception("a sheet broke")
            index[sheet.name] = {"problem": BROKE}
    request.progress("answering questions", len(SHEETS), len(SHEETS))
    told = {"made_at": at.isoformat(), "version": request.definitions.version, "sheets": index}
    with aside(folder / INDEX) as unfinished:
        unfinished.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _written(said: Said, folder: Path, code: str) -> Mapping[str, str]:
    with aside(folder / f"{code}.main.html") as unfinished:
        unfinished.write_text(said.main, encoding="utf-8")
    return {"title": said.title, "answer": said.answer}
