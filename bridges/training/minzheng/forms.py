"""The two services of the civil affairs platform, under camel-case names and codes of its own."""

from __future__ import annotations

from bridges.training.codes import (
    BANK_LETTERS,
    ETHNICITY_LETTERS,
    MARRIAGE,
    REGION_TWELVE,
    RELATION,
    SEX_WORDS,
    YES_NO,
)
from bridges.training.sheet import Field, Form, Paper

_AGREE = (("Y", "本人承诺以上信息真实有效"),)
_FETCH = (("ZQ", "窗口自取"), ("YJ", "邮寄到家"), ("SQ", "社区代领"))
_LIVING = (("A", "与子女同住"), ("B", "与配偶同住"), ("C", "独居"), ("D", "养老机构"))

SENIOR_CARD = Form(
    item="minzheng.senior_card",
    path="seniorCard",
    title="敬老卡申领",
    name_field="applicantName",
    id_field="certNo",
    fields=(
        Field("applicantName", "姓名", limit=50),
        Field("certNo", "证件号码", limit=18, check="id"),
        Field("gender", "性别", "radio", options=SEX_WORDS),
        Field("nation", "民族", "select", options=ETHNICITY_LETTERS),
        Field("birthday", "出生年月日", "date"),
        Field("maritalStatus", "婚姻状态", "select", required=False, options=MARRIAGE),
        Field("regionCode", "居住区划", "select", options=REGION_TWELVE),
        Field("mobile", "联系方式", limit=13, check="phone"),
        Field("householdAddr", "户口所在地", limit=100, wide=True),
        Field("liveAddr", "通讯地址", limit=100, wide=True),
        Field("zipCode", "邮编", required=False, limit=6),
        Field("livingState", "居住状况", "select", options=_LIVING),
        Field("retired", "离退休人员", "radio", options=YES_NO),
        Field("cardGet", "领卡方式", "radio", options=_FETCH, wide=True),
        Field("bankName", "开户银行", "select", options=BANK_LETTERS),
        Field("bankAccount", "银行卡号", limit=21, check="account"),
        Field("contactName", "紧急联系人", required=False, limit=50),
        Field("contactMobile", "紧急联系人电话", required=False, limit=13, check="phone"),
        Field("agentName", "代办人", required=False, limit=50),
        Field("agentMobile", "代办人手机", required=False, limit=13, check="phone"),
        Field("remark", "备注说明", "area", required=False, limit=300, wide=True),
        Field("agree", "申请承诺", "checks", options=_AGREE, wide=True),
    ),
    papers=(Paper("id_card", "身份证"), Paper("hukou_booklet", "户口簿"), Paper("photo", "近期照片", required=False)),
)

SENIOR_ALLOWANCE = Form(
    item="minzheng.senior_allowance",
    path="seniorAllowance",
    title="高龄津贴申领",
    name_field="elderName",
    id_field="elderCertNo",
    parts=("老人信息", "户籍与监护", "发放与材料"),
    fields=(
        Field("elderName", "老人姓名", limit=50),
        Field("elderCertNo", "老人身份证号", limit=18, check="id"),
        Field("elderGender", "老人性别", "radio", options=SEX_WORDS),
        Field("elderNation", "民族", "select", options=ETHNICITY_LETTERS),
        Field("elderBirthday", "出生日期", "date"),
        Field("marital", "婚姻情况", "select", required=False, options=MARRIAGE),
        Field("phone", "联系电话", limit=13, check="phone"),
        Field("livingState", "居住情况", "select", options=_LIVING),
        Field("retired", "是否离退休", "radio", options=YES_NO, wide=True),
        Field("householdNo", "户口簿编号", limit=12, part=1),
        Field("headRelation", "与户主关系", "select", required=False, options=RELATION, part=1),
        Field("householdAddr", "户籍地址", limit=100, part=1, wide=True),
        Field("regionCode", "所属区划", "select", options=REGION_TWELVE, part=1, wide=True),
        Field("liveAddr", "常住地址", limit=100, part=1, wide=True),
        Field("guardianName", "监护人姓名", required=False, limit=50, part=1),
        Field("guardianPhone", "监护人电话", required=False, limit=13, check="phone", part=1),
        Field("payBank", "发放银行", "select", options=BANK_LETTERS, part=2),
        Field("payAccount", "发放账号", limit=21, check="account", part=2),
        Field("agentName", "代办人姓名", required=False, limit=50, part=2),
        Field("agentPhone", "代办人电话", required=False, limit=13, check="phone", part=2),
        Field("remark", "备注", "area", required=False, limit=300, part=2, wide=True),
        Field("agree", "申请承诺", "checks", options=_AGREE, part=2, wide=True),
    ),
    papers=(Paper("id_card", "身份证"), Paper("hukou_booklet", "户口簿"), Paper("bank_card", "银行卡")),
)

FORMS = (SENIOR_CARD, SENIOR_ALLOWANCE)
