"""Asks other implementations: PyPI's cryptography (its own OpenSSL has SM4-GCM, which Debian 12's hasn't) and fastfpe. Runs in .build/python (scripts/setup).

JSON lines on standard input, each {"op", …} with hexadecimal fields; one JSON line each on standard output: the answer, null when it isn't authentic.
"""
import json
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from fastfpe import ff1

BLOCK_CIPHERS = {"aes-256-gcm": algorithms.AES, "sm4-gcm": algorithms.SM4}


def aead(request):
    field = {name: bytes.fromhex(request[name]) for name in ("key", "nonce", "aad", "message")}
    block_cipher = BLOCK_CIPHERS[request["algorithm"]](field["key"])
    if request["op"] == "seal":
        encryptor = Cipher(block_cipher, modes.GCM(field["nonce"])).encryptor()
        encryptor.authenticate_additional_data(field["aad"])
        return (encryptor.update(field["message"]) + encryptor.finalize() + encryptor.tag).hex()
    decryptor = Cipher(block_cipher, modes.GCM(field["nonce"], field["message"][-16:])).decryptor()
    decryptor.authenticate_additional_data(field["aad"])
    try:
        return (decryptor.update(field["message"][:-16]) + decryptor.finalize()).hex()
    except InvalidTag:
        return None


for line in sys.stdin:
    request = json.loads(line)
    if request["op"] in ("seal", "open"):
        answer = aead(request)
    else:
        function = ff1.encrypt if request["op"] == "ff1-encrypt" else ff1.decrypt
        answer = function(request["key"], request["tweak"], request["alphabet"], request["text"])
    print(json.dumps({"answer": answer}), flush=True)
