"""E-mail through the office's own SMTP server."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any, Final

from db.delivery.message import DeliveryError, Message

PASSWORD: Final = "PANTAU_SMTP_SANDI"  # noqa: S105 - the name of the environment variable


def send(settings: Mapping[str, Any], target: str, message: Message) -> None:
    """Hand the message to the server of `[pengiriman]`. Raises `DeliveryError`."""
    host, port = settings["smtp_host"], settings["smtp_port"]
    if not host or "@" not in parseaddr(settings["dari"])[1]:
        raise DeliveryError("Surel belum disetel: isi [pengiriman] smtp_host dan dari.")
    letter = _letter(settings["dari"], target, message)
    try:
        with _connected(settings) as server:
            server.send_message(letter)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise DeliveryError(f"Peladen surel {host}:{port} menolak: {_reason(error)}") from error


def _connected(settings: Mapping[str, Any]) -> smtplib.SMTP:
    host, port, seconds = settings["smtp_host"], settings["smtp_port"], settings["batas_detik"]
    if settings["smtp_keamanan"] == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=seconds)
    try:
        if settings["smtp_keamanan"] == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings["smtp_pengguna"]:
            server.login(settings["smtp_pengguna"], os.environ.get(PASSWORD, ""))
    except BaseException:
        server.close()
        raise
    return server


def _letter(sender: str, target: str, message: Message) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = message.subject
    letter["From"] = sender
    letter["To"] = target
    letter["Date"] = format_datetime(datetime.now(UTC))
    letter["Message-ID"] = f"<{message.identity}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text())
    if enclosed := message.attachment:
        kind, _, form = enclosed.content_type.partition(";")[0].partition("/")
        letter.add_attachment(enclosed.data, kind, form, filename=enclosed.name)
    return letter


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_said(*answer) for answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _said(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
