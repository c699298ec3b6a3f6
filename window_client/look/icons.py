"""Phosphor icons drawn from their SVG in any colour and size, sharp on any screen scale.

The files say `fill="currentColor"`; the colour is put in before drawing, so one file serves every theme.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from resources import Weight


@lru_cache(maxsize=512)
def _svg(name: str, weight: Weight, colour: str) -> bytes:
    text = resources.icon(name, weight).read_text("utf-8")
    return text.replace("currentColor", colour).encode()


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, px: int, weight: Weight = "regular", scale: float = 2.0) -> QPixmap:
    """`scale` 2 keeps the icon sharp on screens up to 200 %; Qt scales it down elsewhere."""
    drawn = QPixmap(round(px * scale), round(px * scale))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(_svg(name, weight, colour))).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


def icon(name: str, colour: str, px: int = 20, weight: Weight = "regular") -> QIcon:
    return QIcon(pixmap(name, colour, px, weight))
