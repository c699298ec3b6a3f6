"""民政社会事务管理平台: a system of 2018. layui, a frame in a tab, the form in a popup layer, one-time tokens."""

from bridges.training.minzheng.site import open_department

__all__ = ["open_department"]
