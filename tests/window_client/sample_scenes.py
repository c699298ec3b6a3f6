"""One scene of every kind, in both languages, with the longest words that really occur."""

from __future__ import annotations

import io

import qrcode

from window_client.counter import scenes as s


def symbol() -> bytes:
    drawn = io.BytesIO()
    qrcode.make("HTTPS://VERIFY.ONEWINDOW.INVALID/V#" + "0123456789" * 60).save(drawn)
    return drawn.getvalue()


def scenes(language: str) -> dict[str, s.Scene]:
    return _zh() if language == "zh" else _en()


def _zh() -> dict[str, s.Scene]:
    items = (
        s.ItemLine("敬老卡申领", "民政局", "5 个工作日"),
        s.ItemLine("困难残疾人生活补贴和重度残疾人护理补贴", "残疾人联合会", "20 个工作日"),
        s.ItemLine("居住证首次申办", "公安局", "10 个工作日"),
    )
    lines = (
        _line("person.name", "申请人", "姓名", "示例·买买提江"),
        _line("person.id_number", "申请人", "公民身份号码", "990***********0011"),
        _line("person.sex", "申请人", "性别", "男"),
        _line("person.ethnicity", "申请人", "民族", "汉族"),
        _line("person.birth_date", "申请人", "出生日期", "1950-01-01"),
        _line(
            "person.address",
            "申请人",
            "户籍地址",
            "示例省示例市幸福区幸福路街道第一居民委员会示例路 100 弄 20 号 1801 室",
        ),
        _line("contact.phone", "联系方式", "联系电话", "199****0001"),
        _line("contact.address", "联系方式", "现居住地址", "示例路 100 弄 20 号 1801 室", disputed=True),
        _line("disability.category", "残疾信息", "残疾类别", "肢体残疾"),
        _line("disability.grade", "残疾信息", "残疾等级", "二级"),
        _line("subsidy.kind", "补贴信息", "申请补贴种类", "困难残疾人生活补贴、重度残疾人护理补贴"),
        _line("bank.account", "发放账户", "银行账号", "***************0019"),
    )
    waits = (
        s.WaitLine("民政局", "敬老卡申领", "done", "MZ202611210007"),
        s.WaitLine("残疾人联合会", "困难残疾人生活补贴和重度残疾人护理补贴", "working"),
        s.WaitLine("公安局", "居住证首次申办", "unsure"),
    )
    ended = tuple(s.WaitLine(one.department, one.item, "done", f"99010020261121{n:04}") for n, one in enumerate(waits))
    return {
        "welcome": s.Welcome(
            "示例市幸福区示例街道社区事务受理服务中心（演示数据）",
            "03",
            ("11 月 24 日（周二）全天正常受理，午间不休息。", "敬老卡申领不再需要提供近期免冠照片。"),
        ),
        "checklist": s.Checklist(
            "示*国",
            items,
            (
                s.MaterialLine("居民身份证", "kept"),
                s.MaterialLine("居民户口簿", "ask"),
                s.MaterialLine("残疾人证", "needed"),
                s.MaterialLine("近期免冠白底照片", "lent"),
            ),
        ),
        "consent": s.Consent(
            "示*国",
            (
                s.ConsentLine("d1", "居民身份证", "", "2036-01-01", (items[1].name, items[2].name)),
                s.ConsentLine("d2", "居民户口簿", "2026-03-02", "", (items[0].name, items[2].name)),
            ),
            "2026-11-22",
        ),
        "review": s.Review("示*国", items, lines),
        "review_right": s.Review("示*国", items, tuple(_line(a.element, a.group, a.label, a.value) for a in lines)),
        "sign": s.Sign("示*国", items, "9f31c2a07be4d510"),
        "wait": s.Wait("示*国", waits),
        "thanks": s.Thanks("示*国", ended, "V20261121-03-0001-R1", symbol()),
        "thanks_partly": s.Thanks("示*国", waits, "", b""),
        "rate": s.Rate("03", "0317"),
        "blank": s.Blank(),
    }


def _en() -> dict[str, s.Scene]:
    items = (
        s.ItemLine("Senior citizen card", "Civil Affairs Bureau", "5 working days"),
        s.ItemLine("Living and nursing subsidies for persons with disabilities", "Disabled Persons' Federation"),
        s.ItemLine("First residence permit", "Public Security Bureau", "10 working days"),
    )
    lines = (
        _line("person.name", "Applicant", "Name", "示例·买买提江"),
        _line("person.id_number", "Applicant", "ID number", "990***********0011"),
        _line(
            "person.address",
            "Applicant",
            "Registered address",
            "示例省示例市幸福区幸福路街道示例路 100 弄 20 号 1801 室",
        ),
        _line("contact.phone", "Contact", "Phone", "199****0001"),
        _line(
            "disability.number", "Disability", "Disability certificate number", "****************1142", disputed=True
        ),
        _line(
            "subsidy.kind", "Subsidy", "Subsidies applied for", "Living subsidy for persons in need、Nursing subsidy"
        ),
        _line("bank.account", "Bank account", "Account number", "***************0019"),
    )
    waits = (
        s.WaitLine("Civil Affairs Bureau", items[0].name, "done", "MZ202611210007"),
        s.WaitLine("Disabled Persons' Federation", items[1].name, "refused"),
        s.WaitLine("Public Security Bureau", items[2].name, "not_sent"),
    )
    ended = tuple(s.WaitLine(one.department, one.item, "done", f"99010020261121{n:04}") for n, one in enumerate(waits))
    return {
        "welcome": s.Welcome(
            "Demo Street Community Service Centre (SAMPLE)", "03", ("Open all day on Tuesday, 24 November.",)
        ),
        "checklist": s.Checklist(
            "示*国",
            items,
            (
                s.MaterialLine("Resident ID card", "kept"),
                s.MaterialLine("Household register booklet", "ask"),
                s.MaterialLine("Disability certificate", "needed"),
                s.MaterialLine("Recent portrait photo", "lent"),
            ),
        ),
        "consent": s.Consent(
            "示*国",
            (
                s.ConsentLine("d1", "Resident ID card", "", "2036-01-01", (items[1].name, items[2].name)),
                s.ConsentLine("d2", "Household register booklet", "2026-03-02", "", (items[0].name,)),
            ),
            "2026-11-22",
        ),
        "review": s.Review("示*国", items, lines),
        "sign": s.Sign("示*国", items, "9f31c2a07be4d510"),
        "wait": s.Wait("示*国", waits),
        "thanks": s.Thanks("示*国", ended, "V20261121-03-0001-R1", symbol()),
        "rate": s.Rate("03", "0317"),
        "blank": s.Blank(),
    }


def _line(element: str, group: str, label: str, value: str, *, disputed: bool = False) -> s.ReviewLine:
    return s.ReviewLine(element, group, label, value, disputed)
