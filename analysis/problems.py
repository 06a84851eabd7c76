"""The catalogue of problems: everything that can be wrong with what was uploaded.

A problem is a value that travels beside the good rows. Each entry of `CATALOGUE` has a code (stable,
used in JSON and in tests), a title for a list, a sentence that says what and where, and what to do next.
``{placeholders}`` are filled by `problem`. Severity: ``note`` (nothing lost), ``ask`` (a person should
decide), ``set_aside`` (this row is not scored), ``unreadable`` (the whole file could not be read).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["note", "ask", "set_aside", "unreadable"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem, as the catalogue describes it."""

    code: str
    title: str
    sentence: str
    next_step: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place. ``line`` is the physical line of the file, 0 for the file as a whole.

    ``count``: how many lines have it, where it is said once for all of them.
    """

    code: str
    file: str
    line: int
    message: str
    column: str = ""
    value: str = ""
    count: int = 1

    @property
    def kind(self) -> Kind:
        """The catalogue's entry for this problem."""
        return CATALOGUE[self.code]


def _catalogue(kinds: Iterable[Kind]) -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for kind in kinds:
        if kind.code in table:
            raise ValueError(f"problem code {kind.code!r} stands twice in the catalogue")
        table[kind.code] = kind
    return table


_READING = (
    Kind(
        "empty_file",
        "The file is empty",
        "{file} holds no data.",
        "Export it again and check that the export finished before uploading.",
        "unreadable",
    ),
    Kind(
        "no_rows",
        "No rows under the header",
        "{file} has a header at most, and no row of data.",
        "Check the date range or filter of the export and export it again.",
        "note",
    ),
    Kind(
        "too_large",
        "The file is too large",
        "{file} is {size} MB, more than the 1024 MB that can be loaded at once.",
        "Export a shorter period, or split the export by month.",
        "unreadable",
    ),
    Kind(
        "too_many_columns",
        "Too many columns",
        "{file} has {columns} columns, more than the {most} that a table of contacts can have.",
        "Check that the file is a contact log; if it is, export fewer columns.",
        "unreadable",
    ),
    Kind(
        "encrypted_workbook",
        "A workbook with a password",
        "{file} is protected by a password.",
        "Open it with the password, save the sheet as CSV (UTF-8), and upload that file.",
        "unreadable",
    ),
    Kind(
        "damaged_workbook",
        "A damaged workbook",
        "{file} is a workbook that is damaged or was not copied to its end.",
        "Open it in a spreadsheet program and save it again, or save the sheet as CSV (UTF-8), and upload that file.",
        "unreadable",
    ),
    Kind(
        "workbook_refused",
        "A workbook that was not opened",
        "{file} was not opened: {why}.",
        "If you know where it comes from, open it yourself, save the sheet as CSV (UTF-8), and upload that file.",
        "unreadable",
    ),
    Kind(
        "far_cell",
        "A cell far outside the table",
        "{file}: the sheet {value} reaches to cell {cell}, far outside any table of contacts.",
        "Delete what stands there, or save the sheet as CSV (UTF-8), and upload it again.",
        "unreadable",
    ),
    Kind(
        "hidden_sheet",
        "A hidden sheet",
        "The sheet {value} of {file} is hidden ({count} rows) and was not read.",
        "If it holds contacts, show it in the spreadsheet program, save, and upload the workbook again.",
        "ask",
    ),
    Kind(
        "sheet_left_out",
        "A sheet of a single column",
        "{file} has a single column, which cannot hold contacts, and was left out.",
        "If it holds contacts, spread them over columns (candidate, date, what happened) and upload it again.",
        "note",
    ),
    Kind(
        "hidden_cells",
        "Hidden rows or columns",
        "{file} has {rows} hidden row(s) and {columns} hidden column(s), perhaps by a filter; they were read too.",
        "If they should not count, delete them and upload the workbook again.",
        "note",
    ),
    Kind(
        "merged_cells",
        "Merged cells",
        "{file}: {count} cell(s), the first on line {line}, are covered by a merged cell and were given what it says.",
        "Check that a merged cell holds for each of its rows.",
        "note",
    ),
    Kind(
        "uncalculated_formula",
        "Formulas without a result",
        "{file}: {count} formula(s) in column {column}, the first on line {line}, were saved without a result; "
        "these cells are empty here.",
        "Open the workbook in a spreadsheet program, save it, and upload it again.",
        "ask",
    ),
    Kind(
        "error_cells",
        "Cells that show an error",
        "{file}: {count} cell(s) in column {column}, the first on line {line}, show an error ({value}) "
        "and were taken as empty.",
        "Correct the formula if the cell matters.",
        "note",
    ),
    Kind(
        "rounded_numbers",
        "Numbers of more than 15 digits",
        "{file}: {count} number(s) in column {column}, the first on line {line}, have more digits than a spreadsheet "
        "keeps; the last ones may be wrong.",
        "Export them as text, or upload the export without opening it in a spreadsheet.",
        "note",
    ),
    Kind(
        "more_tables",
        "More than one table",
        "Only {file} was read here; the same upload holds {count} more: {shown}.",
        "Load the upload as a whole to have all of its tables.",
        "note",
    ),
    Kind(
        "member_left_out",
        "A file in an archive that holds no table",
        "{file} was left out ({value}).",
        "If it holds contacts, export them as CSV and upload that; otherwise nothing needs to be done.",
        "note",
    ),
    Kind(
        "no_table_in_archive",
        "No table in the archive",
        "{file} is an archive in which nothing can be read as a table: {shown}.",
        "Check that it is the right archive; export the contacts as CSV and upload those.",
        "unreadable",
    ),
    Kind(
        "empty_archive",
        "An empty archive",
        "{file} is an archive without a file in it.",
        "Pack it again, or upload the exports one by one.",
        "unreadable",
    ),
    Kind(
        "damaged_archive",
        "A damaged archive",
        "{file} is a ZIP archive that is damaged or was not copied to its end.",
        "Download or pack it again; if that does not help, unpack it and upload the files inside.",
        "unreadable",
    ),
    Kind(
        "encrypted_archive",
        "An archive with a password",
        "{file} is protected by a password.",
        "Unpack it with the password and upload the files inside.",
        "unreadable",
    ),
    Kind(
        "archive_refused",
        "An archive that was not unpacked",
        "{file} was not unpacked: {why}.",
        "Unpack it yourself, look at what is in it, and upload the exports one by one.",
        "unreadable",
    ),
    Kind(
        "unreadable_packed",
        "A packed file",
        "{file} is packed (gz, 7z, rar or the like).",
        "Unpack it and upload the file inside.",
        "unreadable",
    ),
    Kind(
        "unreadable_mail",
        "A mailbox that cannot be read",
        "{file} begins as a mailbox but no message in it can be read.",
        "Export the mailbox again (as mbox, or single messages as .eml).",
        "unreadable",
    ),
    Kind(
        "unreadable_pdf",
        "A PDF",
        "{file} is a PDF; a printed page holds no table that can be trusted.",
        "Export the same report as CSV from the system it came from.",
        "unreadable",
    ),
    Kind(
        "unreadable_image",
        "A picture",
        "{file} is a picture, not a contact log.",
        "Export the log as CSV from the system it came from.",
        "unreadable",
    ),
    Kind(
        "unreadable_html",
        "A web page",
        "{file} is a web page, perhaps a sign-in or error page saved in place of the export.",
        "Sign in again and export as CSV; if the page holds the table, open it in a spreadsheet and save as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_xml",
        "An XML file",
        "{file} is XML, not a table.",
        "Export as CSV, or open it in a spreadsheet and save as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_office",
        "An Office document",
        "{file} is an Office document or message, not a table.",
        "Copy the table into a spreadsheet and save it as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_rtf",
        "A text document",
        "{file} is a formatted text document, not a table.",
        "Copy the table into a spreadsheet and save it as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_binary",
        "No text in the file",
        "{file} holds no text: it is a program's own file, or it is damaged or encrypted.",
        "Open it in the program it comes from and export it as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_program",
        "A program",
        "{file} is a program, not an export; it was not opened.",
        "Check where it comes from; upload the CSV that the export made.",
        "unreadable",
    ),
    Kind(
        "unreadable_media",
        "A sound or a film",
        "{file} is a sound or a film, not a contact log.",
        "Upload the list of calls or messages as CSV; what was said can be entered as a note.",
        "unreadable",
    ),
    Kind(
        "unreadable_cards",
        "Contact cards",
        "{file} holds contact cards (VCF): people, and no contact with them.",
        "Upload the export of activities, calls or messages.",
        "unreadable",
    ),
    Kind(
        "unreadable_outlook_store",
        "An Outlook data file",
        "{file} is an Outlook data file (PST or OST), which only Outlook can open.",
        "In Outlook choose File, Open & Export, Import/Export, and export the folder as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_json",
        "JSON without records",
        "{file} is JSON, as programs exchange it, in which no list of records can be read.",
        "Export the same list as CSV. If it holds mappings, take it over under “Layouts you described”.",
        "unreadable",
    ),
    Kind(
        "json_large",
        "A JSON file that is too large",
        "{file} is JSON of {size} MB, more than the {most} MB that can be read at once.",
        "Fetch a shorter period, or export the list as CSV.",
        "unreadable",
    ),
    Kind(
        "damaged_record",
        "A damaged record",
        "{file}, line {line}: this is no whole record of JSON.",
        "Fetch it again, or correct the line ({value}) in the rows to correct.",
        "set_aside",
    ),
    Kind(
        "unreadable_database",
        "A database file",
        "{file} is a database file, not an export.",
        "Export the table of contacts as CSV from the program that owns it.",
        "unreadable",
    ),
    Kind(
        "unreadable_parquet",
        "A Parquet file",
        "{file} is a Parquet file, not a text table.",
        "Export the table as CSV.",
        "unreadable",
    ),
    Kind(
        "unreadable_calendar",
        "A calendar that cannot be read",
        "{file} begins as a calendar but no event in it can be read.",
        "Export the calendar again as ICS, or as CSV.",
        "unreadable",
    ),
    Kind(
        "damaged_text",
        "Damaged characters",
        "{file}, line {line}: {places} character(s) are not valid in the file's encoding.",
        "Compare names and notes on this line with the source; save the export as UTF-8 to be sure.",
        "note",
    ),
    Kind(
        "encoding_unsure",
        "The encoding is not certain",
        "{file} is not UTF-8; it was read as {value}, and could also be {other}.",
        "Check a name with an accent in the preview; if it is wrong, save the export as UTF-8 and upload it again.",
        "ask",
    ),
    Kind(
        "nul_bytes",
        "Zero bytes in the text",
        "{file} holds {count} zero byte(s), the first on line {line}; they were left out.",
        "If cells look cut, export the file again.",
        "note",
    ),
    Kind(
        "delimiter_unsure",
        "The delimiter is not certain",
        "{file} was read with {value} between its columns, and could also be read with {other}.",
        "Look at the preview: if the columns are wrong, export with another delimiter or put sep=; on the first line.",
        "ask",
    ),
    Kind(
        "no_header",
        "No header row",
        "{file} seems to begin with data on line {line}, so its columns are called column 1, column 2 and so on.",
        "Name the columns in the mapping, or add a header row and upload the file again.",
        "ask",
    ),
    Kind(
        "mended_text",
        "Characters converted in the wrong way",
        "{file}: quotes, dashes and the like were converted in the wrong way before; {count} or more were put right, "
        "first on line {line}.",
        "Nothing needs to be done; compare a name with an apostrophe if in doubt.",
        "note",
    ),
    Kind(
        "header_mismatch",
        "More or fewer names than columns",
        "{file}, line {line}: the header has {names} names over {columns} columns; they are read as: {shown}",
        "Check in the mapping that each name stands over its own column, or correct the header and upload again.",
        "ask",
    ),
    Kind(
        "repaired_row",
        "A row was repaired",
        "{file}, line {line}: this row was out of shape ({why}) and is read as: {after}",
        "Compare it with the original line ({value}).",
        "note",
    ),
    Kind(
        "trailing_delimiters",
        "Delimiters at the end of rows",
        "{file}: {count} row(s), the first on line {line}, end in surplus empty cells, which were left out.",
        "Nothing needs to be done.",
        "note",
    ),
    Kind(
        "short_rows_padded",
        "Rows without their last cells",
        "{file}: {count} row(s), the first on line {line}, leave out their last cells, which were taken as empty.",
        "Check that the last columns of these rows are meant to be empty.",
        "note",
    ),
    Kind(
        "wrong_width",
        "A row with the wrong number of cells",
        "{file}, line {line}: {cells} cell(s) where the table has {columns} columns.",
        "Correct the line ({value}) in the rows to correct, and upload those.",
        "set_aside",
    ),
    Kind(
        "ambiguous_row",
        "A row that can be read in two ways",
        "{file}, line {line}: {why}, so the row was not guessed.",
        "Correct the line ({value}) in the rows to correct, and upload those.",
        "set_aside",
    ),
    Kind(
        "second_table",
        "A second table in the file",
        "{file}: from line {line} on, {count} line(s) belong to another table and were set aside.",
        "Download the rows to correct and upload that table as a file of its own.",
        "set_aside",
    ),
    Kind(
        "repeated_header",
        "The header appears again",
        "{file}: the header is repeated {count} time(s), first on line {line}; several exports seem to be joined.",
        "Nothing needs to be done; the repeated headers were left out.",
        "note",
    ),
    Kind(
        "damaged_event",
        "A damaged calendar event",
        "{file}, line {line}: this event cannot be read ({why}).",
        "Open the event in the calendar, save it again and export once more.",
        "set_aside",
    ),
    Kind(
        "damaged_event_part",
        "Part of a calendar event is damaged",
        "{file}, line {line}: {value} of this event cannot be read and was left empty.",
        "Open the event in the calendar, save it again and export once more.",
        "note",
    ),
    Kind(
        "recurring_event",
        "A recurring calendar event",
        "{file}, line {line}: of the recurring event “{value}” {count} occurrence(s) were read; {why}.",
        "If a later occurrence was an interview, enter it by hand.",
        "note",
    ),
    Kind(
        "moved_event",
        "A calendar event that was moved",
        "{file}, line {line}: “{value}” was moved from {before} to {now}; the later version is used.",
        "Nothing to do; the earlier version is left out.",
        "note",
    ),
    Kind(
        "mended_event",
        "A calendar event with broken lines",
        "{file}, line {line}: lines of “{value}” have no property's name and were taken as the end of the line above.",
        "Check the description of the event if it matters.",
        "note",
    ),
    Kind(
        "unknown_event_zone",
        "An unknown time zone",
        "{file}, line {line}: the time zone {value} of this event is not known.",
        "Give the zone when loading, or correct it in the calendar.",
        "ask",
    ),
    Kind(
        "damaged_mail",
        "A damaged message",
        "{file}, line {line}: this message cannot be read ({why}).",
        "Open the message in the mail program, save it again and export once more.",
        "set_aside",
    ),
    Kind(
        "mail_cut",
        "A very large message",
        "{file}, line {line}: {count} message(s) above 32 MB were read up to there only.",
        "Nothing to do, unless the text of the message stands behind its attachments.",
        "note",
    ),
    Kind(
        "mail_encrypted",
        "An encrypted message",
        "{file}, line {line}: the text of {count} message(s) is encrypted and cannot be read.",
        "Sender, receiver and time are used; say by hand what it was about if it matters.",
        "note",
    ),
    Kind(
        "mail_charset",
        "A message in another encoding than it says",
        "{file}, line {line}: {count} message(s) are not in the encoding they claim ({value}); the one that fits "
        "was taken.",
        "Compare names with an accent with the mail program.",
        "note",
    ),
    Kind(
        "mail_date_elsewhere",
        "A message without a readable date of its own",
        "{file}, line {line}: {count} message(s) do not say clearly when they were sent; the time at which a server "
        "took them over is used.",
        "Check the time in the mail program if the hour matters.",
        "note",
    ),
    Kind(
        "mail_date_doubtful",
        "The sender's clock differs from the server's",
        "{file}, line {line}: {count} message(s) give a date more than two days away from when a server took "
        "them over.",
        "The sender's date is used; check it in the mail program.",
        "note",
    ),
)

_CHECKING: tuple[Kind, ...] = (
    Kind(
        "private_columns",
        "Columns that are never kept",
        "{file}: left out whole, because a follow-up score must not know {value}: {shown}.",
        "Nothing to do; better still, leave such columns out of the export.",
        "note",
    ),
    Kind(
        "no_candidate",
        "No candidate",
        "Line {line} of {file} names no candidate, neither by name nor by e-mail, phone or number.",
        "Add the candidate in the export or map the column that holds them; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "unreadable_date",
        "A date that cannot be read",
        "Line {line} of {file}: “{value}” in column {column} is no date that can be read.",
        "Correct it and upload again; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "end_before_start",
        "The end lies before the start",
        "Line {line} of {file}: column {column} ends at “{value}”, which is before the start.",
        "Check both times, and the order of day and month; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "says_nothing",
        "Nothing but a name and a date",
        "Line {line} of {file} has no kind, channel, subject or note, so nothing says what happened.",
        "Map the column that holds the activity or the note; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "deleted_row",
        "Marked as deleted",
        "Line {line} of {file} is marked as deleted in the system it came from.",
        "Nothing to do; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "sections_read",
        "Headings within the sheet",
        "{file} has no column for the client; {count} line(s) that hold one cell are read as headings ({shown}): "
        "the client of the lines below them.",
        "If one of them is a candidate, add a column “Client” and upload the sheet again.",
        "note",
    ),
    Kind(
        "no_interview",
        "A calendar entry that is no interview",
        "Line {line} of {file} is a calendar entry whose title names no interview.",
        "Nothing to do, unless it was one: then put “Interview: candidate / client” in its title.",
        "set_aside",
    ),
    Kind(
        "year_supplied",
        "Dates without a year",
        "In {file} {count} dates have no year; they are taken in the year nearest to the other dates ({shown}).",
        "Check them, and write the year where it is wrong.",
        "note",
    ),
    Kind(
        "no_date",
        "No date",
        "Line {line} of {file} has no date.",
        "It waits without counting: write the date into the rows to correct, or map the column that holds it.",
        "ask",
    ),
    Kind(
        "no_year",
        "A date without a year",
        "Line {line} of {file}: “{value}” in column {column} has no year, and no other date of the row gives one.",
        "It waits without counting: write the full date into the rows to correct.",
        "ask",
    ),
    Kind(
        "sent_without_date",
        "Sent, but no date",
        "Line {line} of {file} says “{value}” in column {column} without a date.",
        "It waits without counting: ask the candidate when it was sent, and write that into the rows to correct.",
        "ask",
    ),
    Kind(
        "side_time_unreadable",
        "A second time that cannot be read",
        "Line {line} of {file}: “{value}” in column {column} is no time that can be read.",
        "The contact is kept without it; correct it and upload again if it matters.",
        "note",
    ),
    Kind(
        "date_order_open",
        "Day or month first?",
        "The dates in column {column}{also} of {file} can be read in two ways. They are taken as {shown}; "
        "the other way they would be {other}.",
        "Say which is right: day first (dmy) or month first (mdy).",
        "ask",
    ),
    Kind(
        "date_order_mixed",
        "Dates written in two orders",
        "Column {column} of {file} holds dates with the day first and dates with the month first. "
        "It is taken as {shown}.",
        "Correct the column, or say which order is right; lines that do not fit are set aside.",
        "ask",
    ),
    Kind(
        "only_logged",
        "Only the time of typing is known",
        "{file} says when {count} contacts were typed in, not when they happened.",
        "How promptly a note was sent cannot be scored from it.",
        "note",
    ),
    Kind(
        "unknown_word",
        "A word that is not known",
        "“{value}” in column {column} of {file} ({count} lines, the first is line {line}) is not a word of the log.",
        "Say what it means when mapping the file; until then it is worked out from the rest of the row.",
        "ask",
    ),
    Kind(
        "unknown_zone",
        "A time zone that is not known",
        "“{value}” in column {column} of {file} ({count} lines, the first is line {line}) is no time zone.",
        "Write it like America/New_York; until then {instead} is used.",
        "ask",
    ),
    Kind(
        "unknown_calendar",
        "A holiday calendar that is not known",
        "“{value}” in column {column} of {file} ({count} lines, the first is line {line}) is no holiday calendar.",
        "Write a country or country and part, like US, US-MI or GB-ENG; until then the usual calendar is used.",
        "ask",
    ),
    Kind(
        "unknown_default",
        "A setting that is not known",
        "The {column} “{value}” chosen for {file} is not known.",
        "{instead} is used instead; choose another and load again.",
        "ask",
    ),
    Kind(
        "clock_gap",
        "A time that the clocks skipped",
        "Line {line} of {file}: “{value}” in column {column} falls in the hour skipped when summer time began.",
        "The next real time is used; check the time zone.",
        "note",
    ),
    Kind(
        "clock_overlap",
        "A time that happened twice",
        "Line {line} of {file}: “{value}” in column {column} happened twice when summer time ended.",
        "The first of the two is used; check it if the hour matters.",
        "note",
    ),
    Kind(
        "not_an_email",
        "Not an e-mail address",
        "Line {line} of {file}: “{value}” in column {column} is no e-mail address.",
        "It is left out; add the address if you have it.",
        "note",
    ),
    Kind(
        "decision_not_understood",
        "A decision date that is not understood",
        "Line {line} of {file}: “{value}” in column {column} could not be turned into a day.",
        "Write a date, or words such as “end of next week”.",
        "ask",
    ),
    Kind(
        "columns_guessed",
        "Columns were guessed",
        "{file} is no layout that is known here. Its columns were taken as: {shown}.",
        "Check this under Upload, correct it where it is wrong, and save it for the next time.",
        "ask",
    ),
    Kind(
        "mapping_saved",
        "Read as you told us",
        "{file} is read as you told us on {when}: {shown}.",
        "Nothing to do; change or forget it under Upload.",
        "note",
    ),
    Kind(
        "saved_order_wrong",
        "The order of dates you gave does not fit",
        "The dates in column {column} of {file} can only be {shown}, other than you said for an earlier file.",
        "They are read {shown}; check the first of them, and forget the old answer under Upload if it was wrong.",
        "ask",
    ),
    Kind(
        "usual_order_wrong",
        "Dates in another order than this export has",
        "The dates in column {column} of {file} can only be {shown}, other than this export usually writes them.",
        "They are read {shown}; check the first of them.",
        "note",
    ),
    Kind(
        "layout_open",
        "Two layouts fit",
        "{file} could be {shown}: its header has what both are known by.",
        "Say under Upload which it is, or export one of the two alone; until then its columns are guessed.",
        "ask",
    ),
    Kind(
        "layout_lacks",
        "A layout with a column missing",
        "{file} looks like “{shown}” but has no column {needed}.",
        "Check under Upload that it is that export; if a column was renamed or left out, map it or export it again.",
        "ask",
    ),
    Kind(
        "columns_renamed",
        "Columns in another spelling",
        "{file} is read as “{shown}”, taking {pairs}.",
        "Check that this is right; if not, map the columns under Upload.",
        "ask",
    ),
    Kind(
        "one_list",
        "Candidates and client people in one list",
        "{file} ({shown}) keeps candidates and people at clients in one list; everybody in it is taken as a candidate.",
        "Nothing to do for candidates; what stands under a client's name there counts for nobody's score.",
        "note",
    ),
    Kind(
        "not_a_contact",
        "A row that is no contact",
        "Line {line} of {file} is {value}.",
        "Nothing to do; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "same_contact",
        "Another row of one contact",
        "Line {line} of {file} is one more row of the contact on line {value}.",
        "Nothing to do; the contact stands once.",
        "set_aside",
    ),
    Kind(
        "holds_no_dates",
        "An export without dates",
        "{file} ({shown}) names no date for its contacts; this export never does. {count} of them wait for one.",
        "Give them a date in the undated tray, or export the same contacts in another way.",
        "ask",
    ),
    Kind(
        "told_without_day",
        "A contact told of without its day",
        "Line {line} of {file} tells of a contact and not of its day: “{value}”.",
        "Ask when it was and enter it by hand; until then it does not count.",
        "ask",
    ),
    Kind(
        "told_unclear",
        "A contact told of that is not plain",
        "Line {line} of {file} seems to tell of a contact, but whose it was or whether it took place is not plain: "
        "“{value}”.",
        "Ask, and enter it by hand if it took place; until then it does not count.",
        "ask",
    ),
    Kind(
        "only_last_state",
        "Only the last state is kept",
        "{file} ({shown}) keeps only where each person stands now; earlier contacts were overwritten. "
        "{count} rows wait without a date.",
        "Nothing can be scored from it; upload a log that keeps every contact.",
        "ask",
    ),
    Kind(
        "only_people",
        "People, no contacts",
        "{file} ({shown}) lists people and no contact with them; its {count} rows are set aside.",
        "Upload the export of activities, calls or messages beside it.",
        "note",
    ),
    Kind(
        "person_only",
        "A person, no contact",
        "Line {line} of {file} lists a person and no contact.",
        "Nothing to do; the line is set aside.",
        "set_aside",
    ),
    Kind(
        "rounded_ids",
        "Numbers rounded by a spreadsheet",
        "{file}: {count} numbers in column {column} were rounded by a spreadsheet, the first is “{value}”.",
        "They are left out; export again and upload the file without opening it in a spreadsheet.",
        "note",
    ),
    Kind(
        "columns_needed",
        "Columns are missing",
        "In {file} no column was found for {needed}. It has: {shown}.",
        "Say under Upload which column holds {needed}.",
        "ask",
    ),
    Kind(
        "columns_unused",
        "Columns that are not used",
        "{file} has columns that nothing is read from: {shown}.",
        "Map them if they matter.",
        "note",
    ),
    Kind(
        "same_file_twice",
        "The same file twice",
        "{file} is byte for byte the same as {other}, which is already loaded.",
        "Nothing was added twice.",
        "note",
    ),
    Kind(
        "whose_side",
        "Who is the candidate?",
        "{file} does not say who of the two sides is the candidate; {shown}.",
        "Check it under Upload and say which addresses are the agency's.",
        "ask",
    ),
    Kind(
        "taken_for_candidates",
        "Private addresses taken for candidates",
        "In {file} {count} private address(es) are known from no other file and taken for candidates: {shown}.",
        "Load the candidates' own file beside it, or say which of them are none.",
        "ask",
    ),
    Kind(
        "several_candidates",
        "Messages to several candidates",
        "In {file} {count} message(s) went to several candidates; each is counted for the first one only.",
        "Enter the others by hand if they matter.",
        "note",
    ),
    Kind(
        "guest_declined",
        "An invited guest declined",
        "Line {line} of {file}: {value} declined this entry.",
        "A guest who declined is no interviewer; where the candidate declined, the interview counts as cancelled.",
        "note",
    ),
)

CATALOGUE: Final[dict[str, Kind]] = _catalogue((*_READING, *_CHECKING))


def problem(code: str, file: str, line: int = 0, *, column: str = "", value: str = "", **facts: object) -> Problem:
    """Build a problem from the catalogue.

    The message is the entry's sentence with ``file``, ``line``, ``column``, ``value`` and ``facts`` filled
    in, then the next step. Raises ``KeyError`` for a code that is not in the catalogue.
    """
    kind = CATALOGUE[code]
    where = {"file": file, "line": line, "column": column, "value": shortened(value), **facts}
    message = f"{kind.sentence.format(**where)} {kind.next_step.format(**where)}"
    return Problem(code, file, line, message, column, value)


def shortened(value: str) -> str:
    """A cell or line as far as it is shown in a message."""
    return value if len(value) <= 80 else value[:77] + "…"
