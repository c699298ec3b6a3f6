"""Vouchers as they come back to a window: photographed, curled, stained, faxed. Made from the press's own papers.

`originals.py` cuts the symbol with its surroundings out of real papers, `damage.py` does to them what hands, cameras
and printer heads do, `pictures.py` is the numbered set the figures are measured on.
"""
