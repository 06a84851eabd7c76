"""Workbooks made in memory: rows of a sheet in, bytes of an XLSX, XLS or ODS out."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

Rows = Sequence[Sequence[Any]]

_PACKAGE = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>',
}
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_SPACES = " ".join(
    f'xmlns:{word}="urn:oasis:names:tc:opendocument:xmlns:{word}:1.0"' for word in ("office", "table", "text", "style")
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, stored)
    return out.getvalue()


def xlsx(make: Callable[[Any, Callable[[str], Any]], None], **options: Any) -> bytes:
    """A workbook that ``make(workbook, format)`` fills; ``format`` gives a style for a number format."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    make(book, lambda shown: book.add_format({"num_format": shown}))
    book.close()
    return out.getvalue()


def write(sheet: Any, rows: Rows, style: Callable[[str], Any], top: int = 0, left: int = 0) -> None:
    """Rows into a sheet of xlsxwriter: dates and times with a format, all else as it is."""
    formats: dict[type, Any] = {
        dt.datetime: style("yyyy-mm-dd hh:mm"),
        dt.date: style("d mmm yyyy"),
        dt.time: style("hh:mm"),
        dt.timedelta: style("[h]:mm"),
    }
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if type(value) in formats:
                sheet.write_datetime(top + number, left + place, value, formats[type(value)])
            elif isinstance(value, str):
                sheet.write_string(top + number, left + place, value)
            else:
                sheet.write(top + number, left + place, value)


def book(*sheets: tuple[str, Rows]) -> bytes:
    """An XLSX of these sheets."""

    def make(made: Any, style: Callable[[str], Any]) -> None:
        for name, rows in sheets:
            write(made.add_worksheet(name), rows, style)

    return xlsx(make)


def old_book(*sheets: tuple[str, Rows]) -> bytes:
    """An XLS of these sheets."""
    made = xlwt.Workbook()
    for name, rows in sheets:
        sheet = made.add_sheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                style = xlwt.XFStyle()
                if isinstance(value, dt.datetime):
                    style.num_format_str = "yyyy-mm-dd hh:mm"
                elif isinstance(value, dt.date):
                    style.num_format_str = "yyyy-mm-dd"
                sheet.write(number, place, value, style)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def open_book(*sheets: tuple[str, Rows]) -> bytes:
    """An ODS of these sheets."""
    return open_document("".join(_open_sheet(name, rows) for name, rows in sheets))


def open_document(tables: str, styles: str = "", head: str = "", manifest: str = "") -> bytes:
    """An ODS with these tables as XML."""
    spread = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {
            "mimetype": spread,
            "META-INF/manifest.xml": manifest
            or '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{spread}"/></manifest:manifest>',
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {_SPACES} '
            f'office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def _open_sheet(name: str, rows: Rows) -> str:
    lines = "".join(f"<table:table-row>{''.join(_open_cell(value) for value in row)}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}">{lines}</table:table>'


def _open_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def by_hand(cells: str, head: str = "", **parts: str | bytes) -> bytes:
    """An XLSX whose sheet holds this XML; ``head`` stands before it, ``parts`` are further parts of the package."""
    sheet = cells if "worksheet" in cells[:20] else f"{_SHEET}<sheetData>{cells}</sheetData></worksheet>"
    return zipped({**_PACKAGE, "xl/worksheets/sheet1.xml": head + sheet, **parts})
