"""One panel for one act of the clerk."""

from __future__ import annotations

from collections.abc import Callable

from window_client.staff.panels.await_resident import AwaitResident
from window_client.staff.panels.day_book import DayBook
from window_client.staff.panels.file_away import FileAway
from window_client.staff.panels.fill_form import FillForm
from window_client.staff.panels.gather import Gather
from window_client.staff.panels.hand_over import HandOver
from window_client.staff.panels.notices import Notices
from window_client.staff.panels.pick_items import PickItems
from window_client.staff.panels.read_card import ReadCard
from window_client.staff.panels.settings import SettingsPanel
from window_client.staff.panels.verify_voucher import VerifyVoucher
from window_client.staff.place import Panel, Place
from window_client.staff.preferences import Preferences


def panels(place: Place, prefer: Callable[[Preferences], None], identify: Callable[[], None]) -> dict[str, Panel]:
    return {
        "pick": PickItems(place),
        "card": ReadCard(place),
        "gather": Gather(place),
        "form": FillForm(place),
        "resident": AwaitResident(place),
        "file": FileAway(place),
        "hand_over": HandOver(place),
        "notices": Notices(place),
        "day_book": DayBook(place),
        "verify": VerifyVoucher(place),
        "settings": SettingsPanel(place, prefer, identify),
    }
