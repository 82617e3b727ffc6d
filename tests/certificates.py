"""Certificates for servers on loopback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


def self_signed(file: Path, name: str) -> Path:
    """A key and a certificate that nobody signed, in one file; the certificate alone is in `<file>.crt`.

    `name` is `DNS:secure.example` or `IP:127.0.0.1`.
    """
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(file)]
    subject = ["-subj", f"/CN={file.stem}", "-addext", f"subjectAltName={name}", "-out", f"{file}.crt"]
    try:
        subprocess.run(["openssl", "req", "-x509", "-days", "2", *key, *subject], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl, which makes certificates, is not installed")
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file
