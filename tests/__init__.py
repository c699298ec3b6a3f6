"""Tests are named after the laws they keep; one folder a room. Real browsers, databases and keys; nothing is mocked."""
