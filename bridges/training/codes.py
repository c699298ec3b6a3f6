"""Code tables, the way three departments of three ages write the same fact differently.

Sources: GB/T 3304 (ethnicity, digits and letters), GB/T 2261.2 (marital status), GB/T 4761 (relation), the disability
certificate's own categories and grades. The region 99 / 9901 / 990101 does not exist: everything here is a sample.
"""

from __future__ import annotations

Codes = tuple[tuple[str, str], ...]

# fmt: off
_PEOPLES = (
    "汉HA", "蒙古MG", "回HU", "藏ZA", "维吾尔UG", "苗MH", "彝YI", "壮ZH", "布依BY", "朝鲜CS", "满MA", "侗DO", "瑶YA",
    "白BA", "土家TJ", "哈尼HN", "哈萨克KZ", "傣DA", "黎LI", "傈僳LS", "佤VA", "畲SH", "高山GS", "拉祜LH", "水SU",
    "东乡DX", "纳西NX", "景颇JP", "柯尔克孜KG", "土TU", "达斡尔DU", "仫佬ML", "羌QI", "布朗BL", "撒拉SL", "毛南MN",
    "仡佬GL", "锡伯XB", "阿昌AC", "普米PM", "塔吉克TA", "怒NU", "乌孜别克UZ", "俄罗斯RS", "鄂温克EW", "德昂DE",
    "保安BN", "裕固YG", "京GI", "塔塔尔TT", "独龙DR", "鄂伦春OR", "赫哲HZ", "门巴MB", "珞巴LB", "基诺JN",
)
# fmt: on

ETHNICITY_DIGITS: Codes = (
    *((f"{n:02}", p[:-2] + "族") for n, p in enumerate(_PEOPLES, 1)),
    ("81", "穿青人"),
    ("97", "其他"),
    ("98", "外国血统中国籍人士"),
)
ETHNICITY_LETTERS: Codes = (*((p[-2:], p[:-2] + "族") for p in _PEOPLES), ("CQ", "穿青人"), ("QT", "其他"))
ETHNICITY_WORDS: Codes = (*((p[:-2] + "族", p[:-2] + "族") for p in _PEOPLES), ("穿青人", "穿青人"), ("其他", "其他"))

SEX_DIGITS: Codes = (("1", "男"), ("2", "女"))
SEX_WORDS: Codes = (("男", "男"), ("女", "女"))
SEX_LETTERS: Codes = (("M", "男性"), ("F", "女性"))

MARRIAGE: Codes = (("10", "未婚"), ("20", "已婚"), ("30", "丧偶"), ("40", "离婚"), ("90", "未说明的婚姻状况"))
MARRIAGE_FINE: Codes = (
    ("10", "未婚"),
    ("20", "已婚"),
    ("21", "初婚"),
    ("22", "再婚"),
    ("23", "复婚"),
    ("30", "丧偶"),
    ("40", "离婚"),
    ("90", "未说明"),
)
MARRIAGE_WORDS: Codes = (("未婚", "未婚"), ("已婚", "已婚"), ("丧偶", "丧偶"), ("离异", "离异"), ("未说明", "未说明"))

RELATION: Codes = (
    ("01", "本人"),
    ("02", "户主"),
    ("10", "配偶"),
    ("11", "夫"),
    ("12", "妻"),
    ("20", "子"),
    ("30", "女"),
    ("40", "孙子女或外孙子女"),
    ("50", "父母"),
    ("51", "父亲"),
    ("52", "母亲"),
    ("60", "祖父母或外祖父母"),
    ("70", "兄弟姐妹"),
    ("71", "兄"),
    ("73", "弟"),
    ("75", "姐"),
    ("77", "妹"),
    ("97", "其他亲属"),
    ("99", "非亲属"),
)
RELATION_COARSE: Codes = (
    ("spouse", "配偶"),
    ("child", "子女"),
    ("parent", "父母"),
    ("sibling", "兄弟姐妹"),
    ("kin", "其他亲属"),
    ("other", "非亲属"),
)

REGION_SIX: Codes = (("990101", "幸福区"), ("990102", "和平区"))
REGION_TWELVE: Codes = (("990101000000", "示例省示例市幸福区"), ("990102000000", "示例省示例市和平区"))
REGION_TREE: dict[str, Codes] = {"": (("99", "示例省"),), "99": (("9901", "示例市"),), "9901": REGION_SIX}

BANK_LETTERS: Codes = (
    ("CSYH", "示例城市银行"),
    ("NSYH", "示例农商银行"),
    ("YCYH", "示例邮储银行"),
    ("HZYH", "示例民生合作银行"),
)
BANK_CLEARING: Codes = (
    ("313990100011", "示例城市银行"),
    ("402990100012", "示例农商银行"),
    ("403990100013", "示例邮储银行"),
    ("320990100014", "示例民生合作银行"),
)

EDUCATION: Codes = (
    ("10", "研究生"),
    ("20", "大学本科"),
    ("30", "大学专科"),
    ("40", "中等职业"),
    ("60", "普通高中"),
    ("70", "初中"),
    ("80", "小学"),
    ("90", "其他"),
)
OCCUPATION: Codes = (
    ("01", "单位负责人"),
    ("02", "专业技术人员"),
    ("03", "办事人员"),
    ("04", "商业服务业人员"),
    ("05", "农林牧渔业人员"),
    ("06", "生产运输工人"),
    ("08", "其他从业人员"),
    ("09", "无业"),
)
YES_NO: Codes = (("Y", "是"), ("N", "否"))

DISABILITY_KIND: Codes = (
    ("1", "视力残疾"),
    ("2", "听力残疾"),
    ("3", "言语残疾"),
    ("4", "肢体残疾"),
    ("5", "智力残疾"),
    ("6", "精神残疾"),
    ("7", "多重残疾"),
)
DISABILITY_GRADE: Codes = (("1", "一级"), ("2", "二级"), ("3", "三级"), ("4", "四级"))
