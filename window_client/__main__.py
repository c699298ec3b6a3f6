"""The door: ``onewindow`` and ``python -m window_client``."""

from window_client.cli.app import app


def main() -> None:
    app(prog_name="onewindow")


if __name__ == "__main__":
    main()
