"""Evidence of a run: what the page held, as a table, as a page archive and as a picture, small and masked (I9).

Nothing is changed in the living page to mask it: the picture is blurred afterwards where the page says the words stand,
and the archive is rewritten part by part. Limit: 100 KB a run.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import email
import email.policy
import io
import json
import quopri
import re
from collections.abc import Sequence
from email.message import Message
from typing import Any

from PIL import Image
from playwright.async_api import CDPSession, Frame, Page
from playwright.async_api import Error as PlaywrightError

from bridges.worker.session import Session

JPEG_LIMIT, MHTML_LIMIT = 26_000, 22_000
SCALE, PICTURE_SECONDS = 0.62, 5.0


def masked(word: str) -> str:
    """An ID number keeps its region and its last four, a name its first character, other numbers their last four."""
    if re.fullmatch(r"\d{17}[\dXx]", word):
        return word[:6] + "*" * 8 + word[-4:]
    if re.search(r"\d{6,}", word):
        return "*" * (len(word) - 4) + word[-4:]
    return word[:1] + "*" * (len(word) - 1)


def mask_all(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, masked(word))
    return text


def value_table(proofs: Sequence[dict[str, Any]], words: Sequence[str]) -> bytes:
    table = [
        {key: mask_all(value, words) if isinstance(value, str) else value for key, value in proof.items()}
        for proof in proofs
    ]
    return json.dumps(table, ensure_ascii=False, indent=1).encode()


async def capture(session: Session, page: Page, name: str, words: Sequence[str]) -> list[dict[str, Any]]:
    """The page as it stands: `<name>.jpeg` and `<name>.mhtml`. A page that cannot be pictured costs no filing."""
    pieces: list[dict[str, Any]] = []
    try:
        camera = await session.camera(page)
        with contextlib.suppress(PlaywrightError, TimeoutError):
            picture = await _still(session, page, camera, words)
            if picture is not None:
                pieces.append(piece(f"{name}.jpeg", "image/jpeg", picture))
        archive = (await camera.send("Page.captureSnapshot", {"format": "mhtml"}))["data"]
        pieces.append(piece(f"{name}.mhtml", "multipart/related", _slim(archive, words)))
    except PlaywrightError:
        pass
    return pieces


async def _still(session: Session, page: Page, camera: CDPSession, words: Sequence[str]) -> bytes | None:
    """A picture whose masks fit: taken only when nothing moved while it was taken (a dialog slides in for a moment).

    A page that never stands still gets no picture: better none than one that shows a name beside its mask.
    """
    for _ in range(12):
        before = await _all_boxes(session, page, words)
        picture = await asyncio.wait_for(_shot(camera), PICTURE_SECONDS)
        if before == await _all_boxes(session, page, words):
            return _blur(picture, [tuple(side * SCALE for side in box) for box in before])
        await asyncio.sleep(0.08)
    return None


async def _shot(camera: CDPSession) -> bytes:
    """What is in view, shrunk by the browser itself: a third of the pixels to pack, to send and to unpack."""
    view = (await camera.send("Page.getLayoutMetrics"))["cssVisualViewport"]
    clip = {
        "x": view["pageX"],
        "y": view["pageY"],
        "width": view["clientWidth"],
        "height": view["clientHeight"],
        "scale": SCALE,
    }
    wish = {"format": "jpeg", "quality": 60, "clip": clip, "optimizeForSpeed": True}
    return base64.b64decode((await camera.send("Page.captureScreenshot", wish))["data"])


async def _all_boxes(session: Session, page: Page, words: Sequence[str]) -> list[tuple[float, float, float, float]]:
    return [box for frame in page.frames for box in await _boxes(session, frame, words)] if words else []


def piece(name: str, media_type: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "media_type": media_type, "content": base64.b64encode(content).decode()}


async def _boxes(session: Session, frame: Frame, words: Sequence[str]) -> list[tuple[float, float, float, float]]:
    left = top = 0.0
    try:
        if frame.parent_frame is not None:
            # relative to the whole page, however deep the frame lies
            box = await (await frame.frame_element()).bounding_box()
            if box is None:
                return []
            left, top = box["x"], box["y"]
        found = await session.call(frame, "rects", words=list(words))
    except PlaywrightError:
        return []
    return [(left + x, top + y, width, height) for x, y, width, height in found]


def _blur(jpeg: bytes, boxes: Sequence[tuple[float, ...]]) -> bytes:
    if not boxes and len(jpeg) <= JPEG_LIMIT:
        return jpeg
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    out = io.BytesIO()
    for x, y, width, height in boxes:
        area = (
            max(0, int(x) - 2),
            max(0, int(y) - 2),
            min(image.width, int(x + width) + 3),
            min(image.height, int(y + height) + 3),
        )
        if area[2] > area[0] and area[3] > area[1]:
            image.paste((120, 130, 140), area)
    for scale, quality in ((1.0, 55), (1.0, 42), (0.85, 35), (0.65, 30)):
        small = image if scale == 1.0 else image.resize((int(image.width * scale), int(image.height * scale)))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=quality)
        if out.tell() <= JPEG_LIMIT:
            break
    return out.getvalue()


_BULK = re.compile(r"(?is)<(style|script|svg)\b.*?</\1>|\sd=\"[^\"]{200,}\"|url\(\"?data:[^)]*\)")


def _slim(archive: str, words: Sequence[str]) -> bytes:
    """Only the pages of the archive, masked; styles, fonts and pictures prove nothing and are left out."""
    whole = email.message_from_string(archive, policy=email.policy.compat32)
    parts = [part for part in whole.walk() if part.get_content_type() == "text/html"]
    boundary = "----OneWindowEvidence----"
    out = [
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"',
        f"Snapshot-Content-Location: {mask_all(str(whole.get('Snapshot-Content-Location', '')), words)}",
        "",
    ]
    for part in parts:
        text = mask_all(_BULK.sub("", _text(part)), words)
        body = quopri.encodestring(text.encode("utf-8")).decode("ascii")
        out += [
            f"--{boundary}", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            f"Content-ID: {part.get('Content-ID', '')}",
            f"Content-Location: {mask_all(str(part.get('Content-Location', '')), words)}", "", body,
        ]  # fmt: skip
        if sum(map(len, out)) > MHTML_LIMIT:
            del out[-1]
            out += [quopri.encodestring(re.sub(r"<[^>]*>|\s+", " ", text)[:4000].encode()).decode("ascii")]
            break
    out += [f"--{boundary}--", ""]
    return "\r\n".join(out).encode("utf-8", "replace")


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    raw = raw if isinstance(raw, bytes) else b""
    declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:2000])
    for charset in (declared.group(1).decode() if declared else "utf-8", "utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")
