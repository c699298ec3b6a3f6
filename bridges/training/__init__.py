"""Three department systems to practise and test against (实训系统): real web applications of three ages, all invented.

They are the demo's counterpart, a clerk's training ground and the tests' witness at once; see docs/training.md.
"""

from bridges.training.running import ALL, CannotServe, Running, serve

__all__ = ["ALL", "CannotServe", "Running", "serve"]
