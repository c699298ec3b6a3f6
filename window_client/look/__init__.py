"""The look both windows share: tokens turned into a style sheet, fonts, icons and small widgets.

Nothing here knows a case, a desk or a scene; a widget of this room shows what it is given and tells what was pressed.
Laws: every interactive widget has an accessible name, is reachable by keyboard and shows its focus; text a person reads
comes from resources/texts, never from a widget; labels are plain text, so nothing a department or a resident wrote is
ever interpreted as markup.
"""
