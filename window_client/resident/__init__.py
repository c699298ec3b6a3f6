"""The resident's room: one slot, one signal. It knows scenes and nothing else: no desk, no visit, no clerk's window."""
