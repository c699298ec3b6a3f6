"""The worker: a child process that drives one department's browser. The only place that imports Playwright.

It holds no database and no key, decides nothing about a case, and before it clicks it asks its parent. JSON lines on
standard input and output; when its standard input ends, its parent is gone and it goes at once, before any click.
"""
