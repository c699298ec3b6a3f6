"""Forty ways a page of the last twenty years says what a box is for: (case, markup, the words a clerk reads, extra locators).

In every snippet exactly one control carries `data-me`: that one is meant.
"""

from __future__ import annotations

from typing import Any

CASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("label for", "<label for=a1>姓名</label><input id=a1 data-me>", {"label": "姓名"}),
    ("label around", "<label>姓名 <input data-me></label>", {"label": "姓名"}),
    ("cell before", "<table><tr><td>姓名：<td><input data-me><td>性别：<td><input></table>", {"label": "姓名"}),
    (
        "cell before, second pair",
        "<table><tr><td>姓名：<td><input><td>性别：<td><input data-me></table>",
        {"label": "性别"},
    ),
    ("blank cell between", "<table><tr><td>姓名<td>&nbsp;<td><input data-me></table>", {"label": "姓名"}),
    ("header cell above", "<table><tr><th>姓名<th>电话<tr><td><input><td><input data-me></table>", {"label": "电话"}),
    (
        "header over two columns",
        "<table><tr><th>姓名<th colspan=2>联系方式<tr><td><input><td><input data-me><td></table>",
        {"label": "联系方式"},
    ),
    (
        "label over two rows",
        "<table><tr><td rowspan=2>地址<td><input name=x><tr><td><input data-me name=y></table>",
        {"label": "地址", "nth": 2},
    ),
    (
        "second line, empty label",
        "<table><tr><th>住址<td><input><tr><th>&nbsp;<td><input data-me></table>",
        {"label": "住址", "nth": 2},
    ),
    ("label row over the box", "<table><tr><td>事由<tr><td><textarea data-me></textarea></table>", {"label": "事由"}),
    (
        "nested table",
        "<table><tr><td>单位<td><table><tr><td><input data-me><td><input type=button value=选></table></table>",
        {"label": "单位"},
    ),
    (
        "box alone in its table",
        "<div><div>描述</div><div><table><tr><td><input data-me><td><a href=#>?</a></table></div></div>",
        {"label": "描述"},
    ),
    ("definition list", "<dl><dt>籍贯<dd><input data-me><dt>民族<dd><input></dl>", {"label": "籍贯"}),
    ("div beside div", "<div><div class=l>学历</div><div class=r><input data-me></div></div>", {"label": "学历"}),
    ("plain text before", "<p>邮编：<input data-me> 传真：<input></p>", {"label": "邮编"}),
    ("plain text, second box", "<p>邮编：<input> 传真：<input data-me></p>", {"label": "传真"}),
    ("text and break", "电子邮箱<br><input data-me><br>备用邮箱<br><input>", {"label": "电子邮箱"}),
    ("bold text before", "<b>职业</b> <input data-me>", {"label": "职业"}),
    ("words after the boxes", "<p><input data-me> 单价 <input> 数量</p>", {"label": "单价"}),
    ("words after, last box", "<p><input> 单价 <input data-me> 数量</p>", {"label": "数量"}),
    ("words after, nothing before", "<div><input data-me> 月收入</div>", {"label": "月收入"}),
    ("two labels in a cell", "<table><tr><td>姓名 <input> 身份证 <input data-me></table>", {"label": "身份证"}),
    (
        "heading cell and labels inside",
        "<table><tr><td>本人<td>姓名 <input data-me> 年龄 <input></table>",
        {"label": "姓名"},
    ),
    ("unit in brackets", "<table><tr><td>申请金额（元）：<td><input data-me></table>", {"label": "申请金额"}),
    ("hint in brackets", "<table><tr><td>手机(必填)<td><input data-me></table>", {"label": "手机"}),
    ("star before", "<table><tr><td><font color=red>*</font>姓名<td><input data-me></table>", {"label": "姓名"}),
    ("numbered", "<table><tr><td>3、家庭人口：<td><input data-me></table>", {"label": "家庭人口"}),
    ("spread out", "<table><tr><td>姓　　名：<td><input data-me></table>", {"label": "姓名"}),
    ("wide and narrow letters", "<table><tr><td>ＩＤ号码<td><input data-me></table>", {"label": "ID号码"}),
    (
        "unit decides between two",
        "<table><tr><td>金额（元）<td><input><tr><td>金额（万元）<td><input data-me></table>",
        {"label": "金额（万元）"},
    ),
    ("placeholder", "<input placeholder=请输入户号 data-me>", {"label": "户号"}),
    ("title", "<input title=楼栋 data-me>", {"label": "楼栋"}),
    ("aria", "<span id=z1>门牌</span><input aria-labelledby=z1 data-me>", {"label": "门牌"}),
    ("picture of a word", "<table><tr><td><img alt=签发机关><td><input data-me></table>", {"label": "签发机关"}),
    (
        "english with colon",
        "<table><tr><td>Last Name *:<td><input data-me><td>First Name:<td><input></table>",
        {"label": "last name"},
    ),
    (
        "hidden hint in the label",
        "<table><tr><td>电话<span style='display:none'>不能为空</span><td><input data-me></table>",
        {"label": "电话"},
    ),
    (
        "hidden twin",
        "<table><tr style='display:none'><td>住址<td><input><tr><td>住址<td><input data-me></table>",
        {"label": "住址"},
    ),
    (
        "heading row decides",
        "<table><tr><td colspan=2>申请人<tr><td>姓名<td><input><tr><td colspan=2>监护人<tr><td>姓名<td><input data-me></table>",
        {"label": "姓名", "section": "监护人"},
    ),
    (
        "legend decides",
        "<fieldset><legend>本人</legend>电话<input></fieldset><fieldset><legend>代办人</legend>电话<input data-me></fieldset>",
        {"label": "电话", "section": "代办人"},
    ),
    (
        "heading decides",
        "<h4>收入</h4><p>金额<input></p><h4>支出</h4><p>金额<input data-me></p>",
        {"label": "金额", "section": "支出"},
    ),
    (
        "radio group by legend",
        "<fieldset><legend>性别</legend><input type=radio name=s value=1 data-me>男<input type=radio name=s value=2>女</fieldset>",
        {"label": "性别", "kind": "radio", "value": "女"},
    ),
    (
        "radio group in a cell",
        "<table><tr><td>婚姻<td><input type=radio name=h value=1 data-me>未婚 <input type=radio name=h value=2>已婚</table>",
        {"label": "婚姻", "kind": "radio", "value": "已婚"},
    ),
    (
        "words before each radio",
        "<p>血型：A<input type=radio name=x value=1 data-me> B<input type=radio name=x value=2></p>",
        {"label": "血型", "kind": "radio", "value": "B"},
    ),
    (
        "ticks with a name each",
        "<table><tr><td>情形<td><input type=checkbox name=k1 data-me>低保<input type=checkbox name=k2>残疾</table>",
        {"label": "情形", "kind": "checkbox", "value": "低保;残疾"},
    ),
    (
        "words of a tick in the next cell",
        "<table><tr><th><input type=checkbox value=1 data-me><td>汇款凭证</table>",
        {"label": "汇款凭证", "kind": "checkbox", "value": "是"},
    ),
    (
        "a box and its tick",
        "<table><tr><td>编号<td><input data-me><tr><td colspan=2><input type=checkbox name=l>编号</table>",
        {"label": "编号"},
    ),
    (
        "bootstrap",
        "<div class=form-group><label class=control-label>街道</label><div><input data-me></div></div>",
        {"label": "街道"},
    ),
    (
        "rich text",
        "<table><tr><td>正文<td><div contenteditable=true data-me style='height:40px'></div></table>",
        {"label": "正文"},
    ),
)
# What must not be guessed: two of the same name, a word that is only somewhat alike, nothing of the kind.
DOUBTS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("twins", "<table><tr><td>姓名<td><input><tr><td>姓名<td><input></table>", {"label": "姓名"}, "ambiguous"),
    (
        "somewhat alike",
        "<table><tr><td>证件类型<td><input><tr><td>证件名称<td><input></table>",
        {"label": "证件号码"},
        "missing",
    ),
    (
        "two units, no unit asked",
        "<table><tr><td>金额（元）<td><input><tr><td>金额（万元）<td><input></table>",
        {"label": "金额"},
        "ambiguous",
    ),
    ("out of sight", "<div style='display:none'>姓名 <input></div>", {"label": "姓名"}, "hidden"),
    (
        "not of that kind",
        "<table><tr><td>日期<td><select><option>一</select></table>",
        {"label": "日期", "kind": "text"},
        "kind",
    ),
)
