#!/usr/bin/python3
"""An independent implementation to compare with, written from the standards; slow and plain. Needs Debian's python3-cryptography.

AES-GCM is that library's own. Its OpenSSL (3.0 in Debian 12) has no SM4-GCM: here SP 800-38D's mode is built over the library's SM4 block cipher.
FF1 follows SP 800-38G, algorithms 7 and 8, with Python's whole numbers.

  reference.py run           JSON lines on standard input, each {"op", "key", "radix", "tweak", "numerals"}; one JSON line each on standard output
  reference.py vectors DIR   writes the files of test vectors that the tests read
"""
import hashlib
import hmac
import json
import pathlib
import random
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def block_cipher(algorithm, key):
    encryptor = Cipher(algorithm(key), modes.ECB()).encryptor()
    return encryptor.update


def ghash(h, data):
    """SP 800-38D, algorithm 2, on whole blocks."""
    y = 0
    for start in range(0, len(data), 16):
        x, v, z = y ^ int.from_bytes(data[start:start + 16], "big"), h, 0
        for bit in range(127, -1, -1):
            if x >> bit & 1:
                z ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
        y = z
    return y


def gcm(encrypt, nonce, aad, message):
    """SP 800-38D, algorithm 4, nonces of 96 bits. Returns the ciphertext and its tag."""
    counter = int.from_bytes(nonce + b"\0\0\0\1", "big")
    stream = b"".join(encrypt((counter + 1 + i).to_bytes(16, "big")) for i in range((len(message) + 15) // 16))
    ciphertext = bytes(a ^ b for a, b in zip(message, stream))
    padded = b"".join(part + bytes(-len(part) % 16) for part in (aad, ciphertext))
    lengths = (len(aad) * 8).to_bytes(8, "big") + (len(ciphertext) * 8).to_bytes(8, "big")
    h = int.from_bytes(encrypt(bytes(16)), "big")
    tag = ghash(h, padded + lengths) ^ int.from_bytes(encrypt(counter.to_bytes(16, "big")), "big")
    return ciphertext, tag.to_bytes(16, "big")


def seal(algorithm, key, nonce, aad, message):
    if algorithm == "aes-256-gcm":
        return AESGCM(key).encrypt(nonce, message, aad)
    text, tag = gcm(block_cipher(algorithms.SM4, key), nonce, aad, message)
    return text + tag


def ff1(key, radix, tweak, numerals, encrypting):
    encrypt = block_cipher(algorithms.AES, key)
    n, t = len(numerals), len(tweak)
    u = n // 2
    v = n - u

    def num(x):
        result = 0
        for numeral in x:
            result = result * radix + numeral
        return result

    def string(value, length):
        result = []
        for _ in range(length):
            value, numeral = divmod(value, radix)
            result.insert(0, numeral)
        return result

    b = ((radix ** v - 1).bit_length() + 7) // 8
    d = 4 * ((b + 3) // 4) + 4
    p = bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([10, u % 256]) + n.to_bytes(4, "big") + t.to_bytes(4, "big")

    def round_value(i, x):
        data = p + tweak + bytes((-t - b - 1) % 16) + bytes([i]) + num(x).to_bytes(b, "big")
        r = bytes(16)
        for start in range(0, len(data), 16):
            r = encrypt(bytes(x ^ y for x, y in zip(r, data[start:start + 16])))
        s = r
        for j in range(1, (d + 15) // 16):
            s += encrypt((int.from_bytes(r, "big") ^ j).to_bytes(16, "big"))
        return int.from_bytes(s[:d], "big")

    left, right = list(numerals[:u]), list(numerals[u:])
    for i in range(10) if encrypting else range(9, -1, -1):
        m = u if i % 2 == 0 else v
        if encrypting:
            left, right = right, string((num(left) + round_value(i, right)) % radix ** m, m)
        else:
            left, right = string((num(right) - round_value(i, left)) % radix ** m, m), left
    return left + right


def answer(request):
    key, tweak = bytes.fromhex(request["key"]), bytes.fromhex(request["tweak"])
    return ff1(key, request["radix"], tweak, request["numerals"], request["op"] == "ff1-encrypt")


def write_vectors(folder):
    dice = random.Random(20260101)
    rand = dice.randbytes

    def write(name, algorithm, groups):
        number = 0
        for group in groups:
            for test in group["tests"]:
                number += 1
                test["tcId"] = number
        content = {"algorithm": algorithm, "numberOfTests": number, "testGroups": groups}
        (folder / name).write_text(json.dumps(content, indent=1) + "\n")

    def aead_file(name, algorithm, key_length, ours):
        tests = []
        for length in (0, 1, 15, 16, 17, 64, 100):
            key, nonce, aad, message = rand(key_length), rand(12), rand(length // 2), rand(length)
            sealed = seal(ours, key, nonce, aad, message)
            test = {"key": key.hex(), "iv": nonce.hex(), "aad": aad.hex(), "msg": message.hex(), "ct": sealed[:-16].hex(), "tag": sealed[-16:].hex(), "result": "valid"}
            changed = bytearray(sealed)
            changed[-1] ^= 0x80
            tests += [test, {**test, "tag": bytes(changed[-16:]).hex(), "result": "invalid"}]
        refused = {**tests[2], "iv": "", "result": "invalid"}
        long_nonce = {**tests[2], "iv": tests[2]["iv"] + "00000000"}
        groups = [
            {"ivSize": 96, "keySize": key_length * 8, "tagSize": 128, "tests": tests},
            {"ivSize": 0, "keySize": key_length * 8, "tagSize": 128, "tests": [refused]},
            {"ivSize": 128, "keySize": key_length * 8, "tagSize": 128, "tests": [long_nonce]},
        ]
        if key_length == 32:
            groups.append({"ivSize": 96, "keySize": 128, "tagSize": 128, "tests": [{**tests[0], "key": tests[0]["key"][:32]}]})
        write(name, algorithm, groups)

    aead_file("aes_gcm.json", "AES-GCM", 32, "aes-256-gcm")
    aead_file("sm4_gcm.json", "SM4-GCM", 16, "sm4-gcm")

    def mac_file(name, algorithm, hash_name):
        groups = []
        for size in (256, 128):
            tests = []
            for length in (0, 1, 63, 64, 65, 200):
                key, message = rand(1 + length), rand(length)
                tag = hmac.new(key, message, hash_name if hash_name != "sm3" else lambda data=b"": hashlib.new("sm3", data)).digest()[:size // 8]
                test = {"key": key.hex(), "msg": message.hex(), "tag": tag.hex(), "result": "valid"}
                tests += [test, {**test, "tag": bytes([tag[0] ^ 1]).hex() + tag[1:].hex(), "result": "invalid"}]
            groups.append({"keySize": 0, "tagSize": size, "tests": tests})
        write(name, algorithm, groups)

    mac_file("hmac_sha256.json", "HMACSHA256", "sha256")
    mac_file("hmac_sm3.json", "HMACSM3", "sm3")

    tests = []
    for size in (1, 31, 32, 33, 64, 8160):
        ikm, salt, info = rand(32), rand(size % 40), rand(size % 50)
        okm = HKDF(SHA256(), size, salt or None, info).derive(ikm)
        tests.append({"ikm": ikm.hex(), "salt": salt.hex(), "info": info.hex(), "size": size, "okm": okm.hex(), "result": "valid"})
    tests.append({"ikm": "00", "salt": "", "info": "", "size": 8161, "okm": "", "result": "invalid"})
    write("hkdf_sha256.json", "HKDF-SHA-256", [{"keySize": 256, "tests": tests}])

    alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
    groups = []
    for radix, lengths in ((10, (6, 8, 9, 19, 60)), (36, (4, 11, 40))):
        tests = []
        for length in lengths:
            for key_length in (16, 24, 32):
                key, tweak, message = rand(key_length), rand(length), [dice.randrange(radix) for _ in range(length)]
                text = ["".join(alphabet[i] for i in x) for x in (message, ff1(key, radix, tweak, message, True))]
                tests.append({"key": key.hex(), "tweak": tweak.hex(), "msg": text[0], "ct": text[1], "result": "valid"})
        small = "12345"[:5 if radix == 10 else 3]
        key = rand(32)
        encrypted = "".join(alphabet[i] for i in ff1(key, radix, b"", [alphabet.index(c) for c in small], True))
        tests.append({"key": key.hex(), "tweak": "", "msg": small, "ct": encrypted, "result": "valid"})
        tests.append({"key": key.hex(), "tweak": "", "msg": "1", "ct": "", "result": "invalid"})
        tests.append({"key": key.hex(), "tweak": "", "msg": "12345678_", "ct": "", "result": "invalid"})
        tests.append({"key": key.hex()[:30], "tweak": "", "msg": "12345678", "ct": "", "result": "invalid"})
        groups.append({"alphabet": alphabet[:radix], "radix": radix, "keySize": 0, "tests": tests})
    write("aes_ff1_base.json", "AES-FF1", groups)
    groups = []
    for radix in (2, 255, 256, 65535, 65536):
        tests = []
        for length in (20, 21, 37):
            key, tweak, message = rand(32), rand(length % 17), [dice.randrange(radix) for _ in range(length)]
            tests.append({"key": key.hex(), "tweak": tweak.hex(), "msg": message, "ct": ff1(key, radix, tweak, message, True), "result": "valid"})
        tests.append({"key": key.hex(), "tweak": "", "msg": [radix] * 20, "ct": [], "result": "invalid"})
        groups.append({"radix": radix, "keySize": 256, "tests": tests})
    write("aes_ff1_radix.json", "AES-FF1", groups)


if len(sys.argv) == 3 and sys.argv[1] == "vectors":
    write_vectors(pathlib.Path(sys.argv[2]))
elif sys.argv[1:] == ["run"]:
    for line in sys.stdin:
        print(json.dumps({"answer": answer(json.loads(line))}), flush=True)
else:
    sys.exit(__doc__)
