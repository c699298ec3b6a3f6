"""残疾人服务信息系统: a system of 2021. One page, Vue and Element UI, a wizard whose panes are built when reached."""

from bridges.training.canlian.site import open_department

__all__ = ["open_department"]
