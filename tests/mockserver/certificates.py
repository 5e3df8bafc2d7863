"""Certificates for loopback servers, good and broken ones."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def authority(name: str, issuer: Pair | None = None) -> Pair:
    """A certificate authority, its own or another's."""
    return _make(name, issuer, ca=True, host="127.0.0.1", days=30)


def leaf(issuer: Pair | None, host: str = "127.0.0.1", days: int = 30) -> Pair:
    """A server's certificate for an IP address; `days` below zero is one that has expired."""
    return _make("leaf", issuer, ca=False, host=host, days=days)


def context(folder: Path, certificate: Pair, *chain: Pair) -> ssl.SSLContext:
    """A server's context with a certificate and those of the chain that it sends along."""
    path = folder / "server.pem"
    key = certificate[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(key + b"".join(_pem(pair) for pair in (certificate, *chain)))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made


def trusted(folder: Path, root: Pair) -> Path:
    """A file of trusted authorities with one in it."""
    path = folder / "trusted.pem"
    path.write_bytes(_pem(root))
    return path


def _pem(pair: Pair) -> bytes:
    return pair[0].public_bytes(serialization.Encoding.PEM)


def _make(name: str, issuer: Pair | None, *, ca: bool, host: str, days: int) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key
