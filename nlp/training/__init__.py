"""Recipes that make the models shipped under ``nlp/models`` from public corpora."""
