"""Scores two scanners of free text on corpora with marked spans.

A span counts as right when its kind, start and end are those that were marked ("exact"); with "overlap" one character in common is
enough, and each marked span can be claimed once. Kinds that argus-redact doesn't have are left out of "common kinds"; its one medical type is
compared with all of ours as one kind. Its wider conventions are allowed for: a verb or label that it takes into an address (住…) is cut off
before the exact comparison; so is a title behind a name; a telephone that begins with 0 is a landline. A job_title (李文博医生) counts where it
holds the marked name, and for nothing where it doesn't.
"""

import collections
import importlib.metadata
import json
import re
import resource
import subprocess
import sys
import tempfile
import time

# argus-redact's types and what they are called here.
ARGUS_KINDS = {
    "person": "name", "phone": "mobile", "landline": "landline", "phone_landline": "landline", "id_number": "idCard", "bank_card": "bankCard",
    "email": "email", "address": "address", "passport": "passport", "license_plate": "licensePlate", "ip_address": "ipAddress",
    "wechat": "wechat", "wechat_id": "wechat", "qq": "qq", "qq_number": "qq", "date_of_birth": "birthDate", "birth_date": "birthDate",
    "hrp": "hkMacauPermit", "eep": "hkMacauPermit", "taiwan_arc": "taiwanPermit", "medical": "medical", "job_title": "job_title",
}
# It has one type for all of these, so that they are compared as one kind.
MEDICAL = {"diagnosis", "symptom", "drug", "surgery", "allergy"}
TITLES = r"(?:先生|女士|医生|医师|大夫|主任医师|主任|护士长|护士|教授|院长|同志)$"


def load(path):
    documents = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        nameless = line.startswith("!")
        text, spans, position = "", [], 0
        line = line[1:] if nameless else line
        for mark in re.finditer(r"\[([A-Za-z]+):([^\]]*)\]", line):
            text += line[position:mark.start()]
            spans.append((len(text), len(text) + len(mark.group(2)), mark.group(1)))
            text += mark.group(2)
            position = mark.end()
        documents.append((text + line[position:], spans, nameless))
    return documents


def scan_with_suwen(suwen, texts):
    """Spans per text, and the processor time of the whole process."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for index, text in enumerate(texts):
            file.write(json.dumps({"id": index, "text": text}, ensure_ascii=False) + "\n")
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        output = subprocess.run([suwen, "discover", "--text", file.name, "--json"], check=True, capture_output=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    results = [json.loads(line) for line in output.splitlines()]
    spans = [[(s["start"], s["end"], s["kind"]) for s in result["spans"]] for result in results]
    return spans, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def scan_with_argus(texts):
    from argus_redact import redact

    redact("预热", mode="fast", lang="zh", report=True)
    unknown = collections.Counter()
    results = []
    begin = time.process_time()
    for text in texts:
        report = redact(text, mode="fast", lang="zh", report=True)
        results.append(report.entities)
    seconds = time.process_time() - begin
    spans = []
    for text, entities in zip(texts, results):
        found = []
        for entity in entities:
            kind = ARGUS_KINDS.get(entity["type"])
            if kind is None:
                unknown[entity["type"]] += 1
                continue
            start, end = entity["start"], entity["end"]
            if kind == "address":
                start += len(re.match(r"(?:家住|现住|暂住|住在|住址|地址|住|寄到|寄|送到)?[:：]?", text[start:end]).group(0))
            if kind in ("name", "job_title"):
                title = re.search(TITLES, text[start:end])
                end -= len(title.group(0)) if title else 0
            if kind == "mobile" and re.match(r"[(（]?[0０](?![0０])", text[start:end]):
                kind = "landline"
            found.append((start, end, kind))
        spans.append(found)
    return spans, seconds, unknown


def merged(spans):
    return [(start, end, "medical" if kind in MEDICAL else kind) for start, end, kind in spans]


def counts(documents, results, overlap, merge=False):
    """Per kind: right, found, marked."""
    if merge:
        documents = [(text, merged(spans), nameless) for text, spans, nameless in documents]
        results = [merged(spans) for spans in results]
    table = collections.defaultdict(lambda: [0, 0, 0])
    for (_, marked, nameless), found in zip(documents, results):
        if nameless:
            continue
        left = list(marked)
        for span in found:
            if span[2] == "job_title":
                span = (span[0], span[1], "name")
                if not any(m[2] == "name" and (m == span or overlap and m[0] < span[1] and span[0] < m[1]) for m in left):
                    continue
            table[span[2]][1] += 1
            match = next((m for m in left if m[2] == span[2] and (m == span or overlap and m[0] < span[1] and span[0] < m[1])), None)
            if match:
                left.remove(match)
                table[span[2]][0] += 1
        for span in marked:
            table[span[2]][2] += 1
    return table


def figures(right, found, marked):
    precision = right / found if found else 0
    recall = right / marked if marked else 0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    return f"{precision:5.3f} {recall:5.3f} {f1:5.3f}"


def total(table, kinds):
    return [sum(table[kind][column] for kind in kinds) for column in range(3)]


def show(title, documents, mine, theirs, overlap):
    details = counts(documents, mine, overlap)
    a, b = counts(documents, mine, overlap, merge=True), counts(documents, theirs, overlap, merge=True)
    kinds = sorted({span[2] for _, spans, _ in documents for span in merged(spans)})
    common = [kind for kind in kinds if kind in set(ARGUS_KINDS.values())]
    print(f"\n{title}, {'overlap' if overlap else 'exact'}: precision, recall, F1\n")
    print(f"{'kind':22}{'marked':>7}   {'suwen':20}argus-redact")
    for kind in kinds:
        other = figures(*b[kind]) if kind in common else "    - (has no such kind)"
        print(f"{kind:22}{a[kind][2]:7}   {figures(*a[kind]):20}{other}")
        if kind == "medical":
            for part in sorted(MEDICAL):
                print(f"  {part:20}{details[part][2]:7}   {figures(*details[part]):20}    - (one type for all)")
    for label, group in (("all kinds", kinds), ("common kinds", common), ("common, not medical", [kind for kind in common if kind != "medical"])):
        print(f"{label:22}{total(a, group)[2]:7}   {figures(*total(a, group)):20}{figures(*total(b, group))}")


def false_names(documents, results):
    nameless = [found for (_, _, is_nameless), found in zip(documents, results) if is_nameless]
    return 100 * sum(span[2] == "name" for found in nameless for span in found) / len(nameless), len(nameless)


def speed(suwen, texts):
    """MB/s of both, each on as much text as takes it seconds. Suwen's figure holds process start, vocabulary and JSON."""
    size = sum(len(text.encode()) for text in texts)
    times = 200
    mine = scan_with_suwen(suwen, texts * times)[1]
    theirs = scan_with_argus(texts)[1]
    return size * times / mine / 1e6, size / theirs / 1e6


def main():
    suwen, folder = sys.argv[1:]
    parts = {name: load(f"{folder}/corpus-{name}.txt") for name in ("development", "held-out")}
    print(f"argus-redact {importlib.metadata.version('argus-redact')}, mode=fast, lang=zh")
    everything = [], [], []
    for name, documents in parts.items():
        texts = [text for text, _, _ in documents]
        mine, _ = scan_with_suwen(suwen, texts)
        theirs, _, unknown = scan_with_argus(texts)
        for whole, part in zip(everything, (documents, mine, theirs)):
            whole.extend(part)
        if name == "held-out":
            show("held-out part", documents, mine, theirs, overlap=False)
            show("held-out part", documents, mine, theirs, overlap=True)
            print("\ntypes of argus-redact without a counterpart, left out: ", dict(unknown))
    documents, mine, theirs = everything
    show("both parts", documents, mine, theirs, overlap=False)
    (rate, count), (other, _) = false_names(documents, mine), false_names(documents, theirs)
    print(f"\nfalse names per 100 medical documents ({count}): suwen {rate:.1f}, argus-redact {other:.1f}")
    short, long = [text for text, _, _ in documents], ["，".join(text for text, _, _ in documents)]
    for label, texts in (("one sentence a text", short), ("one long text", long)):
        a, b = speed(suwen, texts)
        print(f"MB/s of processor time, {label}: suwen {a:.1f}, argus-redact {b:.2f} ({a / b:.0f} times)")


main()
