"""Tokens → one Qt style sheet. The only place where a style rule is written.

Rules address roles (`[role="title"]`), never object names of one panel, so a panel says what a text *is* and this page
says how that looks.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from window_client.look.fonts import families, font
from window_client.look.tokens import Tokens

_TEXT = Template("""
* { font-family: $families; font-size: ${body}px; color: $text; outline: none; }
QWidget#ground, QScrollArea#ground, QWidget#page { background: $ground; }
QWidget { selection-background-color: $primary; selection-color: $on_primary; }
QLabel { background: transparent; }
QLabel[role="tiny"] { font-size: ${tiny}px; color: $text_faint; }
QLabel[role="small"] { font-size: ${small}px; color: $text_soft; }
QLabel[role="soft"] { color: $text_soft; }
QLabel[role="label"] { font-size: ${small}px; color: $text_soft; font-weight: 500; }
QLabel[role="strong"] { font-size: ${strong}px; font-weight: 500; }
QLabel[role="value"] { font-size: ${strong}px; font-weight: 500; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[role="display"] { font-size: ${display}px; font-weight: 700; }
QLabel[role="number"] { font-size: ${title}px; font-weight: 700; color: $good; }
QLabel[role="bad"] { font-size: ${small}px; color: $bad; font-weight: 500; }
QLabel[role="good"] { color: $good; font-weight: 500; }
QToolTip { background: $text; color: $surface; border: 0; padding: 6px 8px; font-size: ${small}px; }
QFrame[card="plain"] { background: $surface; border: 1px solid $line; border-radius: ${rl}px; }
QFrame[card="sunken"] { background: $sunken; border: 1px solid $line; border-radius: ${rm}px; }
QFrame[card="good"] { background: $good_soft; border: 1px solid $good_line; border-radius: ${rm}px; }
QFrame[card="warn"] { background: $warn_soft; border: 1px solid $warn_line; border-radius: ${rm}px; }
QFrame[card="bad"] { background: $bad_soft; border: 1px solid $bad_line; border-radius: ${rm}px; }
QFrame[card="note"] { background: $primary_soft; border: 1px solid $primary_line; border-radius: ${rm}px; }
QFrame[card="here"] { background: $surface; border: 2px solid $primary; border-radius: ${rl}px; }
QFrame[rule="h"] { background: $line; border: 0; min-height: 1px; max-height: 1px; }
""")

_CONTROLS = Template("""
QPushButton { min-height: ${control}px; border-radius: ${rm}px; padding: 0 ${pad}px; font-weight: 500;
  background: $surface; border: 1px solid $line_strong; color: $text; }
QPushButton:hover { background: $primary_soft; border-color: $primary_line; }
QPushButton:pressed { background: $primary_line; }
QPushButton:focus { border: 2px solid $focus; }
QPushButton:disabled { background: $disabled_ground; border-color: $line; color: $disabled; }
QPushButton[kind="primary"] { background: $primary; border: 1px solid $primary; color: $on_primary; }
QPushButton[kind="primary"]:hover { background: $primary_hover; }
QPushButton[kind="primary"]:pressed { background: $primary_press; }
QPushButton[kind="primary"]:focus { border: 2px solid $focus_on; }
QPushButton[kind="primary"]:disabled { background: $disabled_ground; border-color: $line; color: $disabled; }
QPushButton[kind="danger"] { border: 1px solid $bad_line; color: $bad; }
QPushButton[kind="danger"]:hover { background: $bad_soft; }
QPushButton[kind="danger"]:focus { border: 2px solid $bad; }
QPushButton[kind="danger"]:disabled { background: $disabled_ground; border-color: $line; color: $disabled; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; color: $primary; }
QPushButton[kind="quiet"]:hover { background: $primary_soft; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; }
QPushButton[kind="quiet"]:disabled { color: $disabled; }
QPushButton[kind="chosen"], QPushButton:checked { background: $primary_soft; border: 2px solid $primary;
  color: $primary; }
QPushButton[size="small"] { min-height: ${control_s}px; padding: 0 10px; font-size: ${small}px; }
QLineEdit, QComboBox, QDateEdit { min-height: ${field}px; border: 1px solid $line_strong; border-radius: ${rs}px;
  background: $surface; padding: 0 10px; font-size: ${body}px; }
QLineEdit:hover, QComboBox:hover { border-color: $primary_line; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus { border: 2px solid $focus; padding: 0 9px; }
QLineEdit:disabled, QComboBox:disabled { background: $disabled_ground; color: $text_soft; border-color: $line; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $bad; padding: 0 9px; background: $bad_soft; }
QLineEdit[search="true"] { min-height: ${search}px; border-radius: ${rm}px; padding: 0 14px 0 44px;
  font-size: ${strong}px; }
QComboBox::drop-down { border: 0; width: 30px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line_strong; padding: 4px; outline: 0; }
QComboBox QAbstractItemView::item { min-height: ${row}px; padding: 0 8px; border-radius: ${rs}px; }
QComboBox QAbstractItemView::item:selected { background: $primary_soft; color: $text; }
""")

_LISTS = Template("""
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget#inside { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 2px; }
QScrollBar::handle:vertical { background: $line_strong; border-radius: ${bar_r}px; min-height: 40px; }
QScrollBar::handle:vertical:hover { background: $text_faint; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line_strong; border-radius: ${bar_r}px; min-width: 40px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QListView, QTableView { background: $surface; border: 1px solid $line; border-radius: ${rm}px; outline: 0;
  alternate-background-color: $sunken; gridline-color: $line; }
QListView:focus, QTableView:focus { border: 2px solid $focus; }
QTableView::item { padding: 0 10px; border: 0; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $primary_soft; color: $text; }
QHeaderView { background: $sunken; border: 0; }
QHeaderView::section { background: $sunken; color: $text_soft; font-size: ${small}px; font-weight: 500; border: 0;
  border-bottom: 1px solid $line; padding: 0 10px; min-height: ${row}px; }
QTableCornerButton::section { background: $sunken; border: 0; }
QProgressBar { background: $line; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $primary; border-radius: 4px; }
QProgressBar[state="good"]::chunk { background: $good; }
QProgressBar[state="bad"]::chunk { background: $bad; }
QWidget#rail { background: $rail; }
QWidget#rail QLabel { color: $rail_text; }
QWidget#rail QLabel[role="small"], QWidget#rail QLabel[role="tiny"] { color: $rail_soft; }
QWidget#rail QFrame[rule="h"] { background: $rail_line; }
QWidget#topbar { background: $surface; border-bottom: 1px solid $line; }
""")


def sheet(tokens: Tokens) -> str:
    names = {**tokens.colours, **{name: str(px) for name, px in tokens.type.items()}}
    names |= {f"r{name}": str(px) for name, px in tokens.radius.items()}
    names |= {
        "families": ", ".join(f'"{name}"' for name in families()),
        "control": str(tokens.control - 2),
        "control_s": str(round(tokens.control * 0.8) - 2),
        "field": str(tokens.control - 2),
        "search": str(round(tokens.control * 1.2)),
        "row": str(round(tokens.control * 0.95)),
        "pad": str(tokens.gap("l")),
        "bar": "12" if tokens.room == "staff" else "22",
        "bar_r": "4" if tokens.room == "staff" else "9",
        # A focus ring in the button's own blue would not be seen on the button.
        "focus_on": tokens.colour("text"),
    }
    return "".join(part.substitute(names) for part in (_TEXT, _CONTROLS, _LISTS))


def dress(window: QWidget, tokens: Tokens) -> None:
    """Fonts first: a size hint asked for before the style sheet is there must already be right."""
    window.setFont(font(tokens.px("body"), weight=QFont.Weight.Normal))
    window.setStyleSheet(sheet(tokens))


def say_again(widget: QWidget) -> None:
    """A rule by property is looked up once; after a change of property it must be looked up again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(text: str, role: str = "body", *, wrap: bool = False) -> QLabel:
    from PySide6.QtCore import Qt

    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made
