"""Ed25519 and signed notes by Debian's python3-cryptography (OpenSSL), written from RFC 8032 and C2SP's signed-note alone.

JSON lines on standard input, each {"op", …} with hexadecimal fields; {"answer": …} lines on standard output.
"""
import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def verify(public, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except InvalidSignature:
        return False


def open_note(vkey, note):
    """The text's length when the key signed it, else null."""
    name, identifier, blob = vkey.split("+", 2)
    blob = base64.b64decode(blob, validate=True)
    assert blob[0] == 1 and hashlib.sha256(name.encode() + b"\n" + blob).digest()[:4].hex() == identifier
    text, lines = note.rsplit("\n\n", 1)
    text = (text + "\n").encode()
    for line in lines.splitlines():
        dash, signer, value = line.split(" ")
        value = base64.b64decode(value, validate=True)
        if dash == "—" and signer == name and value[:4].hex() == identifier and verify(blob[1:], value[4:], text):
            return len(text)
    return None


for line in sys.stdin:
    request = json.loads(line)
    if request["op"] == "sign":
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(request["seed"]))
        answer = key.public_key().public_bytes(*RAW).hex() + key.sign(bytes.fromhex(request["message"])).hex()
    elif request["op"] == "verify":
        answer = verify(*(bytes.fromhex(request[field]) for field in ("public", "signature", "message")))
    else:
        answer = open_note(request["key"], request["note"])
    print(json.dumps({"answer": answer}))
