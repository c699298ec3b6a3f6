"""The composition root: the one place that knows everybody.

``open_house(settings, ask)`` builds everything that needs no screen (records, vault, press, bridges, catalogue);
``window.open_window(house)`` puts the two windows, the lanes and the Desk on top. Commands use the first, the client
and the demo both. There is no second wiring.
"""

from window_client.assembly.house import House, is_new, open_house

__all__ = ["House", "is_new", "open_house"]
