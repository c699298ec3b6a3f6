"""The records: facts appended for good, the searchable case table beside them, on SQLCipher or PostgreSQL."""
