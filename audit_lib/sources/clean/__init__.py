"""Cleaners: one written cell in, one canonical value out.

A cleaner never raises and never guesses: what it cannot read is None, and the caller sets the row
aside or counts it. Cleaning what has been cleaned changes nothing.
"""
