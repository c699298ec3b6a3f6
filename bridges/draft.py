"""From a recorded case to a recipe: sign-in, steps, receipt and look-up, each with what a person still has to decide.

Pure. The order of a person's acts becomes the order of steps; what every field held before an act becomes the `fill`
before it. Fields are named by their labels. Where the record cannot know (a second outcome, a code table, a delay), a
note says so, and the writer puts it beside the line as a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from bridges.draft_each import shown_rows
from bridges.draft_fields import NOTE, UPLOADING, Samples, button_of, clean, field_of, login_field, upload_of
from bridges.draft_grid import grid_rows
from bridges.draft_groups import climbed, together
from bridges.draft_receipt import answer_of, look_up_rule, receipt_rule, submit_from
from bridges.draft_rows import Rows, rows_of, single_rows
from bridges.draft_tables import Key, moments_of
from bridges.draft_window import window_of, windows_told
from bridges.recording import Act, Recording, changed_fields, steps_of


@dataclass
class Draft:
    recipe: dict[str, Any]
    samples: Samples
    number: str = ""


@dataclass
class _Walk:
    """`steps` so far; `fills`: acts before which something was filled; `at`: act -> how many steps came before it."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    login: dict[str, Any] | None = None
    fills: set[int] = field(default_factory=set)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)


def draft(recording: Recording, *, department: str, item: str) -> Draft:
    trees, climbing = climbed(recording)
    samples = Samples(trees=trees)
    moments = moments_of(recording)
    rows = rows_of(recording, moments, samples)
    grid_rows(recording, moments, rows, samples)
    shown_rows(recording, moments, rows, samples)
    single_rows(recording, rows)
    acts = [
        replace(act, kind="table", what={**act.what, "key": rows.marks[id(act)]}) if id(act) in rows.marks else act
        for act in steps_of(recording, rows.marks.keys(), rows.dropped | climbing)
    ]
    walk = _walked(recording, acts, samples, rows)
    first_fill = min(walk.fills, default=0)
    answer = answer_of(acts, first_fill, [*samples.typed.values(), *samples.row_words])
    last = answer.act if answer else max((n for n, act in enumerate(acts) if act.kind == "click"), default=-1)
    steps, look_up = _ended(walk, acts, last, window=bool(answer and answer.window))
    receipt = receipt_rule(answer, samples)
    form: dict[str, Any] = {"items": [item or f"{department}.form"], "steps": steps, "receipt": receipt}
    if not item:
        form[NOTE] = [("item", {})]
    if look_up and last + 1 < len(acts):  # where a person went by the address bar, the recipe goes by `open`
        look_up = [{"open": _path(_url_before(recording, acts[last + 1]) or recording.begun)}, *look_up]
    found = look_up_rule(recording, answer, look_up, samples) if answer else None
    if found:
        form["look_up"] = found
    base = _base(recording.begun)
    head: dict[str, Any] = {"recipe": 1, "department": department, "name": {"zh": _title(recording), "en": department},
                            "base": base, "longest_delay_s": 60}  # fmt: skip
    dialogs = _dialogs(acts)
    if dialogs:
        head["dialogs"] = dialogs
    if walk.login:
        head["login"] = walk.login
    notes: list[tuple[str, dict[str, str]]] = [("delay", {}), ("no_outcome", {})]
    notes += [("turned_away", {"hosts": "、".join(recording.turned_away)})] if recording.turned_away else []
    notes += rows.notes
    unknown = recording.windows - windows_told(acts) - bool(answer and answer.window)
    notes += [("windows", {"count": str(unknown)})] if unknown > 0 else []
    notes += [] if found else [("no_look_up", {})]
    name = _form_name(recording, acts[: min(walk.fills, default=0)])
    return Draft({**head, "forms": {name: form}, NOTE: notes}, samples, answer.number if answer else "")


def _walked(recording: Recording, acts: list[Act], samples: Samples, rows: Rows) -> _Walk:
    walk, known, n = _Walk(rows=rows), dict[tuple[str, int], str](), 0
    walk.steps.append({"open": _path(recording.begun)})
    sent = {id(by) for by in _senders(acts).values() if by is not None}
    senders = _senders(acts)
    labels = [clean(act.what["label"]) for act in acts if act.kind == "file"]
    files = [act.what["text"] for act in acts if act.kind == "file" and act.what["text"]]
    while n < len(acts):
        act = acts[n]
        begin = len(walk.steps)
        if act.window:  # told by the click that opened its window
            walk.spans[n] = (begin, begin)
            n += 1
            continue
        secret = _fill_before(walk, recording, act, known, samples, n)
        if act.kind == "file":
            _add_upload(walk, act, upload_of(act, senders[id(act)], labels, files, samples))
        elif act.opened and any(one.window == act.opened for one in acts):
            walk.steps += window_of(recording, acts, act, known, samples)
        elif act.kind == "table":
            _add_rows(walk, act.what["key"])
            walk.fills.add(n)
        elif id(act) not in sent:
            walk.steps.append(_framed({"click": button_of(act)}, act.frame))
        walk.spans[n] = (begin, len(walk.steps))
        if secret:
            _became_login(walk, recording, acts, n)
        n += 1
    return walk


def _fill_before(
    walk: _Walk, recording: Recording, act: Act, known: dict[tuple[str, int], str], samples: Samples, n: int
) -> bool:
    """The fields that changed before this act, one `fill` a frame; True when a password was among them."""
    secret = False
    for page, changed in changed_fields(act.before, recording, known).items():
        around = list(act.before[page].values())
        signing = any(one["secret"] for one in changed)
        tables = dict.fromkeys(key for one in changed if (key := walk.rows.fields.get((page, one["n"]))))
        fields = together([one for one in changed if (page, one["n"]) not in walk.rows.fields], around)
        told = [
            login_field(one, around) if signing else field_of(one, around, samples, (page, one["n"])) for one in fields
        ]
        filled = [one for one in told if one]
        if filled:
            walk.steps.append(_framed({"fill": filled}, recording.pages[page].frame))
            walk.fills.add(n)
        for key in tables:
            _add_rows(walk, key)
            walk.fills.add(n)
        secret |= signing
    if secret:
        walk.fills.discard(n)
    return secret


def _add_rows(walk: _Walk, key: Key) -> None:
    """Where the first row was filled or added; later ones belong to the same step."""
    step = walk.rows.steps.pop(key, None)
    if step is not None:
        walk.steps.append(_framed(step, key[0]))


def _senders(acts: list[Act]) -> dict[int, Act | None]:
    """file act -> the click that sends it: an upload button right after it, in the same frame."""
    out: dict[int, Act | None] = {}
    for act, then in zip(acts, [*acts[1:], None], strict=True):
        if act.kind == "file":
            sends = then is not None and then.kind == "click" and then.frame == act.frame and _sends(act, then)
            out[id(act)] = then if sends else None
    return out


def _sends(file: Act, click: Act) -> bool:
    form = file.what["form"]
    return bool(UPLOADING.search(click.what["words"]) or (form and f'"{form}"' in click.what["css"]))


def _add_upload(walk: _Walk, act: Act, told: dict[str, Any]) -> None:
    last = walk.steps[-1]
    if "upload" in last and last.get("frame", "") == act.frame:
        last["upload"].append(told)
    else:
        walk.steps.append(_framed({"upload": [told]}, act.frame))


def _became_login(walk: _Walk, recording: Recording, acts: list[Act], n: int) -> None:
    """Everything up to here was the sign-in; the form begins at the page that came after it."""
    act = acts[n]
    follows = acts[n + 1] if n + 1 < len(acts) else None
    came = _url_before(recording, follows) or (act.urls[-1] if act.urls else "")
    if came.split("?")[0] in recording.posted:  # the answer to a post: it cannot be opened
        came = recording.begun
    login: dict[str, Any] = {"seen": {"css": "input[type=password]"}, "steps": walk.steps, NOTE: [("login", {})]}
    if (
        came
        and came != recording.begun
        and _path(came) != _path(recording.begun)
        and _shape(came) not in recording.begun
    ):
        login["done"] = {"url": re.escape(_shape(came)).replace("/", "/")}
    elif follows is not None:
        login["done"] = {"text": re.escape(follows.what.get("words") or follows.what.get("label", ""))}
    walk.login = login
    walk.steps = [{"open": _path(came or recording.begun)}]
    walk.spans = {}
    walk.fills.clear()


def _url_before(recording: Recording, act: Act | None) -> str:
    """The address of the top page as it was before this act."""
    if act is None:
        return ""
    tops = [recording.pages[page].url for page in act.before if recording.pages[page].top]
    return tops[-1] if tops else ""


def _ended(
    walk: _Walk, acts: list[Act], last: int, *, window: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The steps up to the submit, and what was done afterwards (the look-up)."""
    if last < 0 or last not in walk.spans:
        return [*walk.steps, {"submit": "提交", NOTE: [("no_submit", {})]}], []
    first = submit_from(acts, last, walk.fills)
    while first not in walk.spans:
        first += 1
    before = walk.steps[: walk.spans[first][1] - 1]
    clicks = [button_of(act) for act in acts[first : last + 1] if act.kind == "click"]
    if window:  # the number came in a window of its own
        clicks[-1] = {**({"text": clicks[-1]} if isinstance(clicks[-1], str) else clicks[-1]), "popup": True}
    submit = _framed({"submit": clicks[0] if len(clicks) == 1 else clicks}, acts[first].frame)
    for n, act in enumerate(acts[first + 1 : last + 1], 1):
        if act.frame != acts[first].frame and len(clicks) > n:
            one = clicks[n] if isinstance(clicks[n], dict) else {"text": clicks[n]}
            clicks[n] = {**one, "frame": act.frame} if act.frame else one
    after = walk.steps[walk.spans[last][1] :]
    return [*before, submit], after


def _framed(step: dict[str, Any], frame: str) -> dict[str, Any]:
    return {"frame": frame, **step} if frame else step


def _dialogs(acts: list[Act]) -> list[dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for act in acts:
        for kind, text, yes, typed in act.dialogs:
            rule = re.sub(r"\d+", r"\\d+", re.escape(text))
            told: dict[str, Any] = {"text": f"^{rule}$", "answer": "accept" if yes else "dismiss"}
            if kind == "prompt" and typed:
                told["type"] = typed
            out.setdefault(rule, {**told, NOTE: [("dialog", {})]})
    return list(out.values())


def _base(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _path(url: str) -> str:
    parts = urlsplit(re.sub(r";jsessionid=[^/?#]*", "", url, flags=re.IGNORECASE))
    return (
        (parts.path or "/")
        + (f"?{parts.query}" if parts.query else "")
        + (f"#{parts.fragment}" if parts.fragment else "")
    )


def _shape(url: str) -> str:
    """The path and the fragment without what changes from day to day."""
    path = _path(url)
    return path.split("?")[0] + (f"#{urlsplit(url).fragment.split('?')[0]}" if urlsplit(url).fragment else "")


def _title(recording: Recording) -> str:
    titles = [page.title for page in recording.pages.values() if page.title and page.top]
    return titles[-1] if titles else urlsplit(recording.begun).netloc


def _form_name(recording: Recording, acts: list[Act]) -> str:
    """What the clerk clicked to come to the form, or the title of the page."""
    words = [act.what["words"] for act in acts if act.kind == "click"]
    likely = [one for one in words if re.search(r"(申|办|领|登记|备案|受理|apply)", one)]
    return str(next((one for one in reversed(likely) if not re.match(r"新增|录入", one)), "")) or _title(recording)
