"""Small files that ask for much memory, as they hold the same thing over and over."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from itertools import chain, islice, repeat

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


SHEET_HEADER = f"<row>{text_cell('志愿者编号')}{text_cell('时长')}</row>"


def xlsx(*sheets: Iterable[str], shared: Iterable[str] = ()) -> bytes:
    """A workbook of sheets given as the XML of their rows, and of the shared texts that their cells point to."""
    names = [f"sheet{number}" for number in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="{name}"/>' for number, name in enumerate(names, 1)
    )
    parts = {
        "[Content_Types].xml": [f'<Types xmlns="{_PACKAGE}/content-types"/>'],
        "_rels/.rels": [_related({"book": ("officeDocument", "xl/workbook.xml")})],
        "xl/workbook.xml": [f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'],
        "xl/_rels/workbook.xml.rels": [
            _related({name: ("worksheet", f"worksheets/{name}.xml") for name in names})
        ],
        "xl/sharedStrings.xml": chain([f"<sst {_MAIN}>"], shared, ["</sst>"]),
    }
    for name, rows in zip(names, sheets, strict=True):
        parts[f"xl/worksheets/{name}.xml"] = chain(
            [f"<worksheet {_MAIN}><sheetData>{SHEET_HEADER}"], rows, ["</sheetData></worksheet>"]
        )
    return _packed(parts)


def _related(targets: Mapping[str, tuple[str, str]]) -> str:
    each = (
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _packed(parts: Mapping[str, Iterable[str]]) -> bytes:
    """The parts of an archive, each given in pieces, as all of it would fill the memory of whoever makes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w") as file:
                each = iter(pieces)
                # A hundred at a time: to write each by itself takes as long as to compress them.
                while some := "".join(islice(each, 100)):
                    file.write(some.encode())
    return packed.getvalue()


def ods(rows: str) -> bytes:
    """An open document of one sheet, given as the XML of its rows."""
    spaces = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text"))
    return _packed(
        {
            "mimetype": ["application/vnd.oasis.opendocument.spreadsheet"],
            "META-INF/manifest.xml": [f'<m:manifest xmlns:m="{_ODF}manifest:1.0"/>'],
            "content.xml": [
                f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{rows}"
                "</table:table></office:spreadsheet></office:body></office:document-content>"
            ],
        }
    )


def small_number_cells(rows: int, columns: int) -> bytes:
    return xlsx(repeat("<row>" + "<c><v>1</v></c>" * columns + "</row>", rows))


def one_long_cell(characters: int) -> bytes:
    before, after = text_cell("|").split("|")
    return xlsx(chain([f"<row>{before}"], repeat("x" * 1000, characters // 1000), [f"{after}</row>"]))


def one_text_in_every_cell(rows: int, columns: int, characters: int) -> bytes:
    row = "<row>" + '<c t="s"><v>0</v></c>' * columns + "</row>"
    return xlsx(repeat(row, rows), shared=[f"<si><t>{'x' * characters}</t></si>"])


def many_shared_texts(count: int) -> bytes:
    return xlsx([], shared=repeat(f"<si><t>{'x' * 200}</t></si>" * 1000, count // 1000))


def a_stray_cell(reference: str) -> bytes:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return xlsx([f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'])


def repeated_cells(rows: int, columns: int) -> bytes:
    cell = (
        '<table:table-cell table:number-columns-repeated="{}" office:value-type="string"><text:p>x</text:p>'
    )
    row = '<table:table-row table:number-rows-repeated="{}">'
    return ods(f"{row.format(rows)}{cell.format(columns)}</table:table-cell></table:table-row>")
