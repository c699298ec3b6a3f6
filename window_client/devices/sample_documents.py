"""Draws the papers of the sample residents as a scanner would have seen them (演示数据).

The demo, the training mode and the tests need something to scan. Laws: the same resident and kind give the same bytes;
every paper says in large letters that it is a sample; none copies the design, the emblem or the numbering of a real
document; nothing but invented data is drawn. A4 at 300 dpi, slightly turned, on paper that is not quite white.
"""

import io
import math
import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, cast

from PIL import Image, ImageChops, ImageDraw, ImageFont

import resources
from window_client.devices.sample_residents import SampleResident

A4: Final = (2480, 3508)
_DPI: Final = 300
_INK = (38, 42, 48)
_FAINT = (120, 126, 132)
_RED = (196, 43, 43)
_SEX: Final[Mapping[str, str]] = {"1": "男", "2": "女"}
_PEOPLES: Final[Mapping[str, str]] = {"01": "汉", "03": "回", "05": "维吾尔", "11": "满"}
_CATEGORY: Final = ("", "视力残疾", "听力残疾", "言语残疾", "肢体残疾", "智力残疾", "精神残疾", "多重残疾")
_GRADE: Final = ("", "一级", "二级", "三级", "四级")
_RELATION: Final[Mapping[str, str]] = {"02": "户主", "10": "配偶", "20": "子", "30": "女"}
_BANK: Final[Mapping[str, str]] = {
    "101": "示例城市银行",
    "102": "示例农商银行",
    "103": "示例邮储银行",
    "104": "示例民生合作银行",
}
# Titles of the papers that have no drawing of their own; the kinds are those of resources/catalogue/_materials.yaml.
_PLAIN_PAPERS: Final[Mapping[str, str]] = {
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


def kinds() -> tuple[str, ...]:
    """Every material kind that can be drawn."""
    return (*_DRAWN, *_PLAIN_PAPERS)


def sample_document(resident: SampleResident, kind: str) -> bytes:
    """The resident's paper of this kind as one scanned A4 page, JPEG. KeyError for a kind nobody can draw."""
    chance = random.Random(f"{resident.id}:{kind}")  # noqa: S311  the same paper every time, not a secret
    page = _paper().copy()
    if kind in _DRAWN:
        sheets = _DRAWN[kind](resident)
    else:
        sheets = (_plain_paper(resident, _PLAIN_PAPERS[kind]),)
    room = A4[1] / (len(sheets) + (1 if len(sheets) > 1 or sheets[0].height < 2000 else 0))
    top = max(140.0, (A4[1] - sum(sheet.height for sheet in sheets) - 220 * (len(sheets) - 1)) / 2.6)
    for sheet in sheets:
        _lay(page, sheet, round(top), chance)
        top += sheet.height + min(220.0, room)
    _mark(page)
    paper = io.BytesIO()
    page.save(paper, "JPEG", quality=82, dpi=(_DPI, _DPI))
    return paper.getvalue()


def portrait(resident: SampleResident) -> bytes:
    """A drawn head, never a photograph of anybody: 358 by 441 pixels, JPEG."""
    paper = io.BytesIO()
    _head(resident, (358, 441)).save(paper, "JPEG", quality=88)
    return paper.getvalue()


@cache
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    regular, _medium, heavy, *_ = resources.font_files()
    return ImageFont.truetype(str(heavy if bold else regular), size)


@cache
def _paper() -> Image.Image:
    """Not quite white, a little grain, a shadow along one side: made once, copied for every page."""
    grain = Image.effect_noise((512, 512), 9)
    sheet = Image.new("L", A4)
    for x in range(0, A4[0], 512):
        for y in range(0, A4[1], 512):
            sheet.paste(grain, (x, y))
    shade = Image.linear_gradient("L").resize(A4).point(lambda level: 236 + level // 20)
    grey = ImageChops.multiply(shade, sheet.point(lambda level: min(255, 240 + (level - 128) // 5 + 8)))
    return Image.merge(
        "RGB", (grey, grey.point(lambda level: max(0, level - 1)), grey.point(lambda level: max(0, level - 6)))
    )


def _lay(page: Image.Image, sheet: Image.Image, top: int, chance: random.Random) -> None:
    """Put a card or booklet on the page, turned by up to a degree, with a soft shadow below it."""
    angle = chance.uniform(-0.9, 0.9)
    turned = sheet.rotate(angle, Image.Resampling.BILINEAR, expand=True)
    left = (A4[0] - turned.width) // 2 + chance.randint(-40, 40)
    slant = (
        round(math.sin(math.radians(abs(angle))) * sheet.height),
        round(math.sin(math.radians(abs(angle))) * sheet.width),
    )
    right, bottom = left + turned.width, top + turned.height
    if angle > 0:  # counter-clockwise: the upper left corner sinks
        corners = (
            (left, top + slant[1]),
            (right - slant[0], top),
            (right, bottom - slant[1]),
            (left + slant[0], bottom),
        )
    else:
        corners = (
            (left + slant[0], top),
            (right, top + slant[1]),
            (right - slant[0], bottom),
            (left, bottom - slant[1]),
        )
    draw = ImageDraw.Draw(page)
    for away, grey in ((16, 216), (12, 202), (8, 188)):
        draw.polygon([(x + away - 2, y + away) for x, y in corners], (grey, grey - 1, grey - 5))
    page.paste(turned, (left, top), turned)


def _mark(page: Image.Image) -> None:
    """演示数据 SAMPLE across the page, large and light: no crop of a document is without it."""
    stripe = _stripe()
    for top in (640, 1700, 2760):
        page.paste(_RED, ((A4[0] - stripe.width) // 2, top - stripe.height // 2), stripe)
    draw = ImageDraw.Draw(page)
    draw.text((A4[0] // 2, A4[1] - 70), "演示数据，非真实证件 · SAMPLE, NOT A REAL DOCUMENT", _RED, _font(44), "mm")


@cache
def _stripe() -> Image.Image:
    band = Image.new("L", (1560, 220), 0)
    ImageDraw.Draw(band).text((780, 110), "演示数据 SAMPLE", 50, _font(160, bold=True), "mm")
    turned = band.rotate(17, Image.Resampling.BILINEAR, expand=True)
    return turned.crop(turned.getbbox())


def _sheet(
    size: tuple[int, int], colour: tuple[int, int, int], radius: int = 44
) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(sheet)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, (*colour, 255), (*_FAINT, 255), 3)
    return sheet, draw


def _waves(draw: ImageDraw.ImageDraw, size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    """A quiet background of arcs, our own, so that the card does not look like a form."""
    for step in range(0, size[0] + size[1], 54):
        draw.arc((step - size[1], -size[1] // 2, step + 260, size[1] * 3 // 2), 300, 60, colour, 3)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 44, None, _FAINT, 4)


def _field(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], label: str, value: str, size: int = 46, gap: int = 0
) -> None:
    draw.text(at, label, (74, 106, 148), _font(round(size * 0.82)), "ls")
    start = at[0] + (gap or round(len(label) * size * 0.82 + 30))
    draw.text((start, at[1]), value, _INK, _font(size), "ls")


def _head(resident: SampleResident, size: tuple[int, int]) -> Image.Image:
    """A head and shoulders from four shapes; hair by age and sex."""
    chance = random.Random(resident.id)  # noqa: S311
    width, height = size
    picture = Image.new("RGB", (width * 2, height * 2), (226, 234, 241))
    draw = ImageDraw.Draw(picture)
    age = 2026 - int(resident.card["person.birth_date"][:4])
    woman = resident.card["person.sex"] == "2"
    hair = (188, 190, 193) if age > 68 else (92, 88, 86) if age > 50 else (46, 41, 40)
    middle, w, h = width, width * 2, height * 2
    if woman:
        draw.ellipse((middle - w * 0.27, h * 0.13, middle + w * 0.27, h * 0.68), hair)
    coat = chance.choice(((74, 96, 122), (104, 84, 96), (84, 104, 92), (66, 74, 88)))
    draw.ellipse((middle - w * 0.42, h * 0.72, middle + w * 0.42, h * 1.35), coat)
    skin = (236, 205, 180)
    draw.rectangle((middle - w * 0.08, h * 0.55, middle + w * 0.08, h * 0.76), (224, 190, 164))
    draw.ellipse((middle - w * 0.2, h * 0.2, middle + w * 0.2, h * 0.65), skin)
    draw.chord((middle - w * 0.22, h * 0.13, middle + w * 0.22, h * 0.52), 190, 350, hair)
    for side in (-1, 1):
        eye = middle + side * w * 0.075
        draw.ellipse((eye - 9, h * 0.42, eye + 9, h * 0.42 + 14), (50, 44, 42))
        draw.line((eye - 22, h * 0.395, eye + 22, h * 0.395), hair, 7)
    draw.arc((middle - w * 0.07, h * 0.48, middle + w * 0.07, h * 0.56), 30, 150, (168, 96, 88), 7)
    return picture.resize(size, Image.Resampling.LANCZOS)


def _id_card(resident: SampleResident) -> tuple[Image.Image, ...]:
    """Both sides, 85.6 by 54 mm at 1.25 size, in our own layout."""
    return _id_card_front(resident), _id_card_back(resident)


_CARD: Final = (1264, 797)


def _id_card_front(resident: SampleResident) -> Image.Image:
    sheet, draw = _sheet(_CARD, (240, 246, 248))
    _waves(draw, _CARD, (222, 234, 240))
    draw.rounded_rectangle((0, 0, _CARD[0] - 1, 92), 44, (206, 224, 234), corners=(True, True, False, False))
    draw.text((48, 46), "演示身份卡", (56, 92, 130), _font(44, bold=True), "lm")
    draw.text((_CARD[0] - 48, 46), "SAMPLE ID", _FAINT, _font(34), "rm")
    card = resident.card
    born = card["person.birth_date"].split("-")
    _field(draw, (62, 186), "姓名", card["person.name"], 58)
    _field(draw, (62, 282), "性别", _SEX[card["person.sex"]])
    _field(draw, (300, 282), "民族", _PEOPLES[card["person.ethnicity"]])
    _field(draw, (62, 374), "出生", f"{born[0]} 年 {int(born[1])} 月 {int(born[2])} 日")
    address = card["person.address"]
    _field(draw, (62, 466), "住址", address[:14])
    if len(address) > 14:
        draw.text((168, 530), address[14:28], _INK, _font(46), "ls")
    if len(address) > 28:
        draw.text((168, 594), address[28:42], _INK, _font(46), "ls")
    _field(draw, (62, 712), "公民身份号码", card["person.id_number"], 58, 320)
    sheet.paste(_head(resident, (318, 392)), (890, 150))
    return sheet


def _id_card_back(resident: SampleResident) -> Image.Image:
    sheet, draw = _sheet(_CARD, (244, 243, 236))
    _waves(draw, _CARD, (232, 232, 220))
    draw.regular_polygon((190, 210, 96), 8, 22, (222, 208, 176), (176, 150, 96))
    draw.text((190, 210), "演示", (150, 112, 48), _font(62, bold=True), "mm")
    draw.text((360, 168), "示例居民身份卡", _INK, _font(66, bold=True), "lm")
    draw.text((360, 258), "SAMPLE RESIDENT CARD · 仅供培训", _FAINT, _font(38), "lm")
    number = resident.card["person.id_number"]
    since = f"{2006 + int(number[-2:-1])}.05.10"
    until = resident.card["person.id_valid_until"].replace("-", ".")
    _field(draw, (200, 560), "签发机关", resident.issuer, 50)
    _field(draw, (200, 672), "有效期限", f"{since} – {until}", 50)
    return sheet


def _hukou_booklet(resident: SampleResident) -> tuple[Image.Image, ...]:
    size = (1860, 2500)
    sheet, draw = _sheet(size, (250, 247, 238), 18)
    draw.text((930, 150), "常住人口登记页（演示）", (126, 60, 52), _font(76, bold=True), "mm")
    draw.text((930, 236), "HOUSEHOLD REGISTER PAGE · SAMPLE", _FAINT, _font(38), "mm")
    card, answers = resident.card, resident.answers
    rows = (
        ("姓名", card["person.name"], "与户主关系", _RELATION.get(answers.get("household.relation", ""), "户主")),
        ("户号", answers.get("household.number", ""), "户主姓名", answers.get("household.head", "")),
        ("性别", _SEX[card["person.sex"]], "民族", _PEOPLES[card["person.ethnicity"]]),
        ("出生日期", card["person.birth_date"], "籍贯", "示例省示例市"),
        ("公民身份号码", card["person.id_number"], "", ""),
        ("户籍地址", card["person.address"], "", ""),
        ("文化程度", "初中", "婚姻状况", "见登记"),
        ("何时迁来本址", "2001-09-12", "登记机关", resident.issuer),
    )
    for number, (label, value, other, more) in enumerate(rows):
        top = 330 + number * 232
        draw.rectangle((110, top, 1750, top + 232), None, (150, 120, 110), 4)
        _cell(draw, (110, top), label, value, 1640 if not other else 820)
        if other:
            draw.line((930, top, 930, top + 232), (150, 120, 110), 4)
            _cell(draw, (930, top), other, more, 820)
    _seal(sheet, (1480, 2262), "示例派出所", "户口专用章·演示")
    draw.text((130, 2330), "承办人签章：示例员    登记日期：2019 年 3 月 1 日", _INK, _font(46), "ls")
    return (sheet,)


def _cell(draw: ImageDraw.ImageDraw, at: tuple[int, int], label: str, value: str, width: int) -> None:
    draw.text((at[0] + 28, at[1] + 60), label, (126, 60, 52), _font(40), "ls")
    size = min(64, (width - 60) // max(1, len(value)))
    size = max(size, 44) if not value.isascii() else 60
    draw.text((at[0] + 40, at[1] + 176), value, _INK, _font(size), "ls")


def _disability_certificate(resident: SampleResident) -> tuple[Image.Image, ...]:
    size = (1900, 1320)
    sheet, draw = _sheet(size, (238, 246, 240), 30)
    _waves(draw, size, (224, 238, 228))
    draw.rounded_rectangle((0, 0, size[0] - 1, 170), 30, (60, 122, 92), corners=(True, True, False, False))
    draw.text((950, 88), "残疾人证（演示样张）", (255, 255, 255), _font(84, bold=True), "mm")
    answers, card = resident.answers, resident.card
    category = int(answers.get("disability.category", "0"))
    grade = int(answers.get("disability.grade", "0"))
    lines = (
        ("姓　　名", card["person.name"]),
        ("性　　别", f"{_SEX[card['person.sex']]}　　出生日期　{card['person.birth_date']}"),
        ("残疾类别", f"{_CATEGORY[category]}　　残疾等级　{_GRADE[grade]}"),
        ("证　　号", answers.get("disability.certificate_number", "")),
        ("监 护 人", answers.get("guardian.name", "")),
        ("联系电话", answers.get("guardian.phone", "")),
        ("有效期至", answers.get("disability.valid_until", "")),
    )
    for number, (label, value) in enumerate(lines):
        _field(draw, (90, 300 + number * 132), label, value, 58, 270)
    sheet.paste(_head(resident, (400, 492)), (1410, 240))
    _seal(sheet, (1560, 1010), "示例市残联", "批准章·演示")
    draw.text(
        (90, 1250),
        "示例市残疾人联合会（虚构）  批准日期 " + answers.get("disability.issued_on", ""),
        _INK,
        _font(44),
        "ls",
    )
    return (sheet,)


def _bank_card(resident: SampleResident) -> tuple[Image.Image, ...]:
    sheet, draw = _sheet(_CARD, (58, 92, 134))
    for step in range(6):
        draw.ellipse((720 + step * 60, -300 + step * 50, 1500 + step * 60, 480 + step * 50), None, (78, 114, 158), 6)
    draw.text(
        (70, 96),
        _BANK.get(resident.answers.get("bank.name", ""), "示例银行"),
        (255, 255, 255),
        _font(64, bold=True),
        "lm",
    )
    draw.text((70, 170), "SAMPLE BANK · 演示卡", (206, 220, 236), _font(36), "lm")
    draw.rounded_rectangle((70, 270, 240, 400), 24, (214, 190, 128))
    account = resident.answers.get("bank.account", "")
    grouped = " ".join(account[start : start + 4] for start in range(0, len(account), 4))
    draw.text((70, 530), grouped, (255, 255, 255), _font(70), "lm")
    draw.text((70, 690), f"持卡人　{resident.name}", (236, 242, 248), _font(50), "lm")
    return (sheet,)


def _photo(resident: SampleResident) -> tuple[Image.Image, ...]:
    picture = _head(resident, (826, 1040)).convert("RGBA")
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


def _plain_paper(resident: SampleResident, title: str) -> Image.Image:
    """A letter with a title, the person and a few lines: enough to look at, to file and to tell apart."""
    sheet, draw = _sheet((2080, 2860), (253, 252, 249), 6)
    draw.text((1040, 300), title, _INK, _font(112, bold=True), "mm")
    draw.text((1040, 410), "演示样张 SAMPLE", _FAINT, _font(46), "mm")
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
    for number, line in enumerate(lines):
        draw.text((190, 620 + number * 132), line, _INK, _font(60), "ls")
    _seal(sheet, (1560, 2360), "示例单位", "专用章·演示")
    draw.text((1320, 2620), "2026 年 10 月 8 日", _INK, _font(56), "ls")
    return sheet


def _seal(sheet: Image.Image, middle: tuple[int, int], name: str, words: str) -> None:
    """A round stamp of our own: two rings, no star."""
    stamp = Image.new("L", (420, 420), 0)
    draw = ImageDraw.Draw(stamp)
    draw.ellipse((8, 8, 412, 412), None, 190, 10)
    draw.ellipse((34, 34, 386, 386), None, 150, 3)
    draw.text((210, 178), name, 190, _font(54, bold=True), "mm")
    draw.text((210, 258), words, 190, _font(38), "mm")
    turned = stamp.rotate(8, Image.Resampling.BILINEAR)
    sheet.paste((*_RED, 255), (middle[0] - 210, middle[1] - 210), turned)


_DRAWN: Final = cast(
    "Mapping[str, Callable[[SampleResident], tuple[Image.Image, ...]]]",
    {
        "id_card": _id_card,
        "hukou_booklet": _hukou_booklet,
        "disability_certificate": _disability_certificate,
        "bank_card": _bank_card,
        "photo": _photo,
        "agent_id_card": _agent_id_card,
    },
)
