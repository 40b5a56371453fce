"""The Datasette site: Pantau's own screens, written as one plugin."""
