"""Cameras, one file each; `roll_call` finds them (window_client/devices/roll_call.py). Only `system.py` may know Qt."""
