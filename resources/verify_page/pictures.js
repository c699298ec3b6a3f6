// Symbols out of photos, camera pictures and PDF files, on this device: zxing compiled to WebAssembly, nothing fetched.
"use strict";
globalThis.OneWindow ??= {};
{
  const LARGEST = 40 << 20;
  const WIDEST = 3200;
  const QR = { formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 8, textMode: "Plain" };
  const QUICK = { ...QR, tryHarder: false, tryInvert: false };

  const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const unpacked = async (bytes, format) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format))).arrayBuffer());

  let ready;
  function reader() {
    ready ??= (async () => {
      const wasmBinary = (await unpacked(bytesOf(OneWindow.zxingWasm), "gzip")).buffer;
      await ZXingWASM.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
    })();
    return ready;
  }

  // Texts in a picture's pixels.
  async function textsIn(pixels, options = QR) {
    await reader();
    const found = await ZXingWASM.readBarcodes(pixels, options);
    return [...new Set(found.filter((each) => each.isValid).map((each) => each.text))];
  }

  function pixelsOf(image, scale, filter, canvas = document.createElement("canvas")) {
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    brush.fillStyle = "#fff"; // transparent is paper, not ink
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.filter = filter;
    brush.imageSmoothingQuality = "high";
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    return brush.getImageData(0, 0, canvas.width, canvas.height);
  }

  // As it is first; smaller, larger, softer and harder only when nothing was found.
  async function textsInImage(image) {
    const most = Math.min(1, WIDEST / Math.max(image.width, image.height));
    const ways = [[1, "none"], [0.5, "none"], [1, "grayscale(1) contrast(2.2)"], [1, "blur(1px) contrast(1.6)"], [2, "none"], [2, "contrast(1.8)"], [1, "blur(2px) contrast(2)"], [0.33, "none"]];
    for (const [times, filter] of ways) {
      const scale = most * times;
      if (scale * Math.max(image.width, image.height) > 2 * WIDEST) continue;
      const found = await textsIn(pixelsOf(image, scale, filter));
      if (found.length) return found;
    }
    return [];
  }

  class FileWrong extends Error {
    constructor(code) {
      super(code);
      this.code = code;
    }
  }

  const latin = new TextDecoder("latin1");

  // {texts, image, pdf} of a file. `pdf`: what a PDF says and carries (pdf.js). `image` is what the person sees beside the answer; null for a file without a picture.
  async function readFile(file) {
    if (file.size > LARGEST) throw new FileWrong("FILE_TOO_LARGE");
    if (!file.size) throw new FileWrong("FILE_UNREADABLE");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const head = latin.decode(bytes.subarray(0, 1024));
    if (head.includes("%PDF-")) return { ...(await readPdf(bytes)), pdf: await OneWindow.pdf.read(bytes) };
    if (/^(https:\/\/|GV\d)/.test(head.trimStart().replace(/^\u00ef\u00bb\u00bf/, ""))) return { texts: new TextDecoder().decode(bytes).split(/\r?\n/), image: null };
    const image = await imageOf(new Blob([bytes]));
    if (!image) throw new FileWrong("FILE_UNREADABLE");
    if (image.width * image.height > 120e6) throw new FileWrong("FILE_TOO_LARGE");
    return { texts: await textsInImage(image), image };
  }

  const imageOf = (blob) => createImageBitmap(blob).catch(() => null);

  // The symbol of a PDF, wherever it is drawn: photographs and scans in it are JPEG streams, and our own papers draw the symbol as
  // strokes, older ones as filled shapes. Enough for a voucher; anything else is told apart by finding nothing.
  async function readPdf(bytes) {
    const text = latin.decode(bytes);
    const found = new Set();
    let shown = null;
    for (const stream of streamsOf(text, bytes)) {
      let image = null;
      if (/\/DCTDecode/.test(stream.dict) && /\/Image/.test(stream.dict)) image = await imageOf(new Blob([stream.data]));
      else if (!/\/(Image|XRef|ObjStm|FontFile|Metadata|Length1)\b/.test(stream.dict)) image = await drawn(stream);
      if (!image || image.width * image.height > 120e6) continue;
      const texts = image.symbol ? await textsIn(pixelsOf(image.symbol, 1, "none")) : await textsInImage(image);
      if (texts.length) shown ??= image.symbol ?? image;
      texts.forEach((each) => found.add(each));
      if (found.size > 8) break;
    }
    return { texts: [...found], image: shown };
  }

  function* streamsOf(text, bytes) {
    const opening = /stream\r?\n/g;
    for (let match; (match = opening.exec(text)); ) {
      if (text.slice(match.index - 3, match.index) === "end") continue;
      const start = match.index + match[0].length;
      const end = text.indexOf("endstream", start);
      if (end < 0) return;
      const from = text.lastIndexOf(" obj", match.index);
      yield { dict: text.slice(Math.max(from, match.index - 4000), match.index), data: bytes.subarray(start, end) };
      opening.lastIndex = end;
    }
  }

  async function inflated(data) {
    // A stream's data may have a line end behind it, which a strict inflater calls an error after all bytes are out.
    for (const cut of [0, 1, 2]) {
      try {
        return await unpacked(data.subarray(0, data.length - cut), "deflate");
      } catch {
        continue;
      }
    }
    return null;
  }

  // The filled shapes and straight strokes of a content stream, drawn black on white as boxes: all a symbol is.
  async function drawn({ dict, data }) {
    const wrap = /\/ASCII(?:85|Hex)Decode/.exec(dict);
    if (wrap) {
      const { unwrapped, lettersOf, bytesOf } = OneWindow.pdf;
      const letters = unwrapped(lettersOf(data), wrap[0]);
      if (letters === null) return null;
      data = bytesOf(letters);
    }
    const plain = /\/FlateDecode/.test(dict) ? await inflated(data) : data;
    if (!plain || plain.length > 8 << 20) return null;
    const boxes = alike(shapes(latin.decode(plain)));
    if (boxes.length < 200) return null; // a symbol has hundreds of dark places
    const [left, right] = [Math.min(...boxes.map((b) => b[0])), Math.max(...boxes.map((b) => b[2]))];
    const [bottom, top] = [Math.min(...boxes.map((b) => b[1])), Math.max(...boxes.map((b) => b[3]))];
    const scale = Math.min(2400 / Math.max(right - left, top - bottom, 1), 12);
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil((right - left) * scale) + 80;
    canvas.height = Math.ceil((top - bottom) * scale) + 80;
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.fillStyle = "#000";
    for (const [x, y, u, v] of boxes) brush.fillRect((x - left) * scale + 40, (top - v) * scale + 40, (u - x) * scale + 0.4, (v - y) * scale + 0.4);
    return { width: canvas.width, height: canvas.height, symbol: canvas };
  }

  // The symbol's rows are all of one height; lines and frames beside it are of others, and would only make it smaller.
  function alike(boxes) {
    const heights = new Map();
    const height = ([, bottom, , top]) => Math.round((top - bottom) * 50);
    for (const box of boxes) heights.set(height(box), (heights.get(height(box)) ?? 0) + 1);
    const [most, count] = [...heights].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0]);
    return count * 2 > boxes.length ? boxes.filter((box) => Math.abs(height(box) - most) < 2) : boxes;
  }

  function shapes(content) {
    const boxes = [];
    const stack = [];
    let matrix = [1, 0, 0, 1, 0, 0];
    let [dark, darkStroke, thick] = [true, true, 1];
    let path = [];
    let box = null;
    let strokes = []; // the straight steps of the path, as boxes as thick as the line
    let [from, first] = [null, null];
    const numbers = [];
    const at = (x, y) => [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]];
    const grow = (x, y) => {
      const [u, v] = at(x, y);
      box = box ? [Math.min(box[0], u), Math.min(box[1], v), Math.max(box[2], u), Math.max(box[3], v)] : [u, v, u, v];
    };
    const close = () => {
      if (box && box[2] > box[0] && box[3] > box[1]) path.push(box);
      box = null;
    };
    const step = (to) => {
      const flat = from && from[1] === to[1];
      if (flat || (from && from[0] === to[0])) {
        const [across, along] = flat ? [0, thick / 2] : [thick / 2, 0];
        const [[x, y], [u, v]] = [at(Math.min(from[0], to[0]) - across, Math.min(from[1], to[1]) - along), at(Math.max(from[0], to[0]) + across, Math.max(from[1], to[1]) + along)];
        strokes.push([Math.min(x, u), Math.min(y, v), Math.max(x, u), Math.max(y, v)]);
      }
      from = to;
    };
    const painted = (filled, stroked) => {
      close();
      if (filled && dark) boxes.push(...path);
      if (stroked && darkStroke) boxes.push(...strokes);
      path = [];
      strokes = [];
      from = null;
    };
    const inked = (given) => given.length === 0 || given.reduce((sum, each) => sum + each, 0) / given.length < 0.5;
    const acts = {
      q: () => stack.push([matrix, dark, darkStroke, thick]),
      Q: () => ([matrix, dark, darkStroke, thick] = stack.pop() ?? [matrix, dark, darkStroke, thick]),
      w: ([width]) => (thick = width),
      cm: ([a, b, c, d, e, f]) => {
        const m = matrix;
        matrix = [m[0] * a + m[2] * b, m[1] * a + m[3] * b, m[0] * c + m[2] * d, m[1] * c + m[3] * d, m[0] * e + m[2] * f + m[4], m[1] * e + m[3] * f + m[5]];
      },
      re: ([x, y, w, h]) => {
        close();
        grow(x, y);
        grow(x + w, y + h);
        close();
      },
      m: ([x, y]) => {
        close();
        grow(x, y);
        first = from = [x, y];
      },
      l: ([x, y]) => {
        grow(x, y);
        step([x, y]);
      },
      h: () => {
        close();
        if (from) step(first);
      },
      f: () => painted(true, false), "f*": () => painted(true, false), F: () => painted(true, false),
      B: () => painted(true, true), b: () => painted(true, true),
      S: () => painted(false, true), s: () => painted(false, true),
      n: () => painted(false, false),
      g: ([level]) => (dark = level < 0.5),
      G: ([level]) => (darkStroke = level < 0.5),
      rg: ([r, g, b]) => (dark = r + g + b < 1.5),
      RG: ([r, g, b]) => (darkStroke = r + g + b < 1.5),
      k: ([, , , black]) => (dark = black > 0.5),
      K: ([, , , black]) => (darkStroke = black > 0.5),
      sc: (given) => (dark = inked(given)), scn: (given) => (dark = inked(given)),
      SC: (given) => (darkStroke = inked(given)), SCN: (given) => (darkStroke = inked(given)),
    };
    for (const token of content.match(/\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>|[^\s\[\]()<>]+/g) ?? []) {
      const number = Number(token);
      if (token !== "" && !Number.isNaN(number)) numbers.push(number);
      else {
        acts[token]?.(numbers.slice(-6));
        numbers.length = 0;
      }
      if (boxes.length > 60000) break;
    }
    return boxes;
  }

  OneWindow.pictures = { readFile, textsIn, textsInImage, pixelsOf, reader, FileWrong, QUICK };
}
