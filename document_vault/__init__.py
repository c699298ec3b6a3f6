"""The encrypted personal e-document vault (电子证件库): kept once, lent by consent, told to its holder.

`document_vault.vault.Vault` is the door; docs/vault.md tells the format, the keys and the order of writing.
"""
