"""The things on the counter: scanners, card readers. A device is one file; its port keeps the laws for it.

Laws: a device answers with values or with `DeviceTrouble`, never with anything else; a page that was taken stays where
it was until somebody says it is sealed; nothing read from a device is written to a log or to a file.
"""
