"""Looking after the vault: check, repair, rotate, back up, forget."""

from document_vault.upkeep.backing_up import backup, restore
from document_vault.upkeep.checking import check
from document_vault.upkeep.forgetting import forget
from document_vault.upkeep.repairing import repair
from document_vault.upkeep.rotating import rotate

__all__ = ["backup", "check", "forget", "repair", "restore", "rotate"]
