"""The settings of one installation: `pantau.toml` over the documented `defaults.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULTS = Path(__file__).with_name("defaults.toml")


class ConfigError(Exception):
    """A `pantau.toml` that cannot be used; the message is in Indonesian and names file and key."""


@dataclass(frozen=True)
class Config:
    """The settings by section, each checked against `defaults.toml` for its name and type."""

    situs: dict[str, Any]
    pengambilan: dict[str, Any]
    bahasa: dict[str, Any]
    pengiriman: dict[str, Any]


def load(path: Path) -> Config:
    """Read the settings at `path`; without such a file, the defaults.

    Raises `ConfigError` for broken TOML, an unknown key and a value of the wrong type.
    """
    settings = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    for section, values in _read(path).items():
        if section not in settings or not isinstance(values, dict):
            raise ConfigError(f"{path}: bagian [{section}] tidak dikenal.")
        for key, value in values.items():
            settings[section][key] = _checked(path, section, key, value, settings[section])
    return Config(**settings)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: tidak terbaca ({error}).") from error


def _checked(path: Path, section: str, key: str, value: Any, known: dict[str, Any]) -> Any:
    if key not in known:
        raise ConfigError(f"{path}: kunci {section}.{key} tidak dikenal.")
    wanted = type(known[key])
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise ConfigError(f"{path}: {section}.{key} harus berupa {wanted.__name__}: {value!r}.")
    return value
