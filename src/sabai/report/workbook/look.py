"""How the workbook looks: one palette, yellow for what may be changed, and bands by shape as well as by colour."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

INK, PAPER, LINE, SOFT, ACCENT = "#12343B", "#FFFFFF", "#D5DEE0", "#F2F6F6", "#1F7A73"
YELLOW, MUTED = "#FFF4C2", "#5B6B70"
SHAPES = {"healthy": "●", "at_risk": "▲", "unhealthy": "■", "unknown": "?"}
BAND_FILLS = {"healthy": "#2F9E6E", "at_risk": "#E3A21A", "unhealthy": "#CF4A3C", "unknown": "#9AA9AD"}  # of charts
BAND_COLOURS = {  # (ground, ink): readable in print too
    "healthy": ("#DCF3E5", "#125C36"),
    "at_risk": ("#FFEBC2", "#7A4600"),
    "unhealthy": ("#FBDCD8", "#8C1A10"),
    "unknown": ("#E9EEEF", "#4A5A5F"),
}
_TOP = {"valign": "vcenter", "font_name": "Calibri", "font_size": 11, "font_color": INK}
_CELL = {"bottom": 1, "bottom_color": LINE}
_TEXT = {**_CELL, "indent": 1}
_HEAD = {"bold": True, "font_color": PAPER, "bg_color": INK, "text_wrap": True}
_INPUT = {"bg_color": YELLOW, "border": 1, "border_color": "#E2C65A"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 20},
    "subtitle": {"font_size": 12, "font_color": MUTED},
    "note": {"font_color": MUTED, "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 13, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "head": {**_HEAD, "indent": 1},
    "head_number": {**_HEAD, "align": "center"},
    "group": {"bold": True, "font_color": INK, "bg_color": "#CFE3E1", "align": "center"},
    "weight": {"font_color": MUTED, "bg_color": SOFT, "align": "center"},
    "text": _TEXT,
    "muted": {**_TEXT, "font_color": MUTED},
    "value": {**_CELL, "bg_color": "#FFFBEA"},
    "broken_value": {**_CELL, "bg_color": "#FFFBEA", "num_format": "#,##0.00##"},
    "points": {**_CELL, "num_format": "0.0"},
    "number": _CELL,
    "count": {**_CELL, "num_format": "#,##0"},
    "change": {**_CELL, "num_format": '+#,##0;"−"#,##0;0', "font_color": MUTED},
    "share": {**_CELL, "num_format": "0%", "align": "center"},
    "score": {**_CELL, "num_format": "0.0", "bold": True, "align": "center"},
    "band": {**_TEXT, "bold": True},
    "total": {"bold": True, "top": 1, "top_color": INK},
    "total_text": {"bold": True, "top": 1, "top_color": INK, "indent": 1},
    "big": {"bold": True, "font_size": 34, "font_color": ACCENT, "num_format": "0%", "align": "left"},
    "big_rtl": {"bold": True, "font_size": 34, "font_color": ACCENT, "num_format": "0%", "align": "right"},
    "input": _INPUT,
    "input_points": {**_INPUT, "num_format": "0.0"},
    "input_text": _INPUT,
    "input_share": {**_INPUT, "num_format": "0%"},
    "percent": {**_CELL, "num_format": "0.0%"},
    "ratio": {**_CELL, "num_format": "0.00"},
    "fine": {**_CELL, "num_format": "0.0000"},
    "day": {**_CELL, "num_format": "yyyy-mm-dd"},
    "input_percent": {**_INPUT, "num_format": "0.0%"},
    "input_count": {**_INPUT, "num_format": "#,##0"},
    "input_fine": {**_INPUT, "num_format": "0.0000"},
    "input_day": {**_INPUT, "num_format": "yyyy-mm-dd"},
}


class Look:
    """The formats of one workbook, by name; "amount" and "input_amount" have as many `decimals` as its currency."""

    def __init__(self, workbook: Workbook, *, rtl: bool, decimals: int = 2) -> None:
        written = {"num_format": f"#,##0.{'0' * decimals}".rstrip(".")}
        styles = _FORMATS | {"amount": {**_CELL, **written}, "input_amount": {**_INPUT, **written}}
        self._formats = {name: workbook.add_format(_turned(style, rtl=rtl)) for name, style in styles.items()}
        self._bands = {
            band: workbook.add_format({"bg_color": ground, "font_color": ink})
            for band, (ground, ink) in BAND_COLOURS.items()
        }

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]

    def colour_bands(self, sheet: Worksheet, area: tuple[int, int, int, int], band_cell: str) -> None:
        """Colours an area by the shape that stands with the band in `band_cell` ("$D7")."""
        for band, shape in SHAPES.items():
            criteria = f'=ISNUMBER(FIND("{shape}",{band_cell}))'
            sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": self._bands[band]})


def _turned(style: dict[str, Any], *, rtl: bool) -> dict[str, Any]:
    """Text begins where the reader begins; numbers stay as they are."""
    if not rtl or "num_format" in style or style.get("align") == "center":
        return {**_TOP, **style}
    return {**_TOP, **style, "align": "right", "reading_order": 2}


def plain_page(sheet: Worksheet, *, rtl: bool) -> None:
    """No grid lines, in the direction in which the reader reads, and one page wide when printed."""
    sheet.hide_gridlines(2)
    sheet.set_default_row(19)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    if rtl:
        sheet.right_to_left()
