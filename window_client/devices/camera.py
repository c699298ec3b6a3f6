"""The port for cameras that look at a paper somebody holds up.

The public half keeps the laws: only DeviceTrouble leaves; a camera is off until it is switched on and dark once it is
switched off; it keeps no picture but the newest one, and that one only while it is on. `newest` may be asked on any
thread, everything else belongs to the main thread.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar, final

from PIL import Image

from window_client import log
from window_client.devices.trouble import DeviceTrouble, only_device_trouble

_log = log.logger(__name__)
Told = Callable[[DeviceTrouble], None]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Eye:
    """One camera there is: `key` is what the system calls it, `name` what a clerk reads."""

    key: str
    name: str


class Camera(ABC):
    """Public half of every kind of camera. A driver writes ``name``, ``_eyes``, ``_begin``, ``_newest``, ``_end``."""

    name: ClassVar[str]

    def __init__(self, device: str = "") -> None:
        """`device`: (part of) the name of the camera that is wanted when there are several, or an address."""
        self.device = device
        self.on = False
        self._tell: Told = _nobody
        self._tell_eyes: Callable[[], None] = _nothing

    @final
    def eyes(self) -> tuple[Eye, ...]:
        """The cameras there are, the wanted one first. DeviceTrouble: ``camera_not_installed``, ``camera_missing``,
        ``camera_not_allowed``."""
        found = self._safely(self._eyes)
        wanted = self.device.casefold()
        return tuple(sorted(found, key=lambda eye: not wanted or wanted not in eye.name.casefold()))

    @final
    def switch_on(self, eye: Eye, trouble: Told, eyes_changed: Callable[[], None] | None = None) -> None:
        """From now on `newest` has pictures. What goes wrong later (pulled out, taken by another program) is told to
        `trouble`, on the main thread, and the camera is off then. `eyes_changed`: one was plugged in or out."""
        self.switch_off()
        at_once: list[DeviceTrouble] = []  # some cameras say that they are busy while they are being asked
        self._tell, self._tell_eyes, self.on = at_once.append, eyes_changed or _nothing, True
        try:
            self._safely(lambda: self._begin(eye))
        except DeviceTrouble:
            self.switch_off()
            raise
        if at_once:
            raise at_once[0]
        self._tell = trouble
        _log.info("camera on", device=self.name)

    @final
    def newest(self) -> Image.Image | None:
        """The newest picture (modes L, RGB, YCbCr), None when there is none since the last time. Any thread."""
        try:
            return self._newest() if self.on else None
        except Exception as trouble:  # noqa: BLE001  one broken picture is no reason to stop looking
            _log.warning("camera picture not usable", device=self.name, trouble=type(trouble).__name__)
            return None

    @final
    def switch_off(self) -> None:
        """Dark at once; also when it was never on. Never raises."""
        was_on, self.on, self._tell, self._tell_eyes = self.on, False, _nobody, _nothing
        if not was_on:
            return
        try:
            self._end()
        except Exception as trouble:  # noqa: BLE001  whatever a driver says here, the camera is no longer used
            _log.warning("camera not closed in order", device=self.name, trouble=type(trouble).__name__)
        _log.info("camera off", device=self.name)

    @final
    def lost(self, code: str, **detail: object) -> None:
        """For drivers: the camera that is on cannot go on."""
        if not self.on:
            return
        tell = self._tell
        self.switch_off()
        _log.warning("camera lost", device=self.name, trouble=code)
        tell(DeviceTrouble(code, **detail))

    @final
    def eyes_changed(self) -> None:
        """For drivers: a camera was plugged in or out."""
        self._tell_eyes()

    def _safely(self, do: Callable[[], Found]) -> Found:
        with only_device_trouble(_log, "camera not usable", self.name):
            return do()

    @abstractmethod
    def _eyes(self) -> tuple[Eye, ...]: ...

    @abstractmethod
    def _begin(self, eye: Eye) -> None: ...

    @abstractmethod
    def _newest(self) -> Image.Image | None: ...

    @abstractmethod
    def _end(self) -> None: ...


def _nobody(trouble: DeviceTrouble) -> None:
    del trouble


def _nothing() -> None:
    return
