"""Lists of sites as workbooks: what county offices send, with the mishaps they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADS = ("单位名称", "统一社会信用代码", "类别", "县区", "地址", "联系人", "联系电话", "备注", "有食堂", "人数")
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: int) -> str:
    """A code with a right check digit."""
    body = f"91410800{number:09d}"
    total = sum(weight * _LETTERS.index(letter) for weight, letter in zip(_WEIGHTS, body, strict=True))
    return body + _LETTERS[-total % 31]


def fill(sheet: Worksheet, rows: Iterable[Sequence[Any]], *, at: int = 1, formulas: bool = True) -> None:
    """Write rows into a sheet, the first of them in row ``at``; texts that begin with = are formulas, or are not."""
    for row, values in enumerate(rows, at):
        for column, value in enumerate(values, 1):
            if value is not None:
                cell = sheet.cell(row, column, value)
                if isinstance(value, str) and not formulas:
                    cell.data_type = "s"


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(sheets: Mapping[str, Iterable[Sequence[Any]]], *, formulas: bool = True) -> bytes:
    """A workbook of plain tables, by the name of their sheet."""
    book = Workbook()
    for number, (title, rows) in enumerate(sheets.items()):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = title
        fill(sheet, rows, formulas=formulas)
    return saved(book)


def plain_list(*rows: Sequence[Any], heads: Sequence[str] = HEADS, formulas: bool = True) -> bytes:
    """A workbook with one table that begins in the first row."""
    return workbook({"名单": [heads, *rows]}, formulas=formulas)


_COUNTY_HEADS = (
    "序号",
    "县（市、区）",
    "企业名称*",
    "细胞类型",
    "社会信用代码",
    "联系人",
    None,
    "详细\n地址",
    "有食堂",
    "人数（人）",
    "是否上报",
)
_COUNTY_ROWS = [
    (
        1,
        "东区",
        "甲 市 机 关 局",
        "机关",
        " " + "９" + credit_code(1)[1:],
        "张　三",
        13839112345,
        "人民路１号",
        "是",
        "1,200人",
        "是",
    ),
    (2, None, "第二实验单位", "无废机关", 9.1410e17, "李四", "0391-7700002", None, "有", 30, "是"),
    (3, None, "第三实验单位", "office", "9.1410E+17", "王五", "'0391-7700003", None, "√", "三十", "是"),
    (4, None, "第四实验单位", "机关", "无", None, "\u202d13800000004\u202c", "-", "否", "", "是"),
    ("东区小计", None, 4),
    (5, "西", "第五实验单位", "机关单位", credit_code(5), "赵六", None, None, None, None, None),
    (6, "西区", "第一实验单位有限公司", "机关", None, None, "0391-7700006", None, None, None, None),
    (7, "西区", "第七实验单位", "机关", credit_code(7), "孙七", "0391-7700007", None, None, None, None),
    (8, "西区", "第七实验单位", "机关", credit_code(7), "孙七", "0391-7700008", None, None, None, None),
    (9, "西区", "第九实验单位", None, credit_code(9), None, None, None, None, None, None),
    (10, "西区", "第十实验单位", "机关", credit_code(9)[:-1] + "0", None, None, None, None, None, None),
]


def county_workbook() -> bytes:
    """What the office of the eastern district sent: several mishaps at once."""
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet["A1"] = "山城市2026年无废细胞培育单位名单"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "填报单位：东区生态环境局　　　填报日期：2026年3月"
    fill(sheet, [_COUNTY_HEADS, (None, None, None, None, None, "姓名", "手机号码")], at=3)
    sheet.merge_cells("F3:G3")
    for column in "ABCDEHIJK":
        sheet.merge_cells(f"{column}3:{column}4")
    fill(sheet, _COUNTY_ROWS, at=5)
    sheet.merge_cells("B5:B8")
    sheet["C12"].number_format = "@"
    book.create_sheet("填表说明")["A1"] = "请各县区于月底前报送。"
    fill(
        book.create_sheet("西区"),
        [("名称", "类型", "电话"), ("第十一实验单位", "机关", "=1/0"), ("第十二实验单位", "机关", 7700012)],
    )
    return saved(book)
