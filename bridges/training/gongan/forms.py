"""The two services of the police system, under the pinyin abbreviations such systems name their boxes with."""

from __future__ import annotations

from bridges.training.codes import ETHNICITY_DIGITS, MARRIAGE, MARRIAGE_FINE, REGION_SIX, RELATION, SEX_DIGITS
from bridges.training.sheet import Field, Form, Paper

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
        Field("hkbh", "户口簿户号", limit=12),
        Field("hzxm", "户主姓名", limit=30),
        Field("yhzgx", "与户主关系", "select", options=RELATION),
        Field("ssxq", "户籍所在区县", "select", options=REGION_SIX),
        Field("hkdz", "户籍地址", limit=60, wide=True),
        Field("lxdh", "联系电话", limit=13, check="phone"),
        Field("hlyy", "换领原因", "radio", options=(("1", "损坏"), ("2", "变更更正"), ("3", "遗失"), ("9", "其他"))),
        Field("lzfs", "领证方式", "radio", options=(("1", "窗口领取"), ("2", "邮政速递"))),
        Field("txdz", "邮寄地址", required=False, limit=60, wide=True),
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
        Field("csny", "出生日期", "date"),
        Field("hyzkdm", "婚姻状况", "select", options=MARRIAGE),
        Field("hjdz", "户籍地详址", limit=60, wide=True),
        Field("xzqh", "现居住地区划", "select", options=REGION_SIX),
        Field("sjhm", "手机号码", limit=13, check="phone"),
        Field("jzdz", "现居住地址", limit=60, wide=True),
        Field("sbsy", "居住事由", "radio", options=(("01", "稳定就业"), ("02", "稳定住所"), ("03", "连续就读"))),
        Field("lqfs", "领取方式", "select", options=(("1", "自行领取"), ("2", "邮寄送达"))),
        Field("fhzxm", "房屋户主姓名", required=False, limit=30),
        Field("yfhzgx", "与该户主关系", "select", required=False, options=RELATION),
        Field("jbrxm", "经办人姓名", required=False, limit=30),
        Field("jbrdh", "经办人电话", required=False, limit=13, check="phone"),
        Field("bz", "备注", "area", required=False, limit=200, wide=True),
    ),
    papers=(Paper("id_card", "居民身份证"), Paper("hukou_booklet", "居民户口簿", required=False)),
)

FORMS = (HUKOU_BOOK, RESIDENCE_PERMIT)
