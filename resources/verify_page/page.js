// The page itself: what a person gives goes in, the answer in words comes out. It asks nobody and stores only how new
// the lists were that it saw, so that an older list can be told apart later.
"use strict";
{
  const { judgement, trust: trusts, pictures, drawing, words, lists } = OneWindow;
  const find = (id) => document.getElementById(id);
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const now = () => Math.floor(Date.now() / 1000);
  const ALARMS = new Set(["host_unknown", "log_proof_wrong", "status_rollback", "text_unreadable", "seal_unjudged"]);
  let language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
  let store = null;
  try {
    store = globalThis.localStorage;
  } catch {
    store = null; // some browsers give a file of the disk no memory
  }
  const ground = { trust: null, statuses: null, memory: new judgement.Memory(store), dictionary: bytesOf(words.dictionary), files: [], unproven: false };
  let shown = null; // the last verdict, drawn anew when the language changes
  let camera = null;
  let turn = 0; // what a slower, earlier question brings is not shown any more

  function say(key, values = {}) {
    const text = words.texts[language][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
  }

  // ---- the lists this page believes ----

  async function takeTrust(bytes) {
    const read = await trusts.readTrust(bytes);
    if (ground.trust && (read.realm !== ground.trust.realm || read.version < ground.trust.version)) throw new trusts.TrustWrong("other_realm_or_older");
    ground.trust = read;
    ground.unproven = false;
    ground.statuses = await trusts.readStatuses(ground.files, read);
  }

  async function start() {
    try {
      if (lists.trust) await takeTrust(bytesOf(lists.trust));
    } catch (wrong) {
      if (!(wrong instanceof trusts.TrustWrong)) throw wrong;
      ground.unproven = true;
    }
    ground.files = lists.status.map(bytesOf);
    if (ground.trust) ground.statuses = await trusts.readStatuses(ground.files, ground.trust);
  }

  // A list that was dropped on the page: true when the bytes were one, whether it was taken or not.
  async function takeList(bytes) {
    const head = new TextDecoder("latin1").decode(bytes.subarray(0, 64));
    if (head.includes("onewindow-trust-1")) {
      let key = "page.trust.taken";
      try {
        await takeTrust(bytes);
      } catch (wrong) {
        if (!(wrong instanceof trusts.TrustWrong)) throw wrong;
        key = "page.trust.refused";
      }
      tell("waiting", say(key), "");
      return true;
    }
    if (!(bytes[0] === 0x83 && bytes[1] === 0x19 && bytes[2] === 0xfd && bytes[3] === 0xf4) || !ground.trust) return false; // [65012, …
    ground.files.push(bytes);
    const before = ground.statuses?.refused ?? 0;
    ground.statuses = await trusts.readStatuses(ground.files, ground.trust);
    const words = ground.statuses.refused > before ? "verdict.note.status_refused" : "page.status.taken";
    tell("waiting", say(words), "");
    return true;
  }

  // ---- asking and answering ----

  async function ask(texts, image = null, reached = null, pdf = null) {
    const mine = ++turn;
    let verdict;
    if (ground.unproven && !ground.trust) verdict = { ...judgement.EMPTY, code: "TRUST_LIST_UNPROVEN" };
    else if (pdf) verdict = await judgement.verifyPdf(texts, pdf, { ...ground, now: now(), proof: null }, reached);
    else verdict = await judgement.verify(texts, { ...ground, now: now(), proof: null }, reached);
    if (mine === turn) answer(verdict, image);
  }

  function answer(verdict, image) {
    shown = { verdict, image };
    draw();
    document.documentElement.dataset.code = verdict.code; // what a test, or a person's script, waits for
    find("answer").scrollIntoView({ block: "start", behavior: "instant" });
  }

  function refuse(code, image = null) {
    turn += 1;
    answer({ ...judgement.EMPTY, code }, image);
  }

  function tell(kind, title, more) {
    find("answer").dataset.class = kind;
    find("verdict-class").textContent = title;
    find("verdict-words").textContent = more;
    find("verdict-notes").replaceChildren();
    find("verdict-code").textContent = "";
    drawBasis();
  }

  function draw() {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("page.title");
    for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
    drawBasis();
    find("again").hidden = !shown;
    document.body.classList.toggle("answered", Boolean(shown));
    find("beside").hidden = !shown?.verdict.voucher;
    if (!shown) return tell("waiting", say("page.waiting"), say("page.waiting.more"));
    const { verdict, image } = shown;
    const kind = words.codes[verdict.code].class;
    tell(kind, say(`verdict.class.${kind}`), say(`verdict.${verdict.code}`));
    const notes = verdict.notes.map((note) => drawing.el("li", ALARMS.has(note) ? "alarm" : "", say(`verdict.note.${note}`)));
    for (const each of verdict.mismatches ?? []) notes.push(drawing.el("li", "alarm", mismatchWords(verdict, each)));
    if (image && verdict.voucher) notes.push(drawing.el("li", "", say("page.compare")));
    if (verdict.replaces) notes.push(drawing.el("li", "", say("page.replaces", { number: verdict.replaces })));
    if (verdict.replacedBy) notes.push(drawing.el("li", "alarm", say("page.replaced_by", { number: verdict.replacedBy })));
    find("verdict-notes").replaceChildren(...notes);
    find("verdict-code").textContent = [verdict.code, verdict.detail].filter(Boolean).join(" · ");
    find("voucher").replaceChildren(...(verdict.voucher ? drawing.voucher(verdict, language, say) : []));
    find("picture-side").hidden = !image;
    if (image) pictures.pixelsOf(image, Math.min(1, 1400 / Math.max(image.width, image.height)), "none", find("picture"));
  }

  function mismatchWords({ voucher }, { place, signed, seen }) {
    if (place === "page.added") return say("page.added", { seen });
    const layout = words.layouts[voucher.layout] ?? {};
    const [, row, key] = /^items\.(\d+)(?:\.(.+))?$/.exec(place) ?? [null, "", place];
    const label = (layout.item_words?.[key] ?? layout.words?.[key] ?? layout.frame?.[key])?.[language] ?? say(`page.place.${key ?? "item"}`);
    return say("page.differs", { label: row ? `${row} · ${label}` : label, signed });
  }

  function drawBasis() {
    const day = (seconds) => drawing.clock(seconds);
    const age = (seconds) => say("page.age", { days: Math.max(0, Math.floor((now() - seconds) / 86400)) });
    const lines = [];
    const { trust } = ground;
    if (trust) {
      lines.push(`${say("page.trust", { version: trust.version, issued: day(trust.issued), expires: day(trust.expires) })} (${age(trust.issued)})`);
      lines.push(say("page.root", { name: `${trust.root.name} · ${trust.realm.slice(0, 16)}` }));
      const here = location.protocol.startsWith("http") ? location.host : "";
      if (here && !trust.hosts.includes(here)) lines.push(say("page.unsigned_host"));
    } else lines.push(say(ground.unproven ? "verdict.TRUST_LIST_UNPROVEN" : "page.trust.none"));
    const verdict = shown?.verdict;
    if (verdict?.statusIssued) lines.push(`${say("page.status", { version: verdict.statusVersion, issued: day(verdict.statusIssued) })} (${age(verdict.statusIssued)})`);
    else if (verdict?.code === "VALID_NO_STATUS") lines.push(say("page.status.none"));
    find("basis-lines").replaceChildren(...lines.map((line) => drawing.el("li", "", line)));
  }

  // ---- the ways in ----

  async function takeFile(file) {
    tell("working", say("page.working"), "");
    const head = new Uint8Array(await file.slice(0, 4 << 20).arrayBuffer());
    if (file.size <= 4 << 20 && (await takeList(head))) return;
    try {
      const { texts, image, pdf } = await pictures.readFile(file);
      if (texts.length) await ask(texts, image, null, pdf ?? null);
      else refuse("NO_QR_FOUND", image);
    } catch (wrong) {
      if (!(wrong instanceof pictures.FileWrong)) throw wrong;
      refuse(wrong.code);
    }
  }

  async function openCamera() {
    try {
      camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } }, audio: false });
    } catch {
      tell("cannot-tell", say("verdict.class.cannot-tell"), say("page.camera.none"));
      return;
    }
    find("finder").hidden = false;
    const video = find("video");
    video.srcObject = camera;
    await video.play();
    const watched = camera;
    while (camera === watched) {
      const image = { width: video.videoWidth, height: video.videoHeight };
      if (image.width) {
        const frame = await createImageBitmap(video);
        const texts = await pictures.textsIn(pictures.pixelsOf(frame, 1, "none"));
        if (texts.length && camera === watched) {
          closeCamera();
          await ask(texts, frame);
          return;
        }
      }
      await new Promise((done) => setTimeout(done, 120));
    }
  }

  function closeCamera() {
    camera?.getTracks().forEach((track) => track.stop());
    camera = null;
    find("video").srcObject = null;
    find("finder").hidden = true;
  }

  function fromAddress() {
    // The fragment never reaches a server; the voucher is judged exactly as if the symbol had been scanned.
    const digits = /^#[0-9]/.test(location.hash);
    const reached = location.protocol.startsWith("http") ? location.host : "";
    if (digits) ask([`https://page.invalid/${location.hash}`], null, reached);
    return Boolean(digits);
  }

  function listen() {
    find("language").addEventListener("click", () => {
      language = language === "zh" ? "en" : "zh";
      draw();
    });
    find("file").addEventListener("change", (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      if (file) takeFile(file);
    });
    find("camera").addEventListener("click", openCamera);
    find("close-camera").addEventListener("click", closeCamera);
    find("typed").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = find("text").value;
      find("text").value = "";
      if (text.trim()) ask([text]);
    });
    find("again").addEventListener("click", () => {
      shown = null;
      turn += 1;
      delete document.documentElement.dataset.code;
      history.replaceState(null, "", location.pathname + location.search);
      draw();
      find("text").focus();
    });
    globalThis.addEventListener("hashchange", fromAddress);
    for (const name of ["dragover", "dragenter"])
      document.addEventListener(name, (event) => {
        event.preventDefault();
        document.body.classList.add("over");
      });
    document.addEventListener("dragleave", () => document.body.classList.remove("over"));
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      document.body.classList.remove("over");
      const [file] = event.dataTransfer.files;
      if (file) takeFile(file);
    });
    document.addEventListener("paste", (event) => {
      const [file] = event.clipboardData.files;
      if (file) takeFile(file);
    });
  }

  (async () => {
    listen();
    await start();
    draw();
    fromAddress();
    document.documentElement.dataset.ready = "yes";
  })();
}
