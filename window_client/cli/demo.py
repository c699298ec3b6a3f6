"""``onewindow demo``: the main job on a sample resident against the training departments."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, asked, emit, sentences

app = typer.Typer(
    epilog="Example: onewindow demo --headless --json | jq .cases",
    help="Play the main job: three items, one intake, three departments, one signed receipt. All people are invented.",
)


@app.callback(invoke_without_command=True)
def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option(help="No display: the same windows, offscreen.")] = False,
    out: Annotated[Path, typer.Option(help="Where pictures, voucher and summary go.")] = Path("demo-out"),
    hold: Annotated[float, typer.Option(help="Seconds each step stays on a display.")] = 2.5,
    json: JsonFlag = False,
) -> None:
    from window_client.assembly.application import has_display
    from window_client.counter.trouble import as_window_error
    from window_client.demo.player import BeatMissed
    from window_client.demo.run import DemoLeft, run_demo

    language = asked(context).language or "zh"
    offscreen = headless or not has_display()
    try:
        said = run_demo(
            out.absolute(),
            language=language,
            headless=offscreen,
            hold=0.0 if offscreen else hold,
            on_beat=lambda name: print(f"  {name}", file=sys.stderr, flush=True),
        )
    except FileExistsError as taken:
        print(f"{taken}: not a demo's folder, and not empty; choose another with --out", file=sys.stderr)
        raise typer.Exit(int(Exit.WRONG_INPUT)) from None
    except BeatMissed as missed:
        print(f"the demo waited in vain at {missed}", file=sys.stderr)
        raise typer.Exit(int(Exit.COULD_NOT)) from None
    except DemoLeft:
        print("the demo was closed before its end; start it again to see the rest", file=sys.stderr)
        raise typer.Exit(int(Exit.COULD_NOT)) from None
    except Exception as error:
        trouble = as_window_error(error)
        if not isinstance(trouble, WindowError):
            raise
        print(sentences(trouble, language), file=sys.stderr)
        raise typer.Exit(int(Exit.COULD_NOT)) from None
    emit(said, json, lambda: _for_people(said, out))
    raise typer.Exit(int(Exit.DONE if _all_well(said) else Exit.NO))


def _all_well(said: dict[str, Any]) -> bool:
    filed = all(case["state"] == "filed" for case in said["cases"])
    once = all(count == 1 for count in said["held_by_departments"].values())
    return filed and once and bool(said["voucher"]["verified"]) and said["repeated_fields"] == 0


def _for_people(said: dict[str, Any], out: Path) -> str:
    lines = [f"visit {said['visit']}  {said['seconds']} s"]
    lines += [
        f"  {case['department']:9} {case['item']:22} {case['accepted_number']:26} {case['state']}  "
        f"{case['fields_verified']}/{case['fields_filled']} fields verified, {case['seconds']} s"
        for case in said["cases"]
    ]
    lines.append(f"  typed {said['typed_fields']} values, none twice: {said['repeated_fields'] == 0}")
    lines.append(f"  papers scanned {said['documents']['scanned']}, reused {said['documents']['reused']} times")
    lines.append(f"  voucher {said['voucher']['number']} verified: {said['voucher']['verified']}")
    lines.append(f"  everything is in {out}/")
    return "\n".join(lines)
