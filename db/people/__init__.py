"""Human beings behind the names, and who of them supervises elections."""
