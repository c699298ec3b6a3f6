"""Which devices there are: every module in scanners/, card_readers/ and cameras/ brings exactly one. Adding a file is
enough."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import TypeVar

from window_client.devices import cameras, card_readers, scanners
from window_client.devices.camera import Camera
from window_client.devices.card_reader import CardReader, Desk
from window_client.devices.scanner import Place, Scanner
from window_client.devices.trouble import DeviceTrouble
from window_client.settings import Settings

Port = TypeVar("Port")


def all_scanners() -> Mapping[str, type[Scanner]]:
    """Every scanner by its file's name."""
    return _roll_call(scanners, Scanner)  # type: ignore[type-abstract]


def all_card_readers() -> Mapping[str, type[CardReader]]:
    """Every card reader by its file's name."""
    return _roll_call(card_readers, CardReader)  # type: ignore[type-abstract]


def all_cameras() -> Mapping[str, type[Camera]]:
    """Every kind of camera by its file's name."""
    return _roll_call(cameras, Camera)  # type: ignore[type-abstract]


def scanner_for(settings: Settings) -> Scanner:
    """The scanner this window's settings name. DeviceTrouble ``unknown_device`` when nobody has written that one."""
    kind = _known(settings.scanner.kind, all_scanners())
    return kind(Place(settings.scan_folder, settings.scanner.device))


def card_reader_for(settings: Settings) -> CardReader:
    """The card reader this window's settings name. DeviceTrouble ``unknown_device``, ``no_such_sample``."""
    return _known(settings.card_reader.kind, all_card_readers())(Desk(settings.card_reader.resident))


def camera_for(settings: Settings) -> Camera:
    """The camera this window's settings name, switched off. DeviceTrouble ``unknown_device``."""
    return _known(settings.camera.kind, all_cameras())(settings.camera.device)


def _roll_call(room: ModuleType, port: type[Port]) -> Mapping[str, type[Port]]:
    found: dict[str, type[Port]] = {}
    for entry in pkgutil.iter_modules(room.__path__):
        module = importlib.import_module(f"{room.__name__}.{entry.name}")
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, port) and thing.__module__ == module.__name__:
                found[entry.name] = thing
    return found


def _known(kind: str, known: Mapping[str, type[Port]]) -> type[Port]:
    if kind not in known:
        raise DeviceTrouble("unknown_device", kind=kind, known=", ".join(sorted(known)))
    return known[kind]
