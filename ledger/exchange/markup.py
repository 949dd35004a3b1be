"""What the XML of a workbook says of its sheets that the parser of their cells leaves out.

It is read in the process that `workbook` runs in, whose memory and time are bounded.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

# No entity harms more than this process, which is small and ends soon.
from xml.parsers import expat

from ledger.exchange import old_markup
from ledger.exchange.formats import BUILT_IN, Format, adding

_WORKBOOK = "xl/workbook.xml"
_CHUNK_BYTES = 1024**2
_OVERLAP_BYTES = 32
_TELLING = (b"hidden", b'"e"', b"'e'")
"""What stands in each sheet that has anything to tell, unless it is of cells with a format that adds to them."""
_UNREAD_IN_ODS = re.compile(
    rb"visibility=.(?:collapse|filter)|(?:rows|columns)-spanned=.(?:[2-9]|1[0-9])|value-type=.error|date-value=.1904-01-01"
    rb"|>(?:#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|Err:[0-9]+)<"
)
_OTHERWISE_READ = ("xl/workbook.bin",)
_TRUE = ("1", "true")
_NO_ERROR = "#ERROR!"
_ERROR = re.compile(r"#[A-Z0-9/_]{1,20}[!?]?")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Untold(Exception):
    """A workbook may hold what a person sees otherwise than we do."""


class SheetMarkup:
    """What a sheet's XML adds to its cells. Rows and columns are counted from 0."""

    def __init__(self) -> None:
        """Begin with nothing hidden and nothing added."""
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[range] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.formats: dict[tuple[int, int], Format] = {}


class Markup:
    """The XML of a workbook: for .xlsx sheet by sheet; raises Untold for other kinds with what only .xlsx tells."""

    def __init__(self, file: BinaryIO) -> None:
        """Read what all sheets share."""
        self.of_1904 = False
        self._archive: zipfile.ZipFile | None = None
        self._sheets: list[tuple[str, str]] = []
        self._formats: dict[int, Format] = {}
        if file.read(len(old_markup.START)) == old_markup.START:
            file.seek(0)
            if old_markup.holds_unread(file.read()):
                raise Untold
            return
        archive = zipfile.ZipFile(file)
        self._parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        if any(name in self._parts for name in _OTHERWISE_READ):
            raise Untold
        if _WORKBOOK in self._parts:
            self._archive = archive
            self._read_workbook()
        elif "content.xml" in self._parts:
            self._archive = archive
            if any(_UNREAD_IN_ODS.search(piece) for piece in self._pieces("content.xml")):
                raise Untold

    def sheet(self, name: str) -> SheetMarkup:
        """What the XML of the sheet of a name says."""
        found = SheetMarkup()
        part = next((part for called, part in self._sheets if called == name), None)
        if part is not None and (self._formats or self._tells(part)):
            self._parse(part, _Cells(found, self._formats).begins)
        return found

    def _tells(self, part: str) -> bool:
        # To look for bytes takes a tenth of the time of parsing them, and most sheets have nothing to tell.
        return any(scrap in piece for piece in self._pieces(part) for scrap in _TELLING)

    def _read_workbook(self) -> None:
        shared = _Shared()
        for part, take in (
            ("xl/_rels/workbook.xml.rels", shared.relation),
            (_WORKBOOK, shared.workbook),
            ("xl/styles.xml", shared.style),
        ):
            if part in self._parts:
                self._parse(part, take)
        self.of_1904 = shared.of_1904
        self._sheets = [(name, shared.parts[key]) for name, key in shared.sheets if key in shared.parts]
        formats = (
            (place, adding(shared.codes.get(number, ""))) for place, number in enumerate(shared.styles)
        )
        self._formats = {place: form for place, form in formats if form is not None}

    def _parse(
        self, part: str, begins: Callable[[str, Mapping[str, str]], Callable[[str], None] | None]
    ) -> None:
        """Tell of each element as it begins, by names without their space; what answers is told its text."""
        parser = expat.ParserCreate(namespace_separator=" ")
        texts: list[str] = []
        told: list[Callable[[str], None]] = []

        def start(tag: str, said: dict[str, str]) -> None:
            local = {name.rpartition(" ")[2]: value for name, value in said.items()}
            if (tell := begins(tag.rpartition(" ")[2], local)) is not None:
                texts.clear()
                told[:] = [tell]
                parser.CharacterDataHandler = texts.append
                parser.EndElementHandler = end

        def end(_: str) -> None:
            parser.CharacterDataHandler = parser.EndElementHandler = None
            told[0]("".join(texts))

        parser.StartElementHandler = start
        assert self._archive is not None
        with self._archive.open(self._parts[part]) as file:
            parser.ParseFile(file)

    def _pieces(self, part: str) -> Iterator[bytes]:
        assert self._archive is not None
        if part not in self._parts:
            return
        before = b""
        with self._archive.open(self._parts[part]) as file:
            while piece := file.read(_CHUNK_BYTES):
                yield before + piece
                before = piece[-_OVERLAP_BYTES:]


class _Shared:
    """What all sheets share: where they are, the day that days are counted from, and number formats."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.sheets: list[tuple[str, str]] = []
        self.of_1904 = False
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.styles: list[int] = []
        self._within = ""

    def relation(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "Relationship":
            part = posixpath.normpath(posixpath.join("/xl", said["Target"]))
            self.parts[said["Id"]] = part.lstrip("/").lower()

    def workbook(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            self.of_1904 = said.get("date1904") in _TRUE
        elif tag == "sheet":
            self.sheets.append((said["name"], said["id"]))

    def style(self, tag: str, said: Mapping[str, str]) -> None:
        if tag in ("cellXfs", "cellStyleXfs", "dxfs"):
            self._within = tag
        elif tag == "numFmt" and not self._within:
            self.codes[int(said["numFmtId"])] = said["formatCode"]
        elif tag == "xf" and self._within == "cellXfs":
            self.styles.append(int(said.get("numFmtId", "0")))


class _Cells:
    """Goes through a sheet's elements, and keeps what is to be told of each."""

    def __init__(self, found: SheetMarkup, formats: Mapping[int, Format]) -> None:
        self._found = found
        self._formats = formats
        self._row = self._column = -1
        self._error = False

    def begins(self, tag: str, said: Mapping[str, str]) -> Callable[[str], None] | None:
        match tag:
            case "c":
                self._cell(said)
            case "v" if self._error:
                return self._shown
            case "row":
                self._row = int(said["r"]) - 1 if "r" in said else self._row + 1
                self._column = -1
                if said.get("hidden") in _TRUE:
                    self._found.hidden_rows.add(self._row)
            case "col" if said.get("hidden") in _TRUE:
                self._found.hidden_columns.append(range(int(said["min"]) - 1, int(said["max"])))
            case _:
                pass
        return None

    def _cell(self, said: Mapping[str, str]) -> None:
        place = _REFERENCE.fullmatch(said.get("r", ""))
        if place is None:
            self._column += 1
        else:
            self._column = -1
            for letter in place[1]:
                self._column = (self._column + 1) * 26 + ord(letter) - ord("A")
        self._error = said.get("t") == "e"
        if self._error:
            self._found.errors[self._row, self._column] = _NO_ERROR
        elif (form := self._formats.get(int(said.get("s", "0")))) is not None:
            self._found.formats[self._row, self._column] = form

    def _shown(self, text: str) -> None:
        if _ERROR.fullmatch(text):
            self._found.errors[self._row, self._column] = text
