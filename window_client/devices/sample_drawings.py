"""The papers of the sample residents themselves, each a function from a resident to its sheets (演示数据).

Stylised on purpose: shapes, colours, stamps and numbering are our own, so that nothing here can pass for a document.
A new paper is a function and a line in DRAWN, or only a title in PLAIN_PAPERS.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from PIL import Image, ImageDraw
from ruamel.yaml import YAML

import resources
from window_client.devices.sample_brushes import FAINT, INK, card_of, font, head, line, stamp, waves
from window_client.devices.sample_residents import SampleResident

# Titles of the papers that have no drawing of their own; the kinds are those of resources/catalogue/_materials.yaml.
PLAIN_PAPERS: Final[Mapping[str, str]] = {
    "marriage_certificate": "婚姻登记证明",
    "birth_certificate": "出生证明",
    "residence_proof": "居住证明",
    "employment_proof": "就业证明",
    "unemployment_proof": "终止劳动关系证明",
    "social_card": "社会保障卡",
    "lease": "房屋租赁合同",
    "ownership_proof": "不动产权属证明",
    "income_proof": "收入证明",
    "disability_assessment": "残疾评定表",
    "application_form": "申请表",
    "mandate": "授权委托书",
}


@cache
def _labels(table: str) -> Mapping[str, str]:
    """The words of a code table (resources/catalogue/_codes), so that a paper says what the form says."""
    text = (resources.catalogue_dir() / "_codes" / f"{table}.yaml").read_text(encoding="utf-8")
    return {code["value"]: code["label"] for code in YAML(typ="safe").load(text)["codes"]}


def _label(resident: SampleResident, element: str, table: str) -> str:
    return _labels(table).get(resident.value(element), "")


def _id_card(resident: SampleResident) -> tuple[Image.Image, ...]:
    """Both sides, 85.6 by 54 mm at 1.25 size, in our own layout."""
    return _id_card_front(resident), _id_card_back(resident)


_CARD: Final = (1264, 797)


def _id_card_front(resident: SampleResident) -> Image.Image:
    sheet, draw = card_of(_CARD, (240, 246, 248))
    waves(draw, _CARD, (222, 234, 240))
    draw.rounded_rectangle((0, 0, _CARD[0] - 1, 92), 44, (206, 224, 234), corners=(True, True, False, False))
    draw.text((48, 46), "演示身份卡", (56, 92, 130), font(44, bold=True), "lm")
    draw.text((_CARD[0] - 48, 46), "SAMPLE ID", FAINT, font(34), "rm")
    card = resident.card
    born = card["person.birth_date"].split("-")
    line(draw, (62, 186), "姓名", card["person.name"], 58)
    line(draw, (62, 282), "性别", _label(resident, "person.sex", "gb2261-1"))
    line(draw, (300, 282), "民族", _label(resident, "person.ethnicity", "gb3304"))
    line(draw, (62, 374), "出生", f"{born[0]} 年 {int(born[1])} 月 {int(born[2])} 日")
    address = card["person.address"]
    line(draw, (62, 466), "住址", address[:14])
    if len(address) > 14:
        draw.text((168, 530), address[14:28], INK, font(46), "ls")
    if len(address) > 28:
        draw.text((168, 594), address[28:42], INK, font(46), "ls")
    line(draw, (62, 712), "公民身份号码", card["person.id_number"], 58, 320)
    sheet.paste(head(resident, (318, 392)), (890, 150))
    return sheet


def _id_card_back(resident: SampleResident) -> Image.Image:
    sheet, draw = card_of(_CARD, (244, 243, 236))
    waves(draw, _CARD, (232, 232, 220))
    draw.regular_polygon((190, 210, 96), 8, 22, (222, 208, 176), (176, 150, 96))
    draw.text((190, 210), "演示", (150, 112, 48), font(62, bold=True), "mm")
    draw.text((360, 168), "示例居民身份卡", INK, font(66, bold=True), "lm")
    draw.text((360, 258), "SAMPLE RESIDENT CARD · 仅供培训", FAINT, font(38), "lm")
    number = resident.card["person.id_number"]
    since = f"{2006 + int(number[-2:-1])}.05.10"
    until = resident.card["person.id_valid_until"].replace("-", ".")
    line(draw, (200, 560), "签发机关", resident.issuer, 50)
    line(draw, (200, 672), "有效期限", f"{since} – {until}", 50)
    return sheet


def _hukou_booklet(resident: SampleResident) -> tuple[Image.Image, ...]:
    size = (1860, 2500)
    sheet, draw = card_of(size, (250, 247, 238), 18)
    draw.text((930, 150), "常住人口登记页（演示）", (126, 60, 52), font(76, bold=True), "mm")
    draw.text((930, 236), "HOUSEHOLD REGISTER PAGE · SAMPLE", FAINT, font(38), "mm")
    card, answers = resident.card, resident.answers
    rows = (
        ("姓名", card["person.name"], "与户主关系", _label(resident, "household.relation", "gb4761")),
        ("户号", answers.get("household.number", ""), "户主姓名", answers.get("household.head", "")),
        ("性别", _label(resident, "person.sex", "gb2261-1"), "民族", _label(resident, "person.ethnicity", "gb3304")),
        ("出生日期", card["person.birth_date"], "籍贯", "示例省示例市"),
        ("公民身份号码", card["person.id_number"], "", ""),
        ("户籍地址", card["person.address"], "", ""),
        (
            "文化程度",
            _label(resident, "person.education", "education"),
            "婚姻状况",
            _label(resident, "person.marital", "gb2261-2"),
        ),
        ("何时迁来本址", "2001-09-12", "登记机关", resident.issuer),
    )
    for number, (label, value, other, more) in enumerate(rows):
        top = 330 + number * 232
        draw.rectangle((110, top, 1750, top + 232), None, (150, 120, 110), 4)
        _cell(draw, (110, top), label, value, 1640 if not other else 820)
        if other:
            draw.line((930, top, 930, top + 232), (150, 120, 110), 4)
            _cell(draw, (930, top), other, more, 820)
    stamp(sheet, (1480, 2262), "示例派出所", "户口专用章·演示")
    draw.text((130, 2330), "承办人签章：示例员    登记日期：2019 年 3 月 1 日", INK, font(46), "ls")
    return (sheet,)


def _cell(draw: ImageDraw.ImageDraw, at: tuple[int, int], label: str, value: str, width: int) -> None:
    draw.text((at[0] + 28, at[1] + 60), label, (126, 60, 52), font(40), "ls")
    size = min(64, (width - 60) // max(1, len(value)))
    size = max(size, 44) if not value.isascii() else 60
    draw.text((at[0] + 40, at[1] + 176), value, INK, font(size), "ls")


def _disability_certificate(resident: SampleResident) -> tuple[Image.Image, ...]:
    size = (1900, 1320)
    sheet, draw = card_of(size, (238, 246, 240), 30)
    waves(draw, size, (224, 238, 228))
    draw.rounded_rectangle((0, 0, size[0] - 1, 170), 30, (60, 122, 92), corners=(True, True, False, False))
    draw.text((950, 88), "残疾人证（演示样张）", (255, 255, 255), font(84, bold=True), "mm")
    answers, card = resident.answers, resident.card
    category = _label(resident, "disability.category", "disability_category")
    grade = _label(resident, "disability.grade", "disability_grade")
    lines = (
        ("姓　　名", card["person.name"]),
        ("性　　别", f"{_label(resident, 'person.sex', 'gb2261-1')}　　出生日期　{card['person.birth_date']}"),
        ("残疾类别", f"{category}　　残疾等级　{grade}"),
        ("证　　号", answers.get("disability.certificate_number", "")),
        ("监 护 人", answers.get("guardian.name", "")),
        ("联系电话", answers.get("guardian.phone", "")),
        ("有效期至", answers.get("disability.valid_until", "")),
    )
    for number, (label, value) in enumerate(lines):
        line(draw, (90, 300 + number * 132), label, value, 58, 270)
    sheet.paste(head(resident, (400, 492)), (1410, 240))
    stamp(sheet, (1560, 1010), "示例市残联", "批准章·演示")
    draw.text(
        (90, 1250),
        "示例市残疾人联合会（虚构）  批准日期 " + answers.get("disability.issued_on", ""),
        INK,
        font(44),
        "ls",
    )
    return (sheet,)


def _bank_card(resident: SampleResident) -> tuple[Image.Image, ...]:
    sheet, draw = card_of(_CARD, (58, 92, 134))
    for step in range(6):
        draw.ellipse((720 + step * 60, -300 + step * 50, 1500 + step * 60, 480 + step * 50), None, (78, 114, 158), 6)
    draw.text(
        (70, 96),
        _label(resident, "bank.name", "bank"),
        (255, 255, 255),
        font(64, bold=True),
        "lm",
    )
    draw.text((70, 170), "SAMPLE BANK · 演示卡", (206, 220, 236), font(36), "lm")
    draw.rounded_rectangle((70, 270, 240, 400), 24, (214, 190, 128))
    account = resident.answers.get("bank.account", "")
    grouped = " ".join(account[start : start + 4] for start in range(0, len(account), 4))
    draw.text((70, 530), grouped, (255, 255, 255), font(70), "lm")
    draw.text((70, 690), f"持卡人　{resident.name}", (236, 242, 248), font(50), "lm")
    return (sheet,)


def _photo(resident: SampleResident) -> tuple[Image.Image, ...]:
    picture = head(resident, (826, 1040)).convert("RGBA")
    return (picture,)


def _agent_id_card(resident: SampleResident) -> tuple[Image.Image, ...]:
    answers = resident.answers
    number = answers.get("agent.id_number", "990101198001010019")
    agent = SampleResident(
        id=resident.id + "-agent",
        note="",
        note_en="",
        issuer=resident.issuer,
        documents=(),
        card={
            **resident.card,
            "person.name": answers.get("agent.name", "代办人"),
            "person.id_number": number,
            "person.birth_date": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            "person.sex": "1" if int(number[16]) % 2 else "2",
        },
        answers={},
    )
    return _id_card(agent)


def plain_paper(resident: SampleResident, title: str) -> Image.Image:
    """A letter with a title, the person and a few lines: enough to look at, to file and to tell apart."""
    sheet, draw = card_of((2080, 2860), (253, 252, 249), 6)
    draw.text((1040, 300), title, INK, font(112, bold=True), "mm")
    draw.text((1040, 410), "演示样张 SAMPLE", FAINT, font(46), "mm")
    card, answers = resident.card, resident.answers
    lines = [
        f"姓　　名：{card['person.name']}",
        f"身份号码：{card['person.id_number']}",
        f"户籍地址：{card['person.address']}",
        f"现 住 址：{answers.get('contact.address', '')}",
        f"单　　位：{answers.get('employer.name', '无')}",
        "",
        "　　兹证明上述人员所述情况属实，本页为培训与演示所用，",
        "不具有任何效力，所涉姓名、号码、地址和单位均为虚构。",
        "",
        f"　　事由：{title}",
        "　　经办：示例员　　复核：演示员",
    ]
    for number, words in enumerate(lines):
        draw.text((190, 620 + number * 132), words, INK, font(60), "ls")
    stamp(sheet, (1560, 2360), "示例单位", "专用章·演示")
    draw.text((1320, 2620), "2026 年 10 月 8 日", INK, font(56), "ls")
    return sheet


DRAWN: Final[Mapping[str, Callable[[SampleResident], tuple[Image.Image, ...]]]] = {
    "id_card": _id_card,
    "hukou_booklet": _hukou_booklet,
    "disability_certificate": _disability_certificate,
    "bank_card": _bank_card,
    "photo": _photo,
    "agent_id_card": _agent_id_card,
}
