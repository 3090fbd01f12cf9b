"""Writes random test vectors of FF1, computed by fastfpe, in the format of Project Wycheproof: vectors.py FILE [COUNT]"""
import json
import secrets
import sys

from fastfpe import ff1

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
groups = {}
for number in range(1, count + 1):
    radix = secrets.choice([2, 10, 16, 36])
    alphabet = ALPHABET[:radix]
    length = {2: 20, 10: 6, 16: 5, 36: 4}[radix] + secrets.randbelow(40)
    key, tweak = secrets.token_hex(secrets.choice([16, 24, 32])), secrets.token_hex(secrets.randbelow(20))
    message = "".join(secrets.choice(alphabet) for _ in range(length))
    ciphertext = ff1.encrypt(key, tweak, alphabet, message)
    assert ff1.decrypt(key, tweak, alphabet, ciphertext) == message
    test = {"tcId": number, "key": key, "tweak": tweak, "msg": message, "ct": ciphertext, "result": "valid"}
    groups.setdefault(radix, {"alphabet": alphabet, "radix": radix, "tests": []})["tests"].append(test)
with open(sys.argv[1], "w") as file:
    json.dump({"algorithm": "AES-FF1", "numberOfTests": count, "testGroups": list(groups.values())}, file)
