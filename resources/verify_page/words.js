// Written by `onewindow voucher page`; changes here are lost.
"use strict";
globalThis.OneWindow ??= {};
OneWindow.words = {
 "codes": {
  "VALID": {
   "number": 0,
   "exit": 0,
   "class": "true"
  },
  "VALID_STALE_STATUS": {
   "number": 1,
   "exit": 0,
   "class": "true"
  },
  "VALID_NO_STATUS": {
   "number": 2,
   "exit": 0,
   "class": "true"
  },
  "REVOKED": {
   "number": 10,
   "exit": 1,
   "class": "false"
  },
  "SUSPENDED": {
   "number": 11,
   "exit": 1,
   "class": "false"
  },
  "REDEEMED": {
   "number": 12,
   "exit": 1,
   "class": "false"
  },
  "SUPERSEDED": {
   "number": 13,
   "exit": 1,
   "class": "false"
  },
  "EXPIRED": {
   "number": 14,
   "exit": 1,
   "class": "false"
  },
  "NOT_YET_VALID": {
   "number": 15,
   "exit": 1,
   "class": "false"
  },
  "BAD_SIGNATURE": {
   "number": 20,
   "exit": 1,
   "class": "false"
  },
  "TEXT_MISMATCH": {
   "number": 21,
   "exit": 1,
   "class": "false"
  },
  "KEY_COMPROMISED": {
   "number": 22,
   "exit": 1,
   "class": "false"
  },
  "KEY_COMPROMISED_UNPROVEN": {
   "number": 23,
   "exit": 3,
   "class": "cannot-tell"
  },
  "KEY_OUT_OF_WINDOW": {
   "number": 24,
   "exit": 1,
   "class": "false"
  },
  "ISSUER_NOT_AUTHORISED": {
   "number": 25,
   "exit": 1,
   "class": "false"
  },
  "PDF_SIGNATURE_INVALID": {
   "number": 26,
   "exit": 1,
   "class": "false"
  },
  "UNKNOWN_KEY": {
   "number": 40,
   "exit": 3,
   "class": "cannot-tell"
  },
  "TRUST_LIST_EXPIRED": {
   "number": 41,
   "exit": 3,
   "class": "cannot-tell"
  },
  "TRUST_LIST_ROLLBACK": {
   "number": 42,
   "exit": 3,
   "class": "cannot-tell"
  },
  "CLOCK_SUSPECT": {
   "number": 43,
   "exit": 3,
   "class": "cannot-tell"
  },
  "UNSUPPORTED_VERSION": {
   "number": 44,
   "exit": 3,
   "class": "cannot-tell"
  },
  "UNSUPPORTED_ALG": {
   "number": 45,
   "exit": 3,
   "class": "cannot-tell"
  },
  "UNKNOWN_DICTIONARY": {
   "number": 46,
   "exit": 3,
   "class": "cannot-tell"
  },
  "TRUST_LIST_MISSING": {
   "number": 47,
   "exit": 3,
   "class": "cannot-tell"
  },
  "TRUST_LIST_OTHER_ROOT": {
   "number": 48,
   "exit": 3,
   "class": "cannot-tell"
  },
  "TRUST_LIST_UNPROVEN": {
   "number": 49,
   "exit": 3,
   "class": "cannot-tell"
  },
  "NO_QR_FOUND": {
   "number": 60,
   "exit": 3,
   "class": "cannot-tell"
  },
  "QR_UNREADABLE": {
   "number": 61,
   "exit": 3,
   "class": "cannot-tell"
  },
  "NOT_A_VOUCHER": {
   "number": 62,
   "exit": 2,
   "class": "cannot-tell"
  },
  "MULTIPLE_VOUCHERS": {
   "number": 63,
   "exit": 2,
   "class": "cannot-tell"
  },
  "MALFORMED": {
   "number": 64,
   "exit": 1,
   "class": "false"
  },
  "FILE_UNREADABLE": {
   "number": 65,
   "exit": 2,
   "class": "cannot-tell"
  },
  "FILE_TOO_LARGE": {
   "number": 66,
   "exit": 2,
   "class": "cannot-tell"
  },
  "DEFLATE_BOMB": {
   "number": 67,
   "exit": 1,
   "class": "false"
  }
 },
 "texts": {
  "zh": {
   "verdict.VALID": "真实有效：签名和内容均通过核验。凭证真实，不证明持有人身份。",
   "verdict.VALID_STALE_STATUS": "凭证真实；状态表已过期，是否仍有效请联网更新后再查。",
   "verdict.VALID_NO_STATUS": "凭证真实；本机没有对应的状态表，未能查询是否已撤销。",
   "verdict.REVOKED": "签名真实，但该凭证已被撤销。",
   "verdict.SUSPENDED": "签名真实，但该凭证目前被暂停使用。",
   "verdict.REDEEMED": "签名真实，但该凭证已经核销。",
   "verdict.SUPERSEDED": "签名真实，但该凭证已被更正后的凭证取代。",
   "verdict.EXPIRED": "签名真实，但该凭证已过有效期。",
   "verdict.NOT_YET_VALID": "签名真实，但签发时间晚于现在；请核对本机时钟。",
   "verdict.BAD_SIGNATURE": "签名不符：内容被改动，或者不是该机构签发的。",
   "verdict.TEXT_MISMATCH": "二维码真实，但页面上的文字与签名内容不一致。",
   "verdict.KEY_COMPROMISED": "签发密钥在签发之前已经失控，不能采信。",
   "verdict.KEY_COMPROMISED_UNPROVEN": "无法判断：签发密钥后来失控，缺少签发时间的证明；请索取带日志证明的 PDF 或向签发中心查询。",
   "verdict.KEY_OUT_OF_WINDOW": "签发时间不在该密钥的使用期内。",
   "verdict.ISSUER_NOT_AUTHORISED": "该密钥无权为这个地区或这种凭证签名。",
   "verdict.PDF_SIGNATURE_INVALID": "PDF 文件的电子签名无效。",
   "verdict.UNKNOWN_KEY": "信任列表里没有这把密钥，无法判断；请更新信任列表后再核验。",
   "verdict.TRUST_LIST_EXPIRED": "信任列表已过期，无法判断；请更新后再核验。",
   "verdict.TRUST_LIST_ROLLBACK": "信任列表比用过的旧，无法判断；请更新后再核验。",
   "verdict.CLOCK_SUSPECT": "本机时钟明显不准，无法判断；请校准后再核验。",
   "verdict.UNSUPPORTED_VERSION": "凭证格式比本程序新，无法判断；请升级程序。",
   "verdict.UNSUPPORTED_ALG": "本程序不支持该签名算法，无法判断；请升级程序。",
   "verdict.UNKNOWN_DICTIONARY": "本程序没有该凭证的压缩字典，无法判断；请升级程序。",
   "verdict.TRUST_LIST_MISSING": "没有信任列表，无法判断；请用 --trust 指明文件。",
   "verdict.NO_QR_FOUND": "图中没有找到二维码，无法判断；请重新拍摄，使二维码完整、清晰。",
   "verdict.QR_UNREADABLE": "二维码看得到但读不出，无法判断；请靠近、放平、避免反光后重新拍摄。",
   "verdict.NOT_A_VOUCHER": "内容不是本系统的电子业务凭证。",
   "verdict.MULTIPLE_VOUCHERS": "有不止一份凭证，请一次核验一份。",
   "verdict.MALFORMED": "内容残缺或被改动，不是一份可用的凭证。",
   "verdict.FILE_UNREADABLE": "文件打不开或已损坏。",
   "verdict.FILE_TOO_LARGE": "文件太大，没有读取。",
   "verdict.TRUST_LIST_OTHER_ROOT": "无法判断：信任列表来自另一个信任根，与本机记住的不符；请向签发中心核实后重新安装。",
   "verdict.TRUST_LIST_UNPROVEN": "无法判断：信任列表的根签名不足或不符，没有采用；请重新索取信任列表。",
   "verdict.DEFLATE_BOMB": "内容展开后超过上限，不是一份可用的凭证。",
   "verdict.class.true": "真实",
   "verdict.class.false": "不可采信",
   "verdict.class.cannot-tell": "无法判断",
   "verdict.note.host_unknown": "注意：二维码里的网址不在信任列表中，请勿在该网址输入任何信息。",
   "verdict.note.text_not_compared": "页面没有文字层（扫描件），未能逐字比对，请人工核对。",
   "verdict.note.text_unreadable": "无法读取这份 PDF 的文字，未能逐字比对：请人工逐项对照，或者用核验程序再核验一次。",
   "verdict.note.layout_other_version": "本机没有该版式的同一版本，只核对了每项内容是否出现。",
   "verdict.note.reprint": "这是补打件。",
   "verdict.note.demo": "演示数据，不具有法律效力。",
   "verdict.note.trust_list_old": "信任列表即将到期，请更新。",
   "verdict.note.local_root": "信任根由签发的计算机自建，未经线下密钥仪式；请确认信任列表的来源。",
   "verdict.note.corrects": "这是更正凭证，取代原凭证。",
   "verdict.note.status_refused": "有状态表未能采用：签名或授权不符，或文件损坏。",
   "verdict.note.status_rollback": "状态表比用过的旧，请换用最新的状态表。",
   "verdict.note.logged": "签发日志证明有效：该凭证已登记在签发中心的日志里。",
   "verdict.note.log_proof_wrong": "附带的日志证明无效，没有采信。",
   "verdict.note.sealed": "这份 PDF 带有电子封印，封印之后没有一个字节被改动；封印者的证书是否可信，这里无法判断。",
   "verdict.note.seal_unjudged": "这份 PDF 带有电子封印，但它的算法或格式这里不认识：封印之后是否被改动，无法判断。",
   "page.title": "凭证核验",
   "page.about": "照片、文件和凭证内容只在这台设备上处理，不上传、不联网。",
   "page.language": "English",
   "page.choose": "选择照片或 PDF",
   "page.choose.more": "也可以把文件拖到这里",
   "page.camera": "打开摄像头",
   "page.camera.stop": "关闭摄像头",
   "page.camera.look": "请把二维码放在画面中间，放平、不反光。",
   "page.camera.none": "打不开摄像头，没有读到任何内容。请在浏览器里允许使用摄像头，或者改为选择照片。",
   "page.text": "扫码枪扫到的内容，或者粘贴二维码文字",
   "page.text.go": "核验",
   "page.working": "正在读取…",
   "page.waiting": "还没有凭证",
   "page.waiting.more": "用手机相机扫凭证上的二维码会直接打开本页并显示结论。也可以选择照片、PDF，或者打开摄像头。",
   "page.picture": "您提供的图像",
   "page.signed": "签名内容（按此还原）",
   "page.compare": "请逐项对照：纸上的文字应与这里还原的签名内容完全一致。",
   "page.code": "核验码",
   "page.issuer": "签发机构",
   "page.signer": "签名密钥",
   "page.issued_at": "出具时间",
   "page.lists": "核验依据",
   "page.trust": "信任列表第 {version} 版，{issued} 签发，{expires} 到期",
   "page.trust.none": "没有信任列表。请向核验中心索取 trust-list.cbor，放到本页或者直接拖进来。",
   "page.trust.refused": "这个信任列表没有采用：根签名不足、与本页的信任根不同，或者文件损坏。",
   "page.trust.taken": "已采用新的信任列表。",
   "page.status": "状态表第 {version} 版，{issued} 签发",
   "page.status.none": "没有该凭证的状态表，无法知道是否已被撤销、暂停或核销。",
   "page.status.taken": "已采用状态表。",
   "page.root": "信任根：{name}",
   "page.age": "距今 {days} 天",
   "page.again": "再核验一份",
   "page.replaces": "本凭证更正并取代 {number}",
   "page.replaced_by": "已被 {number} 取代",
   "page.old_browser": "这个浏览器缺少所需的功能，无法判断。请换用较新的浏览器。",
   "page.unsigned_host": "当前网页不在信任列表的官方网址里。只有从官方网址或可信的副本打开，结论才可信。",
   "page.differs": "与签名内容不一致：{label}。签名的内容是“{signed}”。",
   "page.added": "页面上有签名里没有的文字：{seen}",
   "page.place.item": "该事项各栏的次序",
   "page.place.centre": "出具单位"
  },
  "en": {
   "verdict.VALID": "Genuine and in force; signature and contents are verified. It does not prove who holds it.",
   "verdict.VALID_STALE_STATUS": "Genuine; the status list is out of date, so update it to learn whether it is still in force.",
   "verdict.VALID_NO_STATUS": "Genuine; this computer has no status list for it, so revocation was not checked.",
   "verdict.REVOKED": "The signature is genuine, but the voucher was revoked.",
   "verdict.SUSPENDED": "The signature is genuine, but the voucher is suspended.",
   "verdict.REDEEMED": "The signature is genuine, but the voucher was already redeemed.",
   "verdict.SUPERSEDED": "The signature is genuine, but a corrected voucher replaces this one.",
   "verdict.EXPIRED": "The signature is genuine, but the voucher has expired.",
   "verdict.NOT_YET_VALID": "The signature is genuine, but it was issued later than now; check this computer's clock.",
   "verdict.BAD_SIGNATURE": "The signature does not fit; the contents were changed or this office did not issue them.",
   "verdict.TEXT_MISMATCH": "The symbol is genuine, but the text on the page is not what was signed.",
   "verdict.KEY_COMPROMISED": "The signing key was out of control before this was issued; it cannot be accepted.",
   "verdict.KEY_COMPROMISED_UNPROVEN": "Cannot tell; the signing key got out of control later and the time of issue is unproven. Ask for the PDF with its log proof, or ask the issuing office.",
   "verdict.KEY_OUT_OF_WINDOW": "It was issued outside the time in which this key may sign.",
   "verdict.ISSUER_NOT_AUTHORISED": "This key may not sign for this region or this kind of voucher.",
   "verdict.PDF_SIGNATURE_INVALID": "The PDF file's digital signature is not valid.",
   "verdict.UNKNOWN_KEY": "Cannot tell; the trust list does not have this key. Update the trust list and verify again.",
   "verdict.TRUST_LIST_EXPIRED": "Cannot tell; the trust list has expired. Update it and verify again.",
   "verdict.TRUST_LIST_ROLLBACK": "Cannot tell; the trust list is older than one used before. Update it and verify again.",
   "verdict.CLOCK_SUSPECT": "Cannot tell; this computer's clock is clearly wrong. Set it and verify again.",
   "verdict.UNSUPPORTED_VERSION": "Cannot tell; the voucher's format is newer than this program. Update the program.",
   "verdict.UNSUPPORTED_ALG": "Cannot tell; this program does not know the signature algorithm. Update the program.",
   "verdict.UNKNOWN_DICTIONARY": "Cannot tell; this program lacks the voucher's dictionary. Update the program.",
   "verdict.TRUST_LIST_MISSING": "Cannot tell; there is no trust list. Name the file with --trust.",
   "verdict.NO_QR_FOUND": "Cannot tell; there is no QR code in the picture. Take it again with the whole symbol in focus.",
   "verdict.QR_UNREADABLE": "Cannot tell; the QR code is there but cannot be read. Take it again closer, flat, without glare.",
   "verdict.NOT_A_VOUCHER": "This is not one of our vouchers.",
   "verdict.MULTIPLE_VOUCHERS": "There is more than one voucher; verify one at a time.",
   "verdict.MALFORMED": "The contents are damaged or changed; this is no usable voucher.",
   "verdict.FILE_UNREADABLE": "The file cannot be opened or is damaged.",
   "verdict.FILE_TOO_LARGE": "The file is too large and was not read.",
   "verdict.TRUST_LIST_OTHER_ROOT": "Cannot tell; the trust list comes from another root than the one this computer remembers. Ask the issuing office, then install it anew.",
   "verdict.TRUST_LIST_UNPROVEN": "Cannot tell; the root signatures of the trust list are missing or do not fit, so it was not used. Get the trust list again.",
   "verdict.DEFLATE_BOMB": "The contents swell beyond the limit; this is no usable voucher.",
   "verdict.class.true": "Genuine",
   "verdict.class.false": "Not acceptable",
   "verdict.class.cannot-tell": "Cannot tell",
   "verdict.note.host_unknown": "Careful, the address in the QR code is not in the trust list; enter nothing on that site.",
   "verdict.note.text_not_compared": "The page has no text layer (a scan), so it was not compared word by word; compare by eye.",
   "verdict.note.text_unreadable": "The text of this PDF could not be read, so it was not compared: compare by eye, or check it with the program.",
   "verdict.note.layout_other_version": "This computer lacks this version of the layout; only the presence of each value was checked.",
   "verdict.note.reprint": "This is a reprint.",
   "verdict.note.demo": "Sample data, without legal effect.",
   "verdict.note.trust_list_old": "The trust list expires soon; update it.",
   "verdict.note.local_root": "The root of trust was made by the issuing computer itself, without an offline key ceremony; make sure where the trust list came from.",
   "verdict.note.corrects": "This is a correction and replaces an earlier voucher.",
   "verdict.note.status_refused": "A status list was not used; its signature or authority does not fit, or the file is damaged.",
   "verdict.note.status_rollback": "The status list is older than one used before; get the newest one.",
   "verdict.note.logged": "The log proof holds; this voucher is in the issuing office's log.",
   "verdict.note.log_proof_wrong": "The log proof that came with it does not hold and was not used.",
   "verdict.note.sealed": "This PDF carries an electronic seal, and not one byte was changed after it was sealed; whether the sealer's certificate can be trusted cannot be told here.",
   "verdict.note.seal_unjudged": "This PDF carries an electronic seal whose algorithm or format is not known here: whether it was changed afterwards cannot be told.",
   "page.title": "Voucher check",
   "page.about": "Photos, files and contents are handled on this device only. Nothing is uploaded, nothing is fetched.",
   "page.language": "中文 (Chinese)",
   "page.choose": "Choose a photo or PDF",
   "page.choose.more": "or drop a file here",
   "page.camera": "Open the camera",
   "page.camera.stop": "Close the camera",
   "page.camera.look": "Hold the symbol in the middle, flat and without glare.",
   "page.camera.none": "The camera cannot be opened; nothing was read. Allow the camera in this browser, or choose a photo instead.",
   "page.text": "What a scanner types, or the symbol's text",
   "page.text.go": "Check",
   "page.working": "Reading…",
   "page.waiting": "No voucher yet",
   "page.waiting.more": "A phone camera pointed at the voucher's symbol opens this page with the answer. You can also choose a photo or PDF, or open the camera.",
   "page.picture": "The picture you gave",
   "page.signed": "What was signed (redrawn)",
   "page.compare": "Compare line by line: the words on paper must be exactly the signed words redrawn here.",
   "page.code": "Check code",
   "page.issuer": "Issued by",
   "page.signer": "Signed with",
   "page.issued_at": "Issued",
   "page.lists": "What this answer stands on",
   "page.trust": "Trust list version {version}, issued {issued}, good until {expires}",
   "page.trust.none": "There is no trust list. Ask the centre for trust-list.cbor and put it beside this page, or drop it here.",
   "page.trust.refused": "This trust list was not taken: too few root signatures, another root than this page's, or a damaged file.",
   "page.trust.taken": "The new trust list is in use.",
   "page.status": "Status list version {version}, issued {issued}",
   "page.status.none": "There is no status list for this voucher, so nobody here knows whether it was revoked, suspended or used.",
   "page.status.taken": "The status list is in use.",
   "page.root": "Root of trust: {name}",
   "page.age": "{days} days ago",
   "page.again": "Check another",
   "page.replaces": "Corrects and replaces {number}",
   "page.replaced_by": "Replaced by {number}",
   "page.old_browser": "This browser lacks what is needed, so it cannot tell. Please use a newer one.",
   "page.unsigned_host": "This page's address is not among the official ones of the trust list. Believe the answer only from the official address or a copy you trust.",
   "page.differs": "Differs from what was signed: {label}. Signed was “{signed}”.",
   "page.added": "The page has words that nobody signed: {seen}",
   "page.place.item": "the order of the items",
   "page.place.centre": "Issued by"
  }
 },
 "layouts": {
  "acceptance_notice": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    ", and its documents are complete and in the required form. It is accepted under",
    ".",
    ": your application of",
    "Acceptance No.",
    "Acceptance is not approval. This paper can be copied and does not prove identity.",
    "Accepted",
    "Address",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Applied",
    "Ask about progress with the acceptance number; you have the right to be heard on this application.",
    "Authority",
    "Basis",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Complaints",
    "Date",
    "Due",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "Fee",
    "ID number",
    "Issued",
    "Item",
    "Legal limit",
    "No.",
    "Notice No.",
    "Notice of Acceptance",
    "Page",
    "Please note",
    "Promised within",
    "Reason",
    "Received by",
    "Remark",
    "Replaces",
    "Reprint",
    "Result",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "The period runs in working days from acceptance; time for hearings, inspections, tests, appraisals or expert reviews required by law is not counted, and you will be told about it in writing.",
    "Why corrected",
    "Window",
    "You are hereby notified.",
    "You may withdraw the application in writing before the decision. You answer for the truth of what you submitted.",
    "for “",
    "of",
    "” is within the powers of",
    "”申请，经审查属于",
    "中心地址",
    "事项名称",
    "代办人",
    "代办人证件号码",
    "依据",
    "出具时间",
    "办件编号",
    "办理期限自受理之日起按工作日计算；依法需要听证、检验、检测、鉴定、专家评审的，所需时间不计入，实施机关将另行书面告知。",
    "办理窗口",
    "受理不等于批准；本通知书可以复印，不证明持有人身份。",
    "受理时间",
    "受理编号",
    "受理通知书",
    "告知事项",
    "咨询电话",
    "在作出决定之前，您可以书面撤回申请。您应当对申请材料实质内容的真实性负责。",
    "备注",
    "实施机关",
    "序号",
    "您可以凭受理编号查询办理进度，并有权就本申请进行陈述和申辩。",
    "扫码核验真伪",
    "承诺办结日期",
    "承诺办结时限",
    "提出的“",
    "收费",
    "更正原凭证",
    "更正原因",
    "本页全部内容已数字签名，扫码可离线核验。",
    "核验码",
    "次",
    "法定办结时限",
    "演示数据",
    "演示数据，不具有法律效力",
    "特此通知。",
    "申请人",
    "申请人签收",
    "申请时间",
    "监督投诉",
    "第",
    "签收日期",
    "经办人",
    "结果文书",
    "职责范围，申请材料齐全、符合法定形式。依据",
    "补打 第",
    "补打原因",
    "证件号码",
    "通知书编号",
    "页",
    "页 共",
    "（受理专用章）",
    "，现予受理。",
    "：您于"
   ],
   "notices": {
    "acceptance_notice": 4
   },
   "parts": {
    "acceptance_notice": 1
   },
   "form": {
    "fields": [
     "accepted_at",
     "accepted_number",
     "agent",
     "agent_id",
     "applied_at",
     "basis",
     "case_number",
     "centre",
     "clerk",
     "code",
     "department",
     "due",
     "fee",
     "holder",
     "holder_id",
     "issued_at",
     "item",
     "legal_limit",
     "number",
     "promise",
     "reason",
     "result_name",
     "telephone",
     "window"
    ],
    "columns": [],
    "said": [
     "Reason",
     "Reprint",
     "Sample data",
     "次",
     "演示数据",
     "补打 第",
     "补打原因"
    ]
   },
   "kinds": {
    "acceptance_notice": {
     "zh": "受理通知书",
     "en": "Notice of Acceptance"
    }
   },
   "frame": {
    "number": {
     "zh": "通知书编号",
     "en": "Notice No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "applied_at": {
     "zh": "申请时间",
     "en": "Applied"
    },
    "basis": {
     "zh": "依据",
     "en": "Basis"
    },
    "accepted_number": {
     "zh": "受理编号",
     "en": "Acceptance No."
    },
    "accepted_at": {
     "zh": "受理时间",
     "en": "Accepted"
    },
    "legal_limit": {
     "zh": "法定办结时限",
     "en": "Legal limit"
    },
    "promise": {
     "zh": "承诺办结时限",
     "en": "Promised within"
    },
    "due": {
     "zh": "承诺办结日期",
     "en": "Due"
    },
    "result_name": {
     "zh": "结果文书",
     "en": "Result"
    },
    "fee": {
     "zh": "收费",
     "en": "Fee"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "supervise": {
     "zh": "监督投诉",
     "en": "Complaints"
    },
    "address": {
     "zh": "中心地址",
     "en": "Address"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {}
  },
  "collection_slip": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    "(window stamp)",
    ": “",
    "Acceptance No.",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Authority",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Collection Slip",
    "Documents not collected in time are kept and stay valid; delivery by post can be requested.",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "ID number",
    "Identity is checked on collection; an agent also brings a written mandate and their own identity document.",
    "Issued",
    "Item",
    "No.",
    "Page",
    "Pieces",
    "Please check the document at once and ask for corrections immediately.",
    "Please collect by",
    "Please note",
    "Ready from",
    "Reason",
    "Remark",
    "Replaces",
    "Reprint",
    "Result",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "Slip No.",
    "This slip is good once and is redeemed on collection; a reprint has the same number and cannot be used again.",
    "Where",
    "Why corrected",
    "Window",
    "at",
    "of",
    "with this slip and a valid identity document.",
    "” can be collected from",
    "” for your application “",
    "”结果文书“",
    "”，请于",
    "事项名称",
    "代办人",
    "代办人证件号码",
    "件数",
    "出具时间",
    "办件编号",
    "办理窗口",
    "受理编号",
    "可领取日期",
    "告知事项",
    "咨询电话",
    "备注",
    "实施机关",
    "序号",
    "建议领取期限",
    "扫码核验真伪",
    "更正原凭证",
    "更正原因",
    "本凭证一次有效，领取后即核销；补打件与原件编号相同，不能重复领取。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "核验码",
    "次",
    "演示数据",
    "演示数据，不具有法律效力",
    "申请人",
    "第",
    "经办人",
    "结果文书",
    "补打 第",
    "补打原因",
    "证件号码",
    "请当场核对文书内容，如有错误请立即提出更正。",
    "起凭本凭证和有效身份证件，到",
    "逾期未领的文书继续保管，不会作废；也可以申请邮寄送达。",
    "页",
    "页 共",
    "领取。",
    "领取地点",
    "领取时核验领取人身份；委托他人领取的，还应当出示授权委托书和受托人身份证件。",
    "领证凭证",
    "领证编号",
    "（业务专用章）",
    "（受理专用章）",
    "：您申请的“"
   ],
   "notices": {
    "collection_slip": 4
   },
   "parts": {
    "collection_slip": 1
   },
   "form": {
    "fields": [
     "accepted_number",
     "agent",
     "agent_id",
     "case_number",
     "centre",
     "clerk",
     "code",
     "collect_at",
     "collect_from",
     "collect_until",
     "department",
     "holder",
     "holder_id",
     "issued_at",
     "item",
     "number",
     "reason",
     "remark",
     "result_count",
     "result_name",
     "telephone",
     "window"
    ],
    "columns": [],
    "said": [
     "Reason",
     "Reprint",
     "Sample data",
     "次",
     "演示数据",
     "补打 第",
     "补打原因"
    ]
   },
   "kinds": {
    "collection_slip": {
     "zh": "领证凭证",
     "en": "Collection Slip"
    }
   },
   "frame": {
    "number": {
     "zh": "领证编号",
     "en": "Slip No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "accepted_number": {
     "zh": "受理编号",
     "en": "Acceptance No."
    },
    "result_name": {
     "zh": "结果文书",
     "en": "Result"
    },
    "result_count": {
     "zh": "件数",
     "en": "Pieces"
    },
    "collect_from": {
     "zh": "可领取日期",
     "en": "Ready from"
    },
    "collect_until": {
     "zh": "建议领取期限",
     "en": "Please collect by"
    },
    "collect_at": {
     "zh": "领取地点",
     "en": "Where"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {}
  },
  "combined_receipt": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    "Acceptance No.",
    "Accepted",
    "Accepted by the departments named below:",
    "Address",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Combined Acceptance Receipt",
    "Department",
    "Each department decides its item on its own; the result of one item does not affect another.",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "ID number",
    "Issued",
    "Item",
    "Items accepted",
    "No.",
    "Note",
    "Page",
    "Please note",
    "Promised within",
    "Reason",
    "Receipt No.",
    "Remark",
    "Replaces",
    "Reprint",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "State",
    "This paper can be copied and does not prove identity; bring a valid identity document when you collect results.",
    "This receipt confirms acceptance, not a decision; promised periods run from the day the department accepted the item.",
    "To ask about progress or add documents, give the acceptance number to the department or to this centre.",
    "Visit No.",
    "Why corrected",
    "Window",
    "item(s) you applied for at this window.",
    "of",
    "个事项已由相关部门受理，受理编号如下：",
    "中心地址",
    "事项名称",
    "代办人",
    "代办人证件号码",
    "出具时间",
    "办件编号",
    "受理时间",
    "受理的事项",
    "受理窗口",
    "受理编号",
    "受理部门",
    "各事项由受理部门依法独立办理，任一事项的结果不影响其他事项。",
    "告知事项",
    "咨询电话",
    "回执编号",
    "备注",
    "序号",
    "您在本窗口申请的以下",
    "扫码核验真伪",
    "承诺时限",
    "更正原凭证",
    "更正原因",
    "本回执可以复印，不证明持有人身份；办理领取时请出示有效身份证件。",
    "本回执是受理凭证，不是审批结果；承诺时限自受理部门受理之日起计算。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "来访编号",
    "查询进度或补充材料，请凭受理编号向受理部门或本中心综合窗口提出。",
    "核验码",
    "次",
    "演示数据",
    "演示数据，不具有法律效力",
    "状态",
    "申请人",
    "第",
    "组合受理回执",
    "经办人",
    "补打 第",
    "补打原因",
    "证件号码",
    "说明",
    "页",
    "页 共",
    "（受理专用章）"
   ],
   "notices": {
    "combined_receipt": 4
   },
   "parts": {
    "combined_receipt": 1
   },
   "form": null,
   "kinds": {
    "combined_receipt": {
     "zh": "组合受理回执",
     "en": "Combined Acceptance Receipt"
    }
   },
   "frame": {
    "number": {
     "zh": "回执编号",
     "en": "Receipt No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "visit": {
     "zh": "来访编号",
     "en": "Visit No."
    },
    "window": {
     "zh": "受理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "address": {
     "zh": "中心地址",
     "en": "Address"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "受理部门",
     "en": "Department"
    },
    "accepted_number": {
     "zh": "受理编号",
     "en": "Acceptance No."
    },
    "accepted_at": {
     "zh": "受理时间",
     "en": "Accepted"
    },
    "promise": {
     "zh": "承诺时限",
     "en": "Promised within"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "state": {
     "zh": "状态",
     "en": "State"
    },
    "note": {
     "zh": "说明",
     "en": "Note"
    }
   }
  },
  "completion_notice": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    "(window stamp)",
    ".",
    ". Result:",
    ": your application “",
    "Acceptance No.",
    "Accepted",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Authority",
    "Case No.",
    "Certificate No.",
    "Certificate of Completion",
    "Check code",
    "Clerk No.",
    "Complaints",
    "Completed",
    "Date",
    "Delivery",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "ID number",
    "If you disagree with the result you may apply for administrative review within sixty days, or bring an action within six months, of learning of it, unless the law provides otherwise.",
    "Issued",
    "Item",
    "No.",
    "Page",
    "Please note",
    "Please rate this service. This paper can be copied and does not prove identity.",
    "Reason",
    "Received by",
    "Remark",
    "Replaces",
    "Reprint",
    "Result",
    "Result No.",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "The result document is handed over or delivered within ten working days of the decision.",
    "This certificate records the procedure and its result; it does not replace the document named as result.",
    "Took",
    "Why corrected",
    "Window",
    "of",
    "on",
    "” was completed by",
    "”已由",
    "。",
    "事项名称",
    "于",
    "代办人",
    "代办人证件号码",
    "凭证编号",
    "出具时间",
    "办件编号",
    "办理窗口",
    "办理结果",
    "办结凭证",
    "办结时间",
    "办结，办理结果为：",
    "受理时间",
    "受理编号",
    "告知事项",
    "咨询电话",
    "备注",
    "实施机关",
    "实际用时",
    "对办理结果不服的，可以自知道该结果之日起六十日内申请行政复议，也可以自知道之日起六个月内依法提起行政诉讼；法律另有规定的，从其规定。",
    "序号",
    "扫码核验真伪",
    "更正原凭证",
    "更正原因",
    "本凭证记载办理过程和结果，不代替“结果文书”一栏所列文书的效力。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "核验码",
    "次",
    "欢迎对本次服务作出评价；本凭证可以复印，不证明持有人身份。",
    "演示数据",
    "演示数据，不具有法律效力",
    "申请人",
    "申请人签收",
    "监督投诉",
    "第",
    "签收日期",
    "经办人",
    "结果文书",
    "结果文书编号",
    "结果文书自作出决定之日起十个工作日内颁发、送达；当场送达的，以签收为准。",
    "补打 第",
    "补打原因",
    "证件号码",
    "送达方式",
    "页",
    "页 共",
    "（业务专用章）",
    "（受理专用章）",
    "：您申请的“"
   ],
   "notices": {
    "completion_notice": 4
   },
   "parts": {
    "completion_notice": 1
   },
   "form": null,
   "kinds": {
    "completion_notice": {
     "zh": "办结凭证",
     "en": "Certificate of Completion"
    }
   },
   "frame": {
    "number": {
     "zh": "凭证编号",
     "en": "Certificate No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "accepted_number": {
     "zh": "受理编号",
     "en": "Acceptance No."
    },
    "accepted_at": {
     "zh": "受理时间",
     "en": "Accepted"
    },
    "finished_at": {
     "zh": "办结时间",
     "en": "Completed"
    },
    "took": {
     "zh": "实际用时",
     "en": "Took"
    },
    "result": {
     "zh": "办理结果",
     "en": "Result"
    },
    "result_name": {
     "zh": "结果文书",
     "en": "Result"
    },
    "result_number": {
     "zh": "结果文书编号",
     "en": "Result No."
    },
    "delivery": {
     "zh": "送达方式",
     "en": "Delivery"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "supervise": {
     "zh": "监督投诉",
     "en": "Complaints"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {}
  },
  "conditional_acceptance": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    ".",
    ": your application of",
    "A broken promise is entered in the credit record; until that is restored, conditional acceptance is not available.",
    "Acceptance No.",
    "Address",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Applied",
    "Authority",
    "Basis",
    "By",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Copy 1: applicant",
    "Copy 2: window",
    "Date",
    "Document",
    "Documents to be supplied",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "Form",
    "ID number",
    "If it is late or not in order, the authority may end the procedure and return the application; a decision already made may be revoked under the law, at the applicant's risk.",
    "Issued",
    "Item",
    "Made out in two copies, one for the applicant and one for the window.",
    "No.",
    "Notice No.",
    "Notice of Conditional Acceptance",
    "Page",
    "Please note",
    "Promised within",
    "Reason",
    "Remark",
    "Replaces",
    "Reprint",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "Signed (applicant)",
    "Supply by",
    "Supply everything listed before the date given, which is not later than the promised period of this item. At the window, by post or online; the day of arrival counts.",
    "The principal documents are examined at once; the result is handed over only when everything is there.",
    "Where to get it",
    "Why corrected",
    "Window",
    "Written promise",
    "for “",
    "of",
    "secondary one(s) are still missing. On your written promise to supply them it is conditionally accepted under",
    "” has all principal documents;",
    "”申请，主要材料齐全、符合要求，次要材料暂缺",
    "不履行承诺的，将按规定记入信用记录；在信用修复之前，不再适用容缺受理。",
    "中心地址",
    "事项名称",
    "从何处取得",
    "代办人",
    "代办人证件号码",
    "依据",
    "出具时间",
    "办件编号",
    "办理窗口",
    "受理编号",
    "告知事项",
    "咨询电话",
    "备注",
    "实施机关",
    "容缺受理通知书",
    "序号",
    "应当补齐的材料",
    "形式",
    "扫码核验真伪",
    "承诺书",
    "承诺人签名",
    "承诺办结时限",
    "提出的“",
    "暂缺的材料",
    "更正原凭证",
    "更正原因",
    "本通知书一式两份，申请人和受理窗口各执一份。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "核验码",
    "次",
    "演示数据",
    "演示数据，不具有法律效力",
    "申请人",
    "申请时间",
    "第",
    "第一联 申请人留存",
    "第二联 窗口存档",
    "签名日期",
    "经办人",
    "补打 第",
    "补打原因",
    "补齐之前，实施机关先行审查主要材料；补齐之后方可颁发或者送达结果文书。",
    "补齐期限",
    "证件号码",
    "请在“补齐期限”之前补齐上列全部材料；补齐期限不超过本事项的承诺办结时限。可以现场、邮寄或者网上补齐，以材料到达日期为准。",
    "通知书编号",
    "逾期未补齐或者补交材料不符合要求的，实施机关可以终止办理并退回申请；已作出的决定可以依法撤销，由此产生的后果由申请人承担。",
    "页",
    "页 共",
    "项。您已书面承诺在规定时间内补齐，依据",
    "（受理专用章）",
    "，现予容缺受理。",
    "：您于"
   ],
   "notices": {
    "conditional_acceptance": 4
   },
   "parts": {
    "conditional_acceptance": 2
   },
   "form": null,
   "kinds": {
    "conditional_acceptance": {
     "zh": "容缺受理通知书",
     "en": "Notice of Conditional Acceptance"
    }
   },
   "frame": {
    "number": {
     "zh": "通知书编号",
     "en": "Notice No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "applied_at": {
     "zh": "申请时间",
     "en": "Applied"
    },
    "basis": {
     "zh": "依据",
     "en": "Basis"
    },
    "accepted_number": {
     "zh": "受理编号",
     "en": "Acceptance No."
    },
    "promise": {
     "zh": "承诺办结时限",
     "en": "Promised within"
    },
    "complete_until": {
     "zh": "补齐期限",
     "en": "Supply by"
    },
    "commitment": {
     "zh": "承诺书",
     "en": "Written promise"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "address": {
     "zh": "中心地址",
     "en": "Address"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {
    "material": {
     "zh": "暂缺的材料",
     "en": "Document"
    },
    "form": {
     "zh": "形式",
     "en": "Form"
    },
    "until": {
     "zh": "补齐期限",
     "en": "By"
    },
    "source": {
     "zh": "从何处取得",
     "en": "Where to get it"
    }
   }
  },
  "correction_notice": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    "(official stamp)",
    "(window stamp)",
    ": for “",
    ": the documents of",
    "Address",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Ask the window or the number below if anything is unclear; complaints go to the supervision number.",
    "Authority",
    "Basis",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Complaints",
    "Complete by",
    "Date",
    "Document or step",
    "Documents received",
    "Documents that the e-document vault or another department can provide are fetched by the window with your consent.",
    "Enquiries",
    "Errors that you can correct at the window are corrected on the spot; nothing needs to be handed in for them.",
    "Everything on this page is digitally signed and can be verified offline.",
    "Everything that is needed",
    "Everything to be corrected",
    "How",
    "ID number",
    "Issued",
    "Item",
    "No.",
    "Notice No.",
    "Notice to Complete the Application",
    "One-time Notice of Requirements",
    "Page",
    "Please complete the application before the date given. Once everything listed is handed in it must be accepted. The time you need is not counted in the period for the decision.",
    "Please note",
    "Reason",
    "Received by",
    "Remark",
    "Replaces",
    "Reprint",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "This is everything that is missing. No other document will be asked for later, unless the law or your situation changes.",
    "This is not an acceptance. Show this paper when you come again; the window scans it and finds this record.",
    "This notice must be given on the spot or within five working days of receipt; otherwise the application counts as accepted on the day of receipt.",
    "What is needed",
    "What is wrong",
    "Where to get it",
    "Why corrected",
    "Window",
    "You are hereby notified.",
    "You may complete it at the window, by post or online; the date of posting or uploading counts.",
    "document(s) or step(s) below. This is the complete list, told once; come back when you have them.",
    "for “",
    "of",
    "point(s).",
    "you are told once everything that must be corrected:",
    "” are incomplete or not in the required form. Under",
    "” you still need the",
    "”申请材料，经审查不齐全或者不符合法定形式。依据",
    "”，还需要准备下列材料或者办理下列手续，共",
    "一次性告知书",
    "上列内容是办理本事项所缺的全部内容；备齐后再次来办，不再要求未列出的材料，法律、法规或者您的情况发生变化的除外。",
    "中心地址",
    "事项名称",
    "从何处取得",
    "代办人",
    "代办人证件号码",
    "依据",
    "出具时间",
    "办件编号",
    "办理窗口",
    "可以在窗口、邮寄或者网上补正；邮寄的以寄出日期、网上的以上传日期为准。",
    "可以由您在窗口当场更正的错误，请直接当场更正，不必另行补交。",
    "告知书编号",
    "告知事项",
    "咨询电话",
    "备注",
    "存在的问题",
    "实施机关",
    "对补正要求有疑问的，请向咨询电话或者窗口提出；认为要求不合法的，可以向监督投诉电话反映。",
    "序号",
    "扫码核验真伪",
    "提交的“",
    "收到材料时间",
    "更正原凭证",
    "更正原因",
    "本告知书不是受理凭证；再次来办时请出示本告知书，窗口可扫码调出本次记录。",
    "本告知书应当当场或者自收到材料之日起五个工作日内作出；逾期未告知的，自收到材料之日起即为受理。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "材料或者手续",
    "核验码",
    "次",
    "演示数据",
    "演示数据，不具有法律效力",
    "特此告知。",
    "申请人",
    "申请人签收",
    "申请材料补正告知书",
    "监督投诉",
    "第",
    "签收日期",
    "经办人",
    "能够通过电子证件库或者部门信息共享取得的材料，经您同意后由窗口代为调取，不必自行提交。",
    "补打 第",
    "补打原因",
    "补正方式",
    "补正期限",
    "补正要求",
    "证件号码",
    "请在“补正期限”之前补正；按照本告知书要求提交全部补正材料的，应当受理。补正所用时间不计入办理期限。",
    "需要准备的全部内容",
    "需要补正的全部内容",
    "页",
    "页 共",
    "项。",
    "项。本窗口已将全部内容一次告知，备齐后即可办理。",
    "（业务专用章）",
    "（受理专用章）",
    "（行政许可专用章）",
    "，现将需要补正的全部内容一次告知如下，共",
    "：您于",
    "：您咨询或者申请办理“"
   ],
   "notices": {
    "one_time_notice": 4,
    "correction_notice": 4
   },
   "parts": {
    "one_time_notice": 1,
    "correction_notice": 1
   },
   "form": null,
   "kinds": {
    "one_time_notice": {
     "zh": "一次性告知书",
     "en": "One-time Notice of Requirements"
    },
    "correction_notice": {
     "zh": "申请材料补正告知书",
     "en": "Notice to Complete the Application"
    }
   },
   "frame": {
    "number": {
     "zh": "告知书编号",
     "en": "Notice No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "received_at": {
     "zh": "收到材料时间",
     "en": "Documents received"
    },
    "basis": {
     "zh": "依据",
     "en": "Basis"
    },
    "complete_until": {
     "zh": "补正期限",
     "en": "Complete by"
    },
    "how": {
     "zh": "补正方式",
     "en": "How"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "supervise": {
     "zh": "监督投诉",
     "en": "Complaints"
    },
    "address": {
     "zh": "中心地址",
     "en": "Address"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {
    "material": {
     "zh": "材料或者手续",
     "en": "Document or step"
    },
    "problem": {
     "zh": "存在的问题",
     "en": "What is wrong"
    },
    "wanted": {
     "zh": "补正要求",
     "en": "What is needed"
    },
    "source": {
     "zh": "从何处取得",
     "en": "Where to get it"
    }
   }
  },
  "document_receipt": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    "(receiving stamp)",
    ": on",
    "Address",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Authority",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Copies",
    "Document",
    "Documents received",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "Form",
    "Give the case number when you ask about progress. This paper can be copied and does not prove identity.",
    "ID number",
    "If anything is missing or not in the required form, you will be told everything at once within five working days of receipt; otherwise the application counts as accepted on the day of receipt.",
    "Issued",
    "Item",
    "Kept or returned",
    "No.",
    "Note",
    "Page",
    "Pages",
    "Please note",
    "Reason",
    "Receipt No.",
    "Receipt for Documents",
    "Received",
    "Remark",
    "Replaces",
    "Reprint",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "Take back originals that were only compared; what is kept is filed or returned after the decision.",
    "This receipt shows that the documents were received. It is neither an acceptance nor a finding that they are in order.",
    "Why corrected",
    "Window",
    "You will be told by",
    "document(s) listed below for “",
    "of",
    "this window received from you the",
    "”.",
    "”提交的下列材料，共",
    "中心地址",
    "事项名称",
    "代办人",
    "代办人证件号码",
    "件。",
    "份数",
    "出具时间",
    "办件编号",
    "办理窗口",
    "告知事项",
    "告知期限",
    "咨询电话",
    "处理",
    "备注",
    "实施机关",
    "序号",
    "形式",
    "扫码核验真伪",
    "收件凭证",
    "收件时间",
    "收件编号",
    "收到您为办理“",
    "收到的材料",
    "更正原凭证",
    "更正原因",
    "本凭证证明收到上列材料，不表示申请已经受理，也不表示材料已经审查合格。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "材料不齐全或者不符合法定形式的，自收到材料之日起五个工作日内一次告知需要补正的全部内容；逾期不告知的，自收到材料之日起即为受理。",
    "材料名称",
    "查询办理情况请提供办件编号。本凭证可以复印，不证明持有人身份。",
    "核验码",
    "次",
    "注明“原件”且核对后退还的，请当场收回；留存的材料在办结后按规定归档或者退还。",
    "演示数据",
    "演示数据，不具有法律效力",
    "申请人",
    "第",
    "经办人",
    "补打 第",
    "补打原因",
    "证件号码",
    "说明",
    "页",
    "页 共",
    "页数",
    "（受理专用章）",
    "（收件专用章）",
    "：本窗口于"
   ],
   "notices": {
    "document_receipt": 4
   },
   "parts": {
    "document_receipt": 1
   },
   "form": {
    "fields": [
     "case_number",
     "centre",
     "clerk",
     "code",
     "department",
     "holder",
     "holder_id",
     "issued_at",
     "item",
     "number",
     "reason",
     "received_at",
     "told_until",
     "window"
    ],
    "columns": [
     "copies",
     "form",
     "handling",
     "material",
     "note",
     "pages"
    ],
    "said": [
     "Reason",
     "Reprint",
     "Sample data",
     "次",
     "演示数据",
     "补打 第",
     "补打原因"
    ]
   },
   "kinds": {
    "document_receipt": {
     "zh": "收件凭证",
     "en": "Receipt for Documents"
    }
   },
   "frame": {
    "number": {
     "zh": "收件编号",
     "en": "Receipt No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "received_at": {
     "zh": "收件时间",
     "en": "Received"
    },
    "told_until": {
     "zh": "告知期限",
     "en": "You will be told by"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "address": {
     "zh": "中心地址",
     "en": "Address"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {
    "material": {
     "zh": "材料名称",
     "en": "Document"
    },
    "form": {
     "zh": "形式",
     "en": "Form"
    },
    "copies": {
     "zh": "份数",
     "en": "Copies"
    },
    "pages": {
     "zh": "页数",
     "en": "Pages"
    },
    "handling": {
     "zh": "处理",
     "en": "Kept or returned"
    },
    "note": {
     "zh": "说明",
     "en": "Note"
    }
   }
  },
  "refusal_notice": {
   "version": 1,
   "said": [
    "(acceptance stamp)",
    "(official stamp)",
    ". Under",
    ": your application of",
    "Address",
    "Agent",
    "Agent's ID",
    "Applicant",
    "Applied",
    "Authority",
    "Basis",
    "Case No.",
    "Check code",
    "Clerk No.",
    "Complaints",
    "Court",
    "Date",
    "Enquiries",
    "Everything on this page is digitally signed and can be verified offline.",
    "ID number",
    "If you disagree you may apply for administrative review to the body named below within sixty days of receiving this notice, or bring an action before the people's court within six months, unless the law provides otherwise.",
    "Issued",
    "Item",
    "No.",
    "Notice No.",
    "Notice of Non-acceptance",
    "Page",
    "Please note",
    "Reason",
    "Received by",
    "Remark",
    "Replaces",
    "Reprint",
    "Review body",
    "Sample data",
    "Sample data, without legal effect",
    "Scan to verify",
    "The originals you handed in are returned with this notice. You may apply again when circumstances change.",
    "This paper can be copied and does not prove identity.",
    "Where to apply",
    "Why corrected",
    "Window",
    "You are hereby notified.",
    "You may apply to the body named under “Where to apply”; if the matter is not within our powers, this window will show you the way.",
    "for “",
    "it is not accepted.",
    "of",
    "” was examined:",
    "”申请，经审查，",
    "。依据",
    "不予受理的理由",
    "不予受理通知书",
    "中心地址",
    "事项名称",
    "代办人",
    "代办人证件号码",
    "依据",
    "出具时间",
    "办件编号",
    "办理窗口",
    "告知事项",
    "咨询电话",
    "备注",
    "复议机关",
    "实施机关",
    "对本决定不服的，可以自收到本通知书之日起六十日内向“复议机关”一栏所列机关申请行政复议，也可以自收到本通知书之日起六个月内依法向人民法院提起行政诉讼；法律另有规定的，从其规定。",
    "序号",
    "应当向何处提出",
    "您可以向“应当向何处提出”一栏所列单位申请；不属于本机关职权范围的，本窗口可以当场指引。",
    "您提交的材料原件随本通知书退还。情况发生变化或者补齐条件后，可以重新申请。",
    "扫码核验真伪",
    "提出的“",
    "更正原凭证",
    "更正原因",
    "本通知书可以复印，不证明持有人身份。",
    "本页全部内容已数字签名，扫码可离线核验。",
    "核验码",
    "次",
    "演示数据",
    "演示数据，不具有法律效力",
    "特此通知。",
    "申请人",
    "申请人签收",
    "申请时间",
    "监督投诉",
    "第",
    "签收日期",
    "管辖法院",
    "经办人",
    "补打 第",
    "补打原因",
    "证件号码",
    "通知书编号",
    "页",
    "页 共",
    "（受理专用章）",
    "（行政许可专用章）",
    "，决定不予受理。",
    "：您于"
   ],
   "notices": {
    "refusal_notice": 4
   },
   "parts": {
    "refusal_notice": 1
   },
   "form": null,
   "kinds": {
    "refusal_notice": {
     "zh": "不予受理通知书",
     "en": "Notice of Non-acceptance"
    }
   },
   "frame": {
    "number": {
     "zh": "通知书编号",
     "en": "Notice No."
    },
    "issued_at": {
     "zh": "出具时间",
     "en": "Issued"
    },
    "sequence": {
     "zh": "序号",
     "en": "No."
    },
    "code": {
     "zh": "核验码",
     "en": "Check code"
    },
    "scan": {
     "zh": "扫码核验真伪",
     "en": "Scan to verify"
    },
    "notices": {
     "zh": "告知事项",
     "en": "Please note"
    },
    "stamp": {
     "zh": "（受理专用章）",
     "en": "(acceptance stamp)"
    },
    "demo": {
     "zh": "演示数据",
     "en": "Sample data"
    },
    "demo_note": {
     "zh": "演示数据，不具有法律效力",
     "en": "Sample data, without legal effect"
    },
    "reprint": {
     "zh": "补打 第 {n} 次",
     "en": "Reprint {n}"
    },
    "reason": {
     "zh": "补打原因",
     "en": "Reason"
    },
    "replaces": {
     "zh": "更正原凭证",
     "en": "Replaces"
    },
    "correction": {
     "zh": "更正原因",
     "en": "Why corrected"
    },
    "page": {
     "zh": "第 {page} 页 共 {pages} 页",
     "en": "Page {page} of {pages}"
    },
    "signed": {
     "zh": "本页全部内容已数字签名，扫码可离线核验。",
     "en": "Everything on this page is digitally signed and can be verified offline."
    }
   },
   "words": {
    "holder": {
     "zh": "申请人",
     "en": "Applicant"
    },
    "holder_id": {
     "zh": "证件号码",
     "en": "ID number"
    },
    "agent": {
     "zh": "代办人",
     "en": "Agent"
    },
    "agent_id": {
     "zh": "代办人证件号码",
     "en": "Agent's ID"
    },
    "item": {
     "zh": "事项名称",
     "en": "Item"
    },
    "department": {
     "zh": "实施机关",
     "en": "Authority"
    },
    "case_number": {
     "zh": "办件编号",
     "en": "Case No."
    },
    "applied_at": {
     "zh": "申请时间",
     "en": "Applied"
    },
    "reason_told": {
     "zh": "不予受理的理由",
     "en": "Reason"
    },
    "basis": {
     "zh": "依据",
     "en": "Basis"
    },
    "go_to": {
     "zh": "应当向何处提出",
     "en": "Where to apply"
    },
    "review_body": {
     "zh": "复议机关",
     "en": "Review body"
    },
    "court": {
     "zh": "管辖法院",
     "en": "Court"
    },
    "window": {
     "zh": "办理窗口",
     "en": "Window"
    },
    "clerk": {
     "zh": "经办人",
     "en": "Clerk No."
    },
    "telephone": {
     "zh": "咨询电话",
     "en": "Enquiries"
    },
    "supervise": {
     "zh": "监督投诉",
     "en": "Complaints"
    },
    "address": {
     "zh": "中心地址",
     "en": "Address"
    },
    "remark": {
     "zh": "备注",
     "en": "Remark"
    }
   },
   "item_words": {}
  }
 },
 "dictionary": "5oi35Y+j6L+B56e75a6h5om5IOWHuueUn+eZu+iusCDmrbvkuqHnmbvorrAg5Y+Y5pu05pu05q2j55m76K6wIOWxheawkei6q+S7veivgemmluasoeeUs+mihiDlsYXmsJHouqvku73or4HmjaLpooYg5bGF5rCR6Lqr5Lu96K+B6KGl6aKGIOS4tOaXtuWxheawkei6q+S7veivgSDlsYXkvY/or4Hnrb7ms6gg5bGF5L2P55m76K6wIOacuuWKqOi9pumpvumptuivgSDlh7rlhaXlooPor4Hku7Yg5b6A5p2l5riv5r6z6YCa6KGM6K+BIOaXoOeKr+e9quiusOW9leivgeaYjuacgOS9jueUn+a0u+S/nemanCDnibnlm7DkurrlkZjmlZHliqnkvpvlhbsg5Li05pe25pWR5YqpIOmrmOm+hOa0pei0tCDogIHlubTkvJjlvoXor4Eg5ama5ae755m76K6wIOe7k+WpmueZu+iusCDnprvlqZrnmbvorrAg5pS25YW755m76K6wIOWtpOWEv+WfuuacrOeUn+a0u+S/nemanCDnpL7kvJrmlZHliqkg5q6h6JGs6KGl6LS0IOWbsOWig+WEv+erpeaui+eWvuS6uuivgeaWsOWKniDmrovnlr7kurror4HmjaLpooYg5q6L55a+5Lq66K+B5Y+Y5pu0IOi+heWKqeWZqOWFtyDlurflpI3mlZHliqkg5q6L55a+5Lq65bCx5LiaIOacuuWKqOi9ruakhei9pueHg+ayueihpei0tCDlm7Dpmr7mrovnlr7kurrnlJ/mtLvooaXotLQg6YeN5bqm5q6L55a+5Lq65oqk55CG6KGl6LS05Z+O5Lmh5bGF5rCR5Z+65pys5YW76ICB5L+d6Zmp5Y+C5L+d55m76K6wIOWfjuS5oeWxheawkeWfuuacrOWMu+eWl+S/nemZqeWPguS/neeZu+iusCDngbXmtLvlsLHkuJrkurrlkZgg5aSx5Lia55m76K6wIOWwseS4muWbsOmavuS6uuWRmOiupOWumiDlsLHkuJrliJvkuJror4Eg56S+5Lya5L+d6Zqc5Y2hIOW8guWcsOWwseWMu+Wkh+ahiCDnlJ/ogrLkv53pmanlvoXpgYcg6YCA5LyR55Sz6K+3IOWFu+iAgeW+hemBh+i1hOagvOiupOivgeWFrOWFseenn+i1geS9j+aIvyDkvY/miL/lhaznp6/ph5Hmj5Dlj5Yg5LiN5Yqo5Lqn55m76K6wIOS4quS9k+W3peWVhuaIt+iuvueri+eZu+iusCDpo5/lk4Hnu4/okKXorrjlj68g6JCl5Lia5omn54WnIOWNq+eUn+iuuOWPr+ivgSDkuYnliqHmlZnogrLlhaXlraYg6aKE6Ziy5o6l56eNIOWGjeeUn+iCsuWuoeaJuSDmtYHliqjkurrlj6Mg5rOV5b6L5o+05YqpIOWFrOivgSDnqI7liqHnmbvorrAg6YCA5b255Yab5Lq65LyY5b6F6K+BSG91c2Vob2xkIHJlZ2lzdHJhdGlvbiBSZXNpZGVuY2UgcGVybWl0IFNlbmlvciBjaXRpemVuIGNhcmQgRGlzYWJpbGl0eSBzdWJzaWR5IGFwcGxpY2F0aW9uIGZpcnN0IGFwcGxpY2F0aW9uIERlcGFydG1lbnQgb2YgQ2l2aWwgQWZmYWlycyBQdWJsaWMgU2VjdXJpdHkgQnVyZWF1IERpc2FibGVkIFBlcnNvbnMnIEZlZGVyYXRpb24gU29jaWFsIFNlY3VyaXR5IE1lZGljYWwgSW5zdXJhbmNlU2VydmljZSBDZW50cmUgU3ViZGlzdHJpY3QgYWNjZXB0ZWQgd29ya2luZyBkYXlzIHN1Ym1pdHRlZCByZWZ1c2VkIHdhaXRpbmcgZm9yIHJldmlldyBudW1iZXIgcmVjZWlwdOihl+mBk+S+v+awkeacjeWKoeS4reW/gyDnpL7ljLrmnI3liqHnq5kg5pS/5Yqh5pyN5Yqh5aSn5Y6FIOe7vOWQiOeql+WPoyDooYzmlL/lrqHmibnlsYAg5Y2r55Sf5YGl5bq35bGAIOaVmeiCsuWxgCDlj7jms5XlsYAg56iO5Yqh5bGAIOW4guWcuuebkeedo+euoeeQhuWxgCDkvY/miL/lkozln47kuaHlu7rorr7lsYAg6Ieq54S26LWE5rqQ5bGAIOmAgOW9ueWGm+S6uuS6i+WKoeWxgCDkurrlipvotYTmupDlkoznpL7kvJrkv53pmpzlsYAg5Yy755aX5L+d6Zqc5bGAIOaui+eWvuS6uuiBlOWQiOS8miDmsJHmlL/lsYAg5YWs5a6J5bGAIOa0vuWHuuaJgOivt+ihpeato+S4i+WIl+adkOaWmSDooaXmiZMg5omT5Y2w5py65pWF6ZqcIOeUs+ivt+S6uumBl+WksSDmsaHmjZ8g55Sz6K+35p2Q5paZ6b2Q5YWo77yM56ym5ZCI5rOV5a6a5b2i5byP77yM5Yaz5a6a5LqI5Lul5Y+X55CG44CCIOS4gOasoeaAp+WRiuefpSDkuI3kuojlj5fnkIYg5a6557y65Y+X55CGIOmihuWPliDouqvku73or4Eg5oi35Y+j57C/IOeUs+ivt+ihqCDlp5TmiZjkuaYg54Wn54mHIOivgeaYjuW3suWPl+eQhiDlt7Lmj5DkuqQg5b6F6KGl5q2jIOacquWPl+eQhiDooqvpgIDlm54g5a6h5qC45LitIOW3suWKnue7kyDkuKroh6rnhLbml6Ug5Liq5bel5L2c5pelIOWNs+aXtuWKnue7kyDlvZPlnLrlip7nu5MgMzAg5Liq5bel5L2c5pelIDIwIOS4quW3peS9nOaXpSAxNSDkuKrlt6XkvZzml6UgMTAg5Liq5bel5L2c5pelIDUg5Liq5bel5L2c5pelIDYwIOaXpSA3IOaXpeaVrOiAgeWNoeeUs+mihiDmrovnlr7kurrkuKTpobnooaXotLTnlLPor7cg5bGF5L2P6K+B6aaW5qyh55Sz5YqeIOekuuS+i+ecgeekuuS+i+W4guW5uOemj+WMuuawkeaUv+WxgCDlubjnpo/ljLrlhazlronliIblsYAg5bm456aP5Yy65q6L55a+5Lq66IGU5ZCI5LyaIOekuuS+i+W4guW5uOemj+WMuue7vOWQiOS+v+awkeacjeWKoeS4reW/gyDlubjnpo/ljLrmlL/liqHmnI3liqHkuK3lv4Mg5ryU56S65pWw5o2ucWFjY2VwdGFuY2Vfbm90aWNlb29uZV90aW1lX25vdGljZXBtYXRlcmlhbF9yZWNlaXB0aGRlY2lzaW9uaWFwcGxpY2FudGVhZ2VudGdtaXNzaW5nZ2NvbnRhY3RpdGVsZXBob25lZnBpY2t1cGdhZGRyZXNzamxlZ2FsX25vdGVlYmFzaXNmcmVtYXJreB0yMDI2LTExLTIxIDEwOjMwaDIwMjcwMTMxaDIwMjgtMDktZjIwMjctMGZHQTIwMjZmTVoyMDI2ZkNMMjAyNlYyMDI2MTEyMS0wMy0wMDAxLTFWMjAyNjExMjEtMDEtMDAwMi0yOgABEXKCcGNvbWJpbmVkX3JlY2VpcHQBOgABEXOCAGA6AAERcYhwY29tYmluZWRfcmVjZWlwdHFWMjAyNjExMjEtMDMtMDAwMXgz56S65L6L55yB56S65L6L5biC5bm456aP5Yy657u85ZCI5L6/5rCR5pyN5Yqh5Lit5b+DAPWKZndpbmRvd2IwM2VjbGVya2dXMDMtMDE3ZmhvbGRlcmTlvKAqaWhvbGRlcl9pZG45OTAxMDEqKioqKioqKmV2aXNpdHBWMjAyNjExMjEtMDMtMDAwh2RpdGVtamRlcGFydG1lbnRvYWNjZXB0ZWRfbnVtYmVya2FjY2VwdGVkX2F0Z3Byb21pc2VrY2FzZV9udW1iZXJlc3RhdGWDh28yMDI2LTExLTIxIDEwOjNvMzAg5Liq5bel5L2c5pelclYyMDI2MTEyMS0wMy0wMDAxLWnlt7Llj5fnkIZp5bey5o+Q5Lqk"
};
