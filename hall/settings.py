"""Settings: a frozen value from instance/hall.toml and HALL_* variables; refuses unsafe production."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
ASSETS = Path(__file__).resolve().parent / "_assets"
MIN_KEY_BYTES = 32


class BadSettings(Exception):
    """A setting is missing, unreadable or unsafe; the message is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one installation and another."""

    instance: Path
    database_url: str
    secret_key: str
    https: bool = False
    proxies: int = 0
    testing: bool = False
    public_url: str = "http://127.0.0.1:8000"

    @property
    def assets(self) -> Path:
        """Folder that holds templates/ and static/: inside the wheel, else the checkout."""
        return ASSETS if ASSETS.is_dir() else CHECKOUT


def _instance_folder(env: Mapping[str, str]) -> Path:
    if "HALL_INSTANCE" in env:
        return Path(env["HALL_INSTANCE"]).resolve()
    if ASSETS.is_dir():  # installed from a wheel: state lives where the command is run
        return Path.cwd() / "instance"
    return CHECKOUT / "instance"


def served_at(env: Mapping[str, str]) -> str:
    """The address that papers and QR codes carry when no public one is set: where this is served."""
    host, port = env.get("HALL_HOST", ""), env.get("HALL_PORT", "")
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 (every address; this one always leads here)
        host = "127.0.0.1"
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port if port.isdigit() else '8000'}"


def _secret(instance: Path, given: str | None) -> str:
    """The given key, or one kept in instance/secret.key (made once, readable by its owner only)."""
    if given is not None:
        if len(given.encode()) < MIN_KEY_BYTES:
            raise BadSettings(f"secret_key is shorter than {MIN_KEY_BYTES} bytes / 密钥太短")
        return given
    path = instance / "secret.key"
    try:
        key = path.read_text().strip()
        if path.stat().st_mode & 0o077:
            raise BadSettings(
                f"{path} can be read by others; run: chmod 600 {path} / 密钥文件权限太宽"
            )
    except FileNotFoundError:
        key = secrets.token_hex(32)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as f:
            f.write(key + "\n")
    if len(key.encode()) < MIN_KEY_BYTES:
        raise BadSettings(f"{path} holds too short a key / 密钥太短")
    return key


def load_settings(env: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from hall.toml, then HALL_* variables, then overrides. Raises BadSettings."""
    env = os.environ if env is None else env
    instance = Path(overrides.pop("instance", None) or _instance_folder(env))
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise BadSettings(f"cannot write to {instance}: {e.strerror} / 无法写入数据目录") from e
    values: dict[str, Any] = {}
    if (instance / "hall.toml").is_file():
        try:
            values = tomllib.loads((instance / "hall.toml").read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as e:
            raise BadSettings(f"{instance / 'hall.toml'}: {e}") from e
    for name in ("database_url", "secret_key", "https", "proxies", "public_url"):
        if (text := env.get("HALL_" + name.upper())) is not None:
            values[name] = text
    values |= overrides
    unknown = set(values) - set(Settings.__dataclass_fields__)
    if unknown:
        raise BadSettings(f"unknown settings: {', '.join(sorted(unknown))}")
    try:
        secret_key = _secret(instance, values.pop("secret_key", None))
    except OSError as e:
        raise BadSettings(f"cannot write to {instance}: {e.strerror} / 无法写入数据目录") from e
    values.setdefault("public_url", served_at(env))
    values.setdefault("database_url", f"sqlite:///{instance / 'hall.sqlite'}")
    if values["database_url"].startswith("postgresql://"):
        values["database_url"] = (
            "postgresql+psycopg://" + values["database_url"][len("postgresql://") :]
        )
    if "https" in values:
        values["https"] = str(values["https"]).lower() in ("1", "true", "yes", "on")
    if "proxies" in values:
        values["proxies"] = int(values["proxies"])
    return Settings(instance=instance, secret_key=secret_key, **values)
