"""The two services of the disabled persons' federation, under snake-case keys and yet other codes."""

from __future__ import annotations

from bridges.training.codes import (
    BANK_CLEARING,
    DISABILITY_GRADE,
    DISABILITY_KIND,
    ETHNICITY_WORDS,
    MARRIAGE_WORDS,
    REGION_TREE,
    RELATION_COARSE,
    SEX_LETTERS,
)
from bridges.training.sheet import Field, Form, Paper

_REGIONS = tuple(line for lines in REGION_TREE.values() for line in lines)
_DATE = "%Y/%m/%d"
_SUBSIDIES = (("living", "困难残疾人生活补贴"), ("nursing", "重度残疾人护理补贴"))
_CARE = (("home", "居家护理"), ("institution", "机构托养"), ("day", "日间照料"))
_REASON = (("expired", "有效期满"), ("damaged", "证件破损"), ("lost", "证件遗失"), ("changed", "类别等级变更"))

_PERSON = (
    Field("person_name", "残疾人姓名", limit=40),
    Field("id_card", "身份证号", limit=18, check="id"),
    Field("sex", "性别", "radio", options=SEX_LETTERS),
    Field("nation", "民族", "remote", options=ETHNICITY_WORDS, source="nation"),
    Field("birth_date", "出生日期", "date", date=_DATE),
    Field("marriage", "婚姻状况", "select", options=MARRIAGE_WORDS),
    Field("region", "所在地区", "cascade", options=_REGIONS, source="region"),
    Field("phone", "本人联系电话", limit=13, check="phone"),
    Field("address", "户籍详细地址", limit=80, wide=True),
    Field("live_address", "现居住地址", limit=80, wide=True),
)
_DISABILITY = (
    Field("certificate_no", "残疾人证号", limit=22, check="certificate", part=1),
    Field("issue_date", "发证日期", "date", date=_DATE, part=1),
    Field("category", "残疾类别", "select", options=DISABILITY_KIND, part=1),
    Field("grade", "残疾等级", "radio", options=DISABILITY_GRADE, part=1),
)
_GUARDIAN = (
    Field("guardian_name", "监护人姓名", required=False, limit=40, part=1),
    Field("guardian_phone", "监护人联系电话", required=False, limit=13, check="phone", part=1),
)
_REMARK = Field("remark", "备注", "area", required=False, limit=200, part=2, wide=True)

SUBSIDY = Form(
    item="canlian.subsidy",
    path="subsidy",
    title="残疾人两项补贴申请",
    name_field="person_name",
    id_field="id_card",
    parts=("基本信息", "残疾信息与补贴", "银行账户与材料"),
    fields=(
        *_PERSON,
        *_DISABILITY,
        Field("subsidies", "申请补贴", "checks", options=_SUBSIDIES, part=1, wide=True),
        Field("low_income", "低保家庭", "radio", options=(("yes", "是"), ("no", "否")), part=1),
        Field("care_mode", "护理方式", "select", required=False, options=_CARE, part=1),
        *_GUARDIAN,
        Field("bank", "开户行", "remote", options=BANK_CLEARING, source="bank", part=2),
        Field("bank_account", "银行账号", limit=21, check="account", part=2),
        _REMARK,
    ),
    papers=(Paper("id_card", "身份证"), Paper("hukou_booklet", "户口簿"), Paper("disability_certificate", "残疾人证")),
)

CERTIFICATE_RENEWAL = Form(
    item="canlian.certificate_renewal",
    path="renewal",
    title="残疾人证换领申请",
    name_field="person_name",
    id_field="id_card",
    parts=("基本信息", "证件信息", "说明与材料"),
    fields=(
        *_PERSON,
        *_DISABILITY,
        Field("expiry_date", "有效期至", "date", required=False, date=_DATE, part=1),
        Field("reason", "换证原因", "select", options=_REASON, part=1),
        *_GUARDIAN,
        Field("guardian_relation", "监护人与本人关系", "select", required=False, options=RELATION_COARSE, part=1),
        _REMARK,
    ),
    papers=(
        Paper("id_card", "身份证"),
        Paper("hukou_booklet", "户口簿"),
        Paper("disability_certificate", "原残疾人证"),
        Paper("photo", "近期照片"),
        Paper("disability_assessment", "残疾评定表", required=False),
    ),
)

FORMS = (SUBSIDY, CERTIFICATE_RENEWAL)
