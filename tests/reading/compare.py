#!/usr/bin/env python3
"""Holds `plansite list --format json` against the second reading in reader.py.

    python3 tests/reading/compare.py PLANSITE COLLECTION_OR_FOLDER_OF_COLLECTIONS [--fact F] [--json] [--quiet]

Prints, for each collection and fact, how many documents were compared, how many agree, and every difference with both
answers. Ends with 1 where a collection agrees on fewer than 98 of 100 in any fact.
"""

import argparse
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reader  # noqa: E402

FACTS = ("documents", "status", "id", "supersession", "tasks")
ENOUGH = 98.0


def listing(binary, root):
    command = [binary, "list", root, "--format", "json", "--today", "2026-11-23"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return {entry["path"]: entry for entry in json.loads(done.stdout)["documents"]}


# --- supersession: who is meant -------------------------------------------------------------------------------------

def keys_of(reading):
    """Names under which others may speak of a document, lower case."""
    stem = reading.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    names = {stem}
    if reading.id:
        names |= {normal_id(reading.id), reading.id.lower()}
    match = re.match(r"^(?:[a-z]{2,8}[-_])?(\d+)", stem)
    if match:
        names.add(str(int(match[1])))
    match = re.match(r"^([a-z]{2,8})[-_]?(\d+)", stem)
    if match:
        names.add(normal_id(match[0]))
    return names


def normal_id(text):
    match = re.fullmatch(r"(.*?)[-_ #]*0*(\d+)([a-z]?)", text.strip().lower())
    return f"{match[1]}-{match[2]}{match[3]}".lstrip("-") if match else text.strip().lower()


def resolve(target, reading, by_path, by_key):
    """Path of the document that is meant, else None."""
    wanted = re.sub(r"[#?].*$", "", target.strip().strip("<>\"'`")) or target
    url = re.match(r"^https?://[^/]+/[^/]+/[^/]+/(?:blob|tree|raw)/[^/]+/(.+)$", wanted)
    if url:
        wanted = "/" + url[1]
    elif re.match(r"^[a-z]+://", wanted):
        return None
    here = reading.path.rsplit("/", 1)[0] if "/" in reading.path else ""
    wanted = wanted.rstrip("/")
    tries = [wanted.lstrip("/")] if wanted.startswith("/") else [os.path.normpath(f"{here}/{wanted}").lstrip("/"), wanted]
    for path in tries:
        for ending in ("", ".md", "/README.md", "/index.md"):
            if path + ending in by_path:
                return path + ending
        tail = [known for known in by_path if known.endswith("/" + path) or ("/" + path).endswith("/" + known)]
        if len(tail) == 1 and "/" in path:
            return tail[0]
    stem = wanted.rsplit("/", 1)[-1].removesuffix(".md").lower()
    for name in (stem, normal_id(stem), normal_id(re.sub(r"^[a-z]+[-_ #]*", "", stem)) if re.search(r"\d", stem) else stem):
        known = [path for path in by_key.get(name, []) if path != reading.path]
        same = [path for path in known if path.rsplit("/", 1)[0] == here]
        if len(same) == 1 or len(known) == 1:
            return (same or known)[0]
    known = [path for path in by_path if path.rsplit("/", 1)[-1].lower().startswith(stem + "-")]
    return known[0] if len(known) == 1 and len(stem) > 3 else None


# --- one collection -------------------------------------------------------------------------------------------------

def words(text):
    return re.findall(r"\w+", reader.plain(text or "").lower())


def same_words(one, other):
    one, other = words(one), words(other)
    return bool(one) and bool(other) and (one[:len(other)] == other or other[:len(one)] == one)


def same_id(theirs, reading):
    if theirs is None or reading.id is None:
        return theirs is None and reading.id is None
    if normal_id(theirs) == normal_id(reading.id):
        return True
    # a bare number gets its prefix from the kind
    return reading.id.isdigit() and normal_id(theirs).rsplit("-", 1)[-1] == str(int(reading.id))


def compare(binary, root):
    theirs = listing(binary, root)
    paths = reader.files(root)
    result = {fact: {"compared": 0, "equal": 0, "differences": []} for fact in FACTS}

    def note(fact, path, ours, other, equal):
        entry = result[fact]
        entry["compared"] += 1
        entry["equal"] += equal
        if not equal:
            entry["differences"].append({"path": path, "reader": ours, "plansite": other})

    for path in sorted(set(paths) | set(theirs)):
        note("documents", path, path in paths, path in theirs, path in paths and path in theirs)
    readings = {path: reader.read(root, path, theirs[path]["kind"]) for path in paths if path in theirs}
    by_key = {}
    for reading in readings.values():
        for name in keys_of(reading):
            by_key.setdefault(name, []).append(reading.path)
    replaced = {}
    for reading in readings.values():
        for relation, target in reading.targets:
            met = resolve(target, reading, readings, by_key)
            if met and met != reading.path and not theirs[reading.path]["template"]:
                old, new = (met, reading.path) if relation == "supersedes" else (reading.path, met)
                replaced.setdefault(old, new)
    for path, reading in readings.items():
        entry = theirs[path]
        template = entry["template"]
        status, ours = entry["status"], reading.status
        if status or ours:
            other = (status["raw"], status["stage"], status["from"]) if status else None
            stages = {ours[1]} if ours else set()
            if path in replaced:
                # a successor that is itself no more than a draft may or may not count
                new = readings[replaced[path]].status
                stages = (stages if new and new[1] in ("draft", "proposed") else set()) | {"superseded"}
                ours = (ours[0] if ours else "", "superseded", "relation")
            equal = bool(status) and status["stage"] in stages and (
                bool(ours) and same_words(status["raw"], ours[0]) or status["from"] == "relation")
            note("status", path, ours, other, equal)
        else:
            note("status", path, None, None, True)
        note("id", path, f"{reading.id} ({reading.id_from})" if reading.id else None, entry["id"],
             same_id(entry["id"], reading))
        if template:
            continue
        own = [relation for relation in entry["relations"]
               if relation["kind"] in ("supersedes", "superseded-by") and not relation["inferred"]]
        other = {(relation["kind"], relation["to"] or normal_target(relation["raw"])) for relation in own}
        mine = {(kind, resolve(target, reading, readings, by_key) or normal_target(target))
                for kind, target in reading.targets}
        if other or mine:
            note("supersession", path, sorted(mine), sorted(other), other == mine)
        else:
            note("supersession", path, None, None, True)
        progress = entry["progress"]
        for mine, name in ((reading.boxes, "boxes"), (reading.work, None)):
            shown = progress if name is None else (progress or {}).get(name)
            if shown is not None or name is None:
                count = (shown["done"], shown["total"]) if shown else (0, 0)
                note("tasks", path, mine, count, tuple(mine) == count)
                break
    return result


def normal_target(target):
    return target.strip().strip("<>\"'`[]").lower().removesuffix(".md").lstrip("./")


# --- what is printed ------------------------------------------------------------------------------------------------

def share(entry):
    return 100.0 if not entry["compared"] else 100.0 * entry["equal"] / entry["compared"]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("binary")
    options.add_argument("folder")
    options.add_argument("--fact", choices=FACTS, action="append")
    options.add_argument("--json", action="store_true")
    options.add_argument("--quiet", action="store_true", help="only the table")
    chosen = options.parse_args()
    facts = chosen.fact or FACTS
    roots = [chosen.folder]
    inside = sorted(name for name in os.listdir(chosen.folder) if os.path.isdir(os.path.join(chosen.folder, name)))
    if inside and all("__" in name for name in inside):
        roots = [os.path.join(chosen.folder, name) for name in inside]
    results = {os.path.basename(os.path.normpath(root)): compare(chosen.binary, root) for root in roots}
    if chosen.json:
        print(json.dumps(results, indent=1, ensure_ascii=False))
    else:
        for name, result in results.items():
            for fact in facts:
                entry = result[fact]
                mark = "" if share(entry) >= ENOUGH else "  <"
                print(f"{name[:40]:40} {fact:13} {entry['equal']:5} of {entry['compared']:5} {share(entry):6.1f} %{mark}")
                for difference in [] if chosen.quiet else entry["differences"]:
                    print(f"    {difference['path']}\n        reader   {difference['reader']}\n"
                          f"        plansite {difference['plansite']}")
        for fact in facts:
            compared = sum(result[fact]["compared"] for result in results.values())
            equal = sum(result[fact]["equal"] for result in results.values())
            print(f"{'all':40} {fact:13} {equal:5} of {compared:5} {share({'compared': compared, 'equal': equal}):6.1f} %")
    low = any(share(result[fact]) < ENOUGH for result in results.values() for fact in facts)
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
