"""The two services of the police system, under the pinyin abbreviations such systems name their boxes with."""

from __future__ import annotations

from bridges.training.codes import (
    EDUCATION,
    ETHNICITY_DIGITS,
    MARRIAGE,
    MARRIAGE_FINE,
    OCCUPATION,
    REGION_SIX,
    RELATION,
    SEX_DIGITS,
)
from bridges.training.sheet import Field, Form, Paper

_REASON = (("01", "内页用完"), ("02", "破损"), ("03", "遗失"), ("04", "变更更正"), ("09", "换发新版"))
_STAY = (("01", "稳定就业"), ("02", "稳定住所"), ("03", "连续就读"))
_DWELLING = (("10", "自有"), ("20", "租赁"), ("30", "单位宿舍"), ("31", "学校宿舍"), ("90", "投靠亲友"))

HUKOU_BOOK = Form(
    item="gongan.hukou_book",
    path="hkbhl",
    title="居民户口簿换领",
    name_field="xm",
    id_field="gmsfhm",
    fields=(
        Field("xm", "申请人姓名", limit=30),
        Field("gmsfhm", "公民身份号码", limit=18, check="id"),
        Field("xb", "性别", "radio", options=SEX_DIGITS),
        Field("mz", "民族", "select", options=ETHNICITY_DIGITS),
        Field("csrq", "出生日期", "date"),
        Field("hyzk", "婚姻状况", "select", options=MARRIAGE_FINE),
        Field("hkbh", "户号", limit=12),
        Field("hb", "户别", "radio", options=(("1", "家庭户"), ("2", "集体户"))),
        Field("hzxm", "户主姓名", limit=30),
        Field("yhzgx", "与户主关系", "select", options=RELATION),
        Field("hkdz", "户籍地址", limit=60, wide=True),
        Field("ssxq", "现住区县", "select", options=REGION_SIX),
        Field("lxdh", "联系电话", limit=13, check="phone"),
        Field("txdz", "现住地址", limit=60, wide=True),
        Field("hlyy", "换领原因", "radio", options=_REASON, wide=True),
        Field("yhkbbh", "原户口簿编号", required=False, limit=12),
        Field("jtrks", "家庭人口数", required=False, limit=2),
        Field("jbrxm", "代办人姓名", required=False, limit=30),
        Field("jbrdh", "代办人电话", required=False, limit=13, check="phone"),
        Field("bz", "备注", "area", required=False, limit=200, wide=True),
    ),
    papers=(Paper("id_card", "居民身份证"), Paper("hukou_booklet", "居民户口簿")),
)

RESIDENCE_PERMIT = Form(
    item="gongan.residence_permit",
    path="jzzsb",
    title="居住证首次申办",
    name_field="sqrxm",
    id_field="sfzh",
    fields=(
        Field("sqrxm", "姓名", limit=30),
        Field("sfzh", "身份证号码", limit=18, check="id"),
        Field("xbdm", "性别", "select", options=SEX_DIGITS),
        Field("mzdm", "民族", "select", options=ETHNICITY_DIGITS),
        Field("csny", "出生年月日", "date"),
        Field("zjyxq", "证件有效期至", limit=10, check="until"),
        Field("hyzkdm", "婚姻状况", "select", required=False, options=MARRIAGE),
        Field("whcd", "文化程度", "select", required=False, options=EDUCATION),
        Field("hjdz", "户籍地详址", limit=60, wide=True),
        Field("sjhm", "手机号码", limit=13, check="phone"),
        Field("xzqh", "现居住地区划", "select", options=REGION_SIX),
        Field("lxdz", "联系地址", limit=60, wide=True),
        Field("jzdz", "居住登记地址", limit=60, wide=True),
        Field("jzqsrq", "居住起始日期", "date"),
        Field("zslx", "住所类型", "select", options=_DWELLING),
        Field("jzsy", "居住事由", "radio", options=_STAY, wide=True),
        Field("gzdw", "从业单位", required=False, limit=40),
        Field("zydm", "职业", "select", required=False, options=OCCUPATION),
        Field("jjlxr", "紧急联系人", required=False, limit=30),
        Field("jjlxrdh", "紧急联系人电话", required=False, limit=13, check="phone"),
        Field("bz", "备注", "area", required=False, limit=200, wide=True),
    ),
    papers=(
        Paper("id_card", "居民身份证"),
        Paper("residence_proof", "居住证明"),
        Paper("photo", "证件照片"),
        Paper("employment_proof", "就业证明", required=False),
    ),
)

FORMS = (HUKOU_BOOK, RESIDENCE_PERMIT)
