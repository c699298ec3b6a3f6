"""The verifying page as a folder anybody may put on any web server, a USB stick or a telephone (laws I5, I10).

`resources/verify_page` is the page itself; what it says (texts, labels, answers) is written into `words.js` and whom it
believes into `lists.js`, so that the page asks nobody for anything, not even its own server: it works from a disk.
The trust list and status lists lie beside it as files too, for other verifiers.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import resources
from printing import inquiry, layout, statement, trust, vocabulary
from printing.files import write_private
from printing.status import StatusLists
from printing.trust import TrustList

TEXTS: Final = ("page.", "verdict.")
FOLDER: Final = "verify-page"
ZXING: Final = "zxing-wasm"
_HEAD: Final = (
    '// Written by `onewindow voucher page`; changes here are lost.\n"use strict";\nglobalThis.OneWindow ??= {};\n'
)
_ELSEWHERE: Final = re.compile(r"https://[a-z.]*jsdelivr\.net/[^`\"']*")  # where the reader would look by itself


def export(folder: Path, listed: bytes | None, status: Iterable[bytes] = ()) -> TrustList | None:
    """The whole page in `folder`, with these lists. TrustListWrong when the trust list is none to believe; a status
    list that the trust list does not cover is left out. Files that are there already are replaced."""
    believed = trust.from_bytes(listed) if listed is not None else None
    taken = [data for data in status if believed is not None and StatusLists.of([data], believed).lists]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(resources.verify_page_dir(), folder, dirs_exist_ok=True)
    _write(folder / "words.js", words_js())
    _write(folder / "lists.js", lists_js(listed, taken))
    if listed is not None:
        write_private(folder / "trust-list.cbor", listed)
        (folder / "trust-list.cbor").chmod(0o644)
    for n, data in enumerate(taken, 1):
        (folder / f"status-{n}.cbor").write_bytes(data)
    return believed


def of_data_folder(data: Path) -> Path:
    """The page of this computer's own lists, made anew in its data folder; without a trust list it says that it cannot
    tell. Returns the file to open."""
    listed = data / inquiry.TRUST
    status = [trust.read_file(file) for file in sorted((data / inquiry.STATUS).glob("*.cbor"))]
    export(data / FOLDER, trust.read_file(listed) if listed.exists() else None, status)
    return data / FOLDER / "index.html"


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def lists_js(listed: bytes | None, status: Iterable[bytes]) -> str:
    told = {"trust": _base64(listed) if listed is not None else None, "status": [_base64(data) for data in status]}
    return f"{_HEAD}OneWindow.lists = {json.dumps(told)};\n"


def words_js() -> str:
    """Answers, sentences and labels in both languages, and the dictionary of the payload."""
    texts = {
        language: {key: text for key, text in resources.texts(language).items() if key.startswith(TEXTS)}
        for language in resources.LANGUAGES
    }
    told: dict[str, Any] = {
        "codes": resources.verdicts()["codes"],
        "texts": texts,
        "layouts": {folder.name: _labels(folder) for folder in _layouts()},
        "dictionary": _base64(statement.dictionary()),
    }
    return f"{_HEAD}OneWindow.words = {json.dumps(told, ensure_ascii=False, indent=1)};\n"


def _layouts() -> list[Path]:
    return [file.parent for file in sorted(resources.layouts_dir().glob("[!_]*/vocabulary.yaml"))]


def _labels(folder: Path) -> dict[str, Any]:
    found = vocabulary.read(folder)

    def both(entry: dict[str, Any]) -> dict[str, str]:
        return {language: str(entry[language]) for language in resources.LANGUAGES}

    return {
        "version": found["version"],
        "said": sorted(set(_sentences([found["kinds"], found["frame"]])) | set(_labels_of(found))),
        "notices": {kind: max(map(len, entry["notices"].values())) for kind, entry in found["kinds"].items()},
        "parts": {kind: max(1, len(entry["parts"])) for kind, entry in found["kinds"].items()},
        "form": _form(folder, found["frame"]),
        "kinds": {kind: both(entry["title"]) for kind, entry in found["kinds"].items()},
        "frame": {word: both(found["frame"][word]) for word in vocabulary.FRAME},
        "words": {word: both(entry) for word, entry in found["words"].items()},
        "item_words": {word: both(entry) for word, entry in found["item_words"].items()},
    }


def _form(folder: Path, frame: dict[str, Any]) -> dict[str, list[str]] | None:
    """The values that stand on the layout's pre-printed form, and what is printed beside them."""
    stock = folder / layout.PREPRINTED
    if not stock.is_file():
        return None
    told = vocabulary.page(stock)
    marks = sorted(set(_sentences([frame[word] for word in ("demo", "reprint", "reason")])))
    fields = sorted({*told["fields"], "reason"})
    return {"fields": fields, "columns": sorted((told.get("rows") or {}).get("columns", {})), "said": marks}


def _labels_of(found: dict[str, Any]) -> Iterator[str]:
    """The labels of values; their samples are nobody's words."""
    for group in ("words", "item_words"):
        for entry in found[group].values():
            yield from (str(entry[language]) for language in resources.LANGUAGES)


def _sentences(told: object) -> Iterator[str]:
    """Every text a paper of this layout may say by itself, cut where a value comes between."""
    if isinstance(told, dict):
        for each in told.values():
            yield from _sentences(each)
    elif isinstance(told, list):
        for each in told:
            yield from _sentences(each)
    elif isinstance(told, str):
        yield from (part for part in (piece.strip() for piece in vocabulary.PLACE.split(told)[::2]) if part)


def reader_files() -> dict[str, str]:
    """The symbol reader as two scripts, out of the installed package: its program, and its WebAssembly packed into a
    text, because a page opened from a disk may not fetch a file beside it. The address it would fetch from by itself
    is taken out."""
    package = resources.kit(ZXING)
    program = (package / "dist" / "iife" / "reader" / "index.js").read_text(encoding="utf-8")
    packed = gzip.compress((package / "dist" / "reader" / "zxing_reader.wasm").read_bytes(), 9, mtime=0)
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    return {
        "reader.js": _ELSEWHERE.sub("about:blank/", program),
        "wasm.js": f'"use strict";\nglobalThis.OneWindow ??= {{}};\nOneWindow.zxingWasm = "{_base64(packed)}";\n',
        "LICENSE.txt": f"zxing-wasm (reader.js and the glue in wasm.js):\n\n{licence}\n"
        "zxing-cpp (compiled into wasm.js): Apache License 2.0, as in this project's own LICENSE.\n",
    }


def rebuild(folder: Path) -> None:
    """Writes the committed parts of `resources/verify_page` that come from elsewhere: words and reader."""
    _write(folder / "words.js", words_js())
    (folder / "zxing").mkdir(exist_ok=True)
    for name, content in reader_files().items():
        _write(folder / "zxing" / name, content)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


if __name__ == "__main__":
    rebuild(resources.verify_page_dir())
