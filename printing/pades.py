"""The centre's seal on a PDF of record (PAdES B-B, by pyHanko): any PDF program says whether a byte was changed (I5).

The paper's truth is the signed statement in its symbol; this seal adds what PDF programs understand by themselves. Key
and certificate are made by the centre's own ceremony: a certificate authority that signs exactly one certificate and
whose key is then forgotten, so nothing else can ever be issued under it. The root is handed out as a PEM file.
"""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from printing import cbor
from printing.errors import PdfSealTrouble
from printing.files import write_private

KEY_FILE: Final = "onewindow-pdf-seal-1"
LIFE: Final = timedelta(days=3 * 365)
FIELD: Final = "CentreSeal"
_DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
# unjudged: sealed with an algorithm that is not known here, as SM2 is
Integrity = Literal["none", "intact", "broken", "unjudged"]


@dataclass(frozen=True)
class CentreSeal:
    """An opened seal. `root`: the certificate that a stranger's program is told to trust, as PEM."""

    name: str
    until: datetime
    root: bytes = field(repr=False)
    _signer: Any = field(repr=False)

    def sealed(self, pdf: bytes, at: datetime) -> bytes:
        """`pdf` with the seal as an incremental change: what was there keeps every byte."""
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign import fields, signers

        if at > self.until:
            raise PdfSealTrouble(reason="expired", until=self.until.date().isoformat())
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            name=self.name,
            reason="办事凭证 / service voucher",
        )
        target = io.BytesIO()
        try:
            signers.PdfSigner(meta, self._signer).sign_pdf(_same_version(pdf), output=target)
        except PdfError:
            raise PdfSealTrouble(reason="pdf") from None
        return target.getvalue()


def _same_version(pdf: bytes) -> Any:
    """pyHanko raises the file to PDF 2.0 for this kind of seal; PDF/A-3 is PDF 1.7 and stays it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Steady(IncrementalPdfFileWriter):
        def ensure_output_version(self, version: tuple[int, int]) -> None: ...

    return Steady(io.BytesIO(pdf))


def make(path: Path, kek: bytes, *, name: str, now: datetime) -> bytes:
    """A new key and certificate for the centre `name`, sealed into `path` (0600). Gives the root as PEM."""
    if path.exists():
        raise PdfSealTrouble(reason="exists", file=str(path))
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = f"凭证封印根 {name}"
    root = _certificate(authority, authority.public_key(), issuer, issuer, now)
    leaf = _certificate(authority, key.public_key(), issuer, name, now)
    ders = [one.public_bytes(serialization.Encoding.DER) for one in (leaf, root)]
    head = cbor2.dumps([KEY_FILE, *ders], canonical=True)
    nonce = secrets.token_bytes(12)
    plain = key.private_numbers().private_value.to_bytes(32, "big")
    write_private(path, cbor2.dumps([head, nonce, AESGCM(_kek(kek)).encrypt(nonce, plain, head)], canonical=True))
    return root.public_bytes(serialization.Encoding.PEM)


def load(path: Path, kek: bytes) -> CentreSeal:
    """The seal of a key file. PdfSealTrouble: missing, unreadable, damaged, other_key."""
    from pyhanko.keys.internal import (
        translate_pyca_cryptography_cert_to_asn1,
        translate_pyca_cryptography_key_to_asn1,
    )
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    try:
        match cbor.read(path.read_bytes()):
            case [bytes() as head, bytes() as nonce, bytes() as closed]:
                leaf_der, root_der = _certificates(head)
            case _:
                raise ValueError("not a seal file")
        plain = AESGCM(_kek(kek)).decrypt(nonce, closed, head)
        key = ec.derive_private_key(int.from_bytes(plain, "big"), ec.SECP256R1())
        leaf, root = (x509.load_der_x509_certificate(der) for der in (leaf_der, root_der))
    except FileNotFoundError:
        raise PdfSealTrouble(reason="missing", file=str(path)) from None
    except OSError as trouble:
        raise PdfSealTrouble(reason="unreadable", file=str(path), system=str(trouble.strerror)) from None
    except InvalidTag:
        raise PdfSealTrouble(reason="other_key", file=str(path)) from None
    except (cbor.CborWrong, ValueError, TypeError):
        raise PdfSealTrouble(reason="damaged", file=str(path)) from None
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(translate_pyca_cryptography_cert_to_asn1(root))
    signer = signers.SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(leaf),
        signing_key=translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=store,
    )
    name = str(leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    return CentreSeal(name, leaf.not_valid_after_utc, root.public_bytes(serialization.Encoding.PEM), signer)


def _certificates(head: bytes) -> tuple[bytes, bytes]:
    match cbor.read(head):
        case [str() as kind, bytes() as leaf, bytes() as root] if kind == KEY_FILE:
            return leaf, root
    raise ValueError("not a seal file")


def integrity(pdf: bytes) -> Integrity:
    """Whether the PDF carries seals and every byte is as sealed, up to its end. Who sealed is another question."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return "none"
        answer: Integrity = "intact"
        for one in signatures:
            if one is signatures[-1] and one.evaluate_signature_coverage().name != "ENTIRE_FILE":
                return "broken"
            if not _is_known(one.signer_info):
                answer = "unjudged"
                continue
            context = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
            found = validate_pdf_signature(one, signer_validation_context=context)
            if not (found.intact and found.valid):
                return "broken"
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return "broken"
    return answer


def _is_known(signer: Any) -> bool:
    """Whether hash and signature have names; an algorithm nobody here knows is left as its number."""
    names = (signer["digest_algorithm"]["algorithm"].native, signer["signature_algorithm"]["algorithm"].native)
    return not any(name[0].isdigit() for name in names)


def _certificate(
    authority: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePublicKey, issuer: str, name: str, now: datetime
) -> x509.Certificate:
    is_root = issuer == name

    def named(text: str) -> x509.Name:
        short = text.encode()[:64].decode(errors="ignore")  # a common name has 64 bytes, a Chinese character three
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, short)])

    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=is_root, crl_sign=is_root, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(minutes=5))
        .not_valid_after(now.astimezone(UTC) + LIFE)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False)
    )
    if not is_root:
        purposes = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(purposes, critical=False)
    return made.sign(authority, hashes.SHA256())


def _kek(kek: bytes) -> bytes:
    if len(kek) != 32:
        raise PdfSealTrouble(reason="kek_length")
    return kek
