"""Prints columns of synthetic values by Faker's zh_CN providers, as one JSON object: label -> list of texts. The same seed, the same values."""
import json
import sys

from faker import Faker

ROWS = 400

fake = Faker("zh_CN")
fake.seed_instance(20260101)

makers = {
    # What identifies or describes a person.
    "name": fake.name,
    "idCard": fake.ssn,
    "mobile": fake.phone_number,
    "address": fake.address,
    "email": fake.email,
    "bankCard": fake.credit_card_number,
    "birthDate": lambda: fake.date_between("-90y", "-1y").isoformat(),
    "ipv4": fake.ipv4,
    "ipv6": fake.ipv6,
    "mac": fake.mac_address,
    "employer": fake.company,
    "occupation": fake.job,
    "postcode": fake.postcode,
    "latitude": lambda: str(fake.latitude()),
    "longitude": lambda: str(fake.longitude()),
    "password": fake.password,
    # What does not.
    "isbn13": fake.isbn13,
    "isbn10": fake.isbn10,
    "ean13": fake.ean13,
    "ean8": fake.ean8,
    "uuid": fake.uuid4,
    "md5": fake.md5,
    "sha1": fake.sha1,
    "sha256": fake.sha256,
    "city": fake.city,
    "province": fake.province,
    "street": fake.street_name,
    "country": fake.country,
    "userName": fake.user_name,
    "url": fake.url,
    "fileName": fake.file_name,
    "color": fake.color_name,
    "hexColor": fake.hex_color,
    "word": fake.word,
    "sentence": fake.sentence,
    "text": fake.text,
    "timestamp": lambda: fake.date_time_between("-5y", "now").isoformat(" "),
    "time": fake.time,
    "epoch": lambda: str(fake.unix_time()),
    "slogan": fake.catch_phrase,
    "userAgent": fake.user_agent,
    "iban": fake.iban,
    "number": lambda: str(fake.random_int(1, 99999999)),
    "price": lambda: str(fake.pydecimal(left_digits=4, right_digits=2, positive=True)),
    "boolean": lambda: str(fake.boolean()),
    "currency": fake.currency_code,
    "mimeType": fake.mime_type,
    "domain": fake.domain_name,
}

json.dump({label: [str(make()) for _ in range(ROWS)] for label, make in makers.items()}, sys.stdout, ensure_ascii=False)
