"""Measuring the language room against gold answers."""
