"""The command line: opens the doors of the rooms below and holds no logic of its own."""

from __future__ import annotations

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pantau")
def main() -> None:
    """Memantau berita pemilu daerah."""
