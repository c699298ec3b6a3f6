"""The main job played from call to rating: real windows, real vault, real browser, real departments, invented people.

``stage_set`` prepares a house of its own and the training departments, ``story`` is the visit in beats, ``player``
plays the beats in the Qt loop and photographs both screens, ``summary`` says what came of it and checks it.
"""
