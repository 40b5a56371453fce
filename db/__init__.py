"""Keeping and serving: schema, store, search, alerts and the Datasette site."""
