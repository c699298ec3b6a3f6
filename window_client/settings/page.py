"""Writes docs/settings.md from the tree itself: ``python -m window_client.settings.page > docs/settings.md``.

A test compares the page with what this module would write, so the page is never older than the program.
"""

import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic_core import PydanticUndefined

from window_client.settings.tree import PREFIX, Settings, leaves

_HEAD = """# Settings

<!-- Written by `python -m window_client.settings.page`; change window_client/settings/tree.py instead. -->

A centre's settings are one YAML file. Name it with `onewindow --config FILE` or in `ONEWINDOW_CONFIG`; otherwise
`settings.yaml` in the user's configuration folder is read when it is there (on Debian `~/.config/onewindow/`). Each
value can be overridden by an environment variable, and that by the command line. A relative folder counts from the
file's own folder.

There is no place for a secret: a key that looks like one is refused. Sign-ins for the departments are kept in the
vault. A name that does not exist is refused with file, line and the nearest name that does. Numbers that are names
(window, region, staff number) stand in quotes, because YAML would drop their leading zeros.

```yaml
language: zh
station:
  centre_zh: 示例市幸福区示例街道社区事务受理服务中心（演示数据）
  centre_code: '99010101'
  window: '03'
scanner:
  kind: watched_folder
  folder: /srv/scans
departments:
  gongan:
    base_url: http://127.0.0.1:8101/
    user: window03
```

| setting | default | what it is | environment variable |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, Markdown."""
    rows = [
        f"| `{'.'.join(key)}` | {_default(info)} | {_what(info)} | `{PREFIX}{'__'.join(key).upper()}` |"
        for key, info in leaves(Settings)
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _default(info: Any) -> str:
    if info.default_factory is not None and info.annotation is Path:
        return "the user's data folder"
    if info.default is PydanticUndefined or info.default in (None, ""):
        return "empty"
    return f"`{str(info.default).lower() if isinstance(info.default, bool) else info.default}`"


def _what(info: Any) -> str:
    words = str(info.description)
    if get_origin(info.annotation) is Literal:
        words += ": " + ", ".join(f"`{value}`" for value in get_args(info.annotation))
    return words.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
