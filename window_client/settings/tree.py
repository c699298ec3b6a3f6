"""The tree of settings: every name, its default, its limits and what it means. Nothing is read here."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "ONEWINDOW_"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Station(_Part):
    """Who and where this window is; printed on every paper and written into every fact."""

    centre_zh: str = Field("示例市幸福区示例街道社区事务受理服务中心（演示数据）", description="the centre's name")
    centre_en: str = Field("Demo Street Community Service Centre (SAMPLE)", description="the centre's English name")
    centre_code: str = Field(
        "99010101", pattern=r"^\d{8,12}$", description="region code and number of the centre, in quotes"
    )
    window: str = Field("03", pattern=r"^\d{2}$", description="number over this window, two digits, in quotes")
    clerk_number: str = Field("0317", pattern=r"^[0-9A-Za-z]{1,12}$", description="the clerk's staff number")
    clerk_name: str = Field("示例员（演示）", description="the clerk's name as residents see it")


class Screens(_Part):
    """Screens by the name the system gives them (``onewindow doctor`` lists them); empty: found by itself."""

    clerk: str = Field("", description="the clerk's screen")
    resident: str = Field("", description="the resident's screen; it never shows anything else")


class ScannerChoice(_Part):
    """The scanner at this window; ``kind`` is a file name in window_client/devices/scanners."""

    kind: str = Field("watched_folder", pattern=r"^[a-z][a-z0-9_]*$", description="which scanner")
    folder: Path | None = Field(
        None, description="watched_folder: where pictures arrive; empty: scans/ in the data folder"
    )
    device: str = Field("", description="sane: device name; escl: address; empty: the only one there is")
    wait_seconds: float = Field(60.0, ge=1, le=600, description="how long a page may take to arrive")
    dpi: int = Field(300, ge=75, le=1200, description="resolution asked for")


class CardReaderChoice(_Part):
    """The reader for resident ID cards; ``kind`` is a file name in window_client/devices/card_readers."""

    kind: str = Field("sample_card", pattern=r"^[a-z][a-z0-9_]*$", description="which card reader")
    resident: str = Field("", description="sample_card: the sample resident whose card lies on it; empty: the first")


class CameraChoice(_Part):
    """The camera a voucher is held before; ``kind`` is a file name in window_client/devices/cameras."""

    kind: str = Field("system", pattern=r"^[a-z][a-z0-9_]*$", description="which kind of camera")
    device: str = Field("", description="system: part of the camera's name; empty: the system's first")


class Printers(_Part):
    """Printers by queue name; ``folder`` is the printer that writes files and is always there."""

    a4: str = Field("folder", description="printer for A4 paper")
    receipt: str = Field("folder", description="printer for the 80 mm receipt")
    folder: Path | None = Field(None, description="where the folder printer writes; empty: printed/ in the data folder")


class DepartmentLink(_Part):
    """One department's system. The password is not here: ``onewindow vault`` keeps it."""

    base_url: str = Field("", pattern=r"^(https?://\S+)?$", description="address; empty: the recipe's own")
    user: str = Field("", description="sign-in name used at this window")


class Progress(_Part):
    """Asking the departments by itself what became of filed cases (回传) while the window is open."""

    every_minutes: int = Field(
        30, ge=0, le=1440, description="a case is asked about at most this often, old ones more seldom; 0: never"
    )
    days: int = Field(90, ge=1, le=3650, description="how long after its visit a case is asked about")


class Vouchers(_Part):
    """The vouchers this centre issues."""

    host: str = Field("verify.onewindow.invalid", pattern=r"^[a-z0-9.-]+(:\d+)?$", description="host in the QR code")
    pdf_seal: bool = Field(False, description="also seal every PDF with the centre's certificate (PAdES)")


class Look(_Part):
    """How the two screens look."""

    theme: Literal["light", "contrast"] = Field("light", description="light, or contrast for high contrast")
    large_type: bool = Field(False, description="everything a third larger on the resident's screen")


class Logging(_Part):
    """The technical log (``log/`` in the data folder); it never holds a name, a number or a secret."""

    level: Literal["debug", "info", "warning", "error"] = Field("info", description="how much is written")
    keep_files: int = Field(14, ge=1, le=400, description="how many full log files are kept")
    megabytes: int = Field(5, ge=1, le=200, description="size at which a log file is full")


def _no_trailing_space(uri: str) -> str:
    return uri.strip()


class Settings(BaseSettings):
    """Everything a centre decides, frozen. ``Settings()`` is the defaults alone; ``load`` reads all four layers."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__")

    language: Literal["zh", "en"] = Field("zh", description="language of the clerk's screen")
    data: Path = Field(default_factory=lambda: user_data_path("onewindow", appauthor=False), description="data folder")
    database: Annotated[str, AfterValidator(_no_trailing_space)] = Field(
        "", repr=False, description="PostgreSQL address; empty: the encrypted database in the data folder"
    )
    keeper: str = Field("passphrase:", pattern=r"^(passphrase:|file:.+)$", description="who keeps the vault's key")
    station: Station = Field(default_factory=Station)
    screens: Screens = Field(default_factory=Screens)
    scanner: ScannerChoice = Field(default_factory=ScannerChoice)
    card_reader: CardReaderChoice = Field(default_factory=CardReaderChoice)
    camera: CameraChoice = Field(default_factory=CameraChoice)
    printers: Printers = Field(default_factory=Printers)
    departments: Mapping[str, DepartmentLink] = Field(default_factory=dict, description="one entry a department id")
    progress: Progress = Field(default_factory=Progress)
    voucher: Vouchers = Field(default_factory=Vouchers)
    look: Look = Field(default_factory=Look)
    log: Logging = Field(default_factory=Logging)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)  # load() puts the layers together itself, so that each value keeps its origin

    @property
    def log_folder(self) -> Path:
        return self.data / "log"

    @property
    def scan_folder(self) -> Path:
        return self.scanner.folder or self.data / "scans"

    @property
    def print_folder(self) -> Path:
        return self.printers.folder or self.data / "printed"


def leaves(model: type[BaseModel] = Settings, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every setting as (path, pydantic field), in the order written above. Departments appear with the id ``<id>``."""
    for name, info in model.model_fields.items():
        part = info.annotation
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield from leaves(part, (*before, name))
        elif name == "departments":
            yield from leaves(DepartmentLink, (*before, name, "<id>"))
        else:
            yield (*before, name), info
