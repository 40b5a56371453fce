"""Understanding: Indonesian text in, annotations out. Opens no database and no socket."""
