"""What the departments are doing right now, in plain words, with the number as soon as it is there."""

from __future__ import annotations

from resources import Weight
from window_client.counter.scenes import Wait, WaitLine
from window_client.look.pieces import Card, Icon, column, row
from window_client.look.sheet import label
from window_client.look.steps import Bar
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page, promise_line

MARKS = {
    "waiting": ("clock", "text_faint"),
    "working": ("hourglass-medium", "primary"),
    "done": ("check-circle", "good"),
    "refused": ("warning-circle", "warn"),
    "unsure": ("magnifying-glass", "note"),
    "not_sent": ("clock-counter-clockwise", "warn"),
}


class WaitPage(Page):
    step = 4

    def __init__(self, scene: Wait, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        done = sum(line.state == "done" for line in scene.lines)
        bar = Bar(words("resident.wait.progress", done=done, of=len(scene.lines)))
        bar.tell(done, len(scene.lines))
        over = all(line.state not in ("waiting", "working") for line in scene.lines)
        self.compose(
            words("resident.wait.over" if over else "resident.wait.title"),
            words("resident.wait.sentence", resident=scene.resident, done=done, of=len(scene.lines)),
            (bar, *(line_card(line, words, tokens) for line in scene.lines), None),
            promise_line(words, tokens),
        )


def line_card(line: WaitLine, words: Words, tokens: Tokens) -> Card:
    icon, colour = MARKS[line.state]
    weight: Weight = "fill" if line.state == "done" else "duotone"
    mark = Icon(icon, tokens.colour(colour), round(tokens.px("title") * 1.15), weight)
    text = column(
        label(line.item, "strong", wrap=True),
        label(f"{line.department} · {words(f'resident.wait.{line.state}')}", "small", wrap=True),
        gap=2,
    )
    made = row(mark, gap=tokens.gap("l"))
    made.addLayout(text, 1)
    card = Card(tokens, made, margin="m")
    if line.number:
        number = label(line.number, "value")
        made.addLayout(column(label(words("resident.wait.number"), "small"), number, gap=2))
    return card
