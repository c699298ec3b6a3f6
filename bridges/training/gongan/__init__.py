"""公安户政业务受理系统: a system of 2004. Frames, tables, GBK, confirm() before saving."""

from bridges.training.gongan.site import open_department

__all__ = ["open_department"]
