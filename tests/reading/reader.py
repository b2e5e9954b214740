"""A second reading of a collection, by regular expressions over the raw files.

It shares no code and no tables with the program it is held against, and knows nothing of dialects: it looks at a file
the way a careful person skims it, from the top, and notes status, id, supersession and boxes. What needs Markdown
proper (links in running text, phases) it leaves alone.
"""

import os
import re
from dataclasses import dataclass, field

# --- what a status word means: the first pattern that fits the beginning, else the first that fits anywhere ----------

STAGES = [
    ("accepted", r"(design|plan|planning|spec|specification|analysis|intake|requirements|research|investigation)"
                 r"[ _-]+complete"),
    ("accepted", r"part(ly|ially) superseded"),
    ("superseded", r"super[sc]+eded|replaced|obsoleted|substituíd[oa]|ersetzt"),
    ("active", r"part(ial|ly|ially)\b|mostly|substantially|in[ _-]?progress|ongoing|active\b|current\b|wip implementation"),
    ("rejected", r"not accepted|reject|decline|denied|dismiss|withdrawn|abandon|cancell?ed|wo ?n['’]?t ?(do|fix)|dropped"
                 r"|abgelehnt"),
    ("draft", r"not (yet )?started|not implemented|incomplete|draft|wip\b|to[ -]?do\b|backlog|planned|planning|future"
              r"|provisional|idea|ideation|new\b|scop(ed|ing)|returned for revision|stub|strawman|pre-?draft|rascunho"
              r"|entwurf|borrador|brouillon|초안|草案|design plan|plan only|plan\b|exploring|captured"),
    ("proposed", r"propos|pending|(in |under |active |awaiting |needs |ready for |scheduled for )?(the )?(peer |human )?review"
                 r"|(in|under|public) (discussion|consideration)|discussion|last call|open\b|candidate|submitted"
                 r"|request for comments|prediscussion|collaborat|scheduled for (active )?review"),
    ("completed", r"implementation complete|complete|done\b|finish|implemented|ship|released?\b|landed|merged|deployed"
                  r"|delivered|final|stable|closed|resolved|fixed|verified|fully|passed|concluíd|erledigt|abgeschlossen"
                  r"|terminé|completado|完了|已完成|production|working|live\b"),
    ("blocked", r"block|on[ _-]?hold|paused|wait|await|stalled|suspend|postponed|deferred|parked"),
    ("accepted", r"accept|approved|adopted|agreed|decided|decision made|ratified|committed|implementable|ready"
                 r"|spec ready|recommended|published|publish|aceit|aceptad|accepté|angenommen|confirmed"),
    ("active", r"started|running|doing|under ?way|execut|implementing|implementation|in (active )?development"
               r"|development|experimental|pilot|prototyp|testing|living|on track|at risk|ativo|aktiv|in arbeit"
               r"|進行中|进行中|investigating|tracking|analysis|demonstrated|reopened"),
    ("deprecated", r"deprecat|obsolete|retired|discontinued|removed|outdated|expired"),
    ("archived", r"archived?|historical?|inactive|stagnant|moved\b"),
]
STAGES = [(stage, re.compile(pattern, re.I)) for stage, pattern in STAGES]

FOLDERS = {
    "draft": "draft", "drafts": "draft", "future": "draft", "planned": "draft", "proposed": "proposed",
    "accepted": "accepted", "active": "active", "in-progress": "active", "in_progress": "active", "wip": "active",
    "blocked": "blocked", "completed": "completed", "complete": "completed", "done": "completed",
    "finished": "completed", "implemented": "completed", "rejected": "rejected", "withdrawn": "rejected",
    "abandoned": "rejected", "deprecated": "deprecated", "archive": "archived", "archived": "archived",
    "z_archive": "archived", "superseded": "superseded", "changes": "active",
}

NOTHING = re.compile(r'^["\'`(\[]*(n/?a|none|nothing|null|nil|no|tbd|tba|~|-+|—|–|unassigned|not applicable|put "n/a".*)?'
                     r'["\'`)\].]*$', re.I)

STATUS_KEY = r"(?:(?:overall|current|plan|document|doc|spec|project|adr|kep|rfc|proposal|review|research)\s+)?status" \
             r"|lifecycle|상태|estado"
EXACT = {"status": 0, "lifecycle": 0}
KEY_LINE = re.compile(
    r"^\s{0,3}(?:>\s*)*(?:[-*+•]\s+)?(?P<hash>#{1,6}\s+)?(?P<mark>[*_`]{0,3})(?P<key>[^\W\d_][\w /&-]{1,40}?)"
    r"(?:\s*[*_`]{1,3})?\s*[::]\s*(?:[*_`]{1,3}(?=\s|$))?\s*(?P<value>.*?)\s*$")
ROW = re.compile(r"^\s*\|\s*[*_`]*(?P<key>[^|*_`]+?)[*_`]*\s*:?[*_`]*\s*\|\s*(?P<value>[^|]*?)\s*\|\s*(?P<more>.*)$")
HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$")
BOX = re.compile(r"^(?P<indent>(?:\s|>)*)(?:[-*+]|\d+[.)])\s+\[(?P<mark>[^\[\]\\]{0,2})\](?=\s)(?P<text>.*)$")


@dataclass
class Reading:
    """What one file says. Absent facts are None; targets are (relation, as written)."""
    path: str
    status: tuple = None  # (as written, stage, where)
    statuses: list = field(default_factory=list)
    id: str = None
    id_from: str = None
    title: str = ""
    targets: list = field(default_factory=list)
    boxes: tuple = (0, 0)
    work: tuple = (0, 0)


# --- the parts of a file --------------------------------------------------------------------------------------------

def text_of(path):
    raw = open(path, "rb").read()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", "replace")
    else:
        text = raw.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


BEFORE = re.compile(r"[ \t]*\n|<!--(?:(?!-->).)*-->[ \t]*\n?|# [^\n]*\n", re.S)
BLOCK = re.compile(r"(---|\+\+\+)[ \t]*\n")


def parts(text):
    """(pairs of the block at the top, everything after it)."""
    at = 0
    while match := BEFORE.match(text, at):
        at = match.end()
    opened = BLOCK.match(text, at)
    closed = re.compile(rf"^(?:{re.escape(opened[1])}|\.\.\.)[ \t]*$", re.M).search(text, opened.end()) if opened else None
    if closed and looks_like_pairs(text[opened.end():closed.start()]):
        separator = "=" if opened[1] == "+++" else ":"
        return pairs(text[opened.end():closed.start()], separator), text[:at] + text[closed.end():]
    return [], text


def looks_like_pairs(block):
    lines = [line for line in block.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    keyed = [line for line in lines if re.match(r"^(['\"]?[\w@][\w .@/-]*['\"]?\s*[:=](\s|$)|\s|-|\]|\})", line)]
    return bool(lines) and len(keyed) >= 0.6 * len(lines) and bool(re.search(r"^[\w'\"][\w .-]*['\"]?\s*[:=]", block, re.M))


def pairs(block, separator=":"):
    """[(key, [values])] of the unindented keys; a value over several lines is joined, a list is kept as one."""
    found = []
    for line in block.split("\n"):
        match = re.match(r"^['\"]?([^\W\d][\w .-]*?)['\"]?\s*" + separator + r"(?:\s+(.*)|\s*)$", line)
        if match:
            found.append((match[1], [scalar(match[2] or "")]))
        elif found and re.match(r"^\s*-(\s|$)", line):
            item = scalar(re.sub(r"^\s*-\s*", "", line))
            found[-1][1].append(item)
        elif found and line.strip() and line[0] in " \t":
            found[-1][1].append(scalar(line.strip()))
    for _, values in found:
        flat = [part for value in values for part in split_list(value)]
        values[:] = [value for value in flat if value not in ("", ">", ">-", "|", "|-")]
    return found


def scalar(value):
    value = value.strip()
    if value[:1] in "\"'" and value[:1] and value.find(value[0], 1) > 0:
        return value[1:value.find(value[0], 1)]
    return re.sub(r"\s+#.*$|^#.*$", "", value).strip()


def split_list(value):
    if re.match(r"^\[\s*\[", value):
        return re.findall(r"\[\[.*?\]\]", value)
    if value.startswith("[") and value.endswith("]") and "](" not in value:
        return [scalar(part) for part in value[1:-1].split(",")]
    return [value]


def prose(body):
    """The lines with fenced code and comments blanked, so that numbers stay."""
    lines, fence = [], None
    body = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), body, flags=re.S)
    for line in body.split("\n"):
        match = re.match(r"^\s*(?:>\s*)?(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})(.*)$", line)
        if fence:
            if match and match[1][0] == fence[0] and len(match[1]) >= len(fence) and not match[2].strip():
                fence = None
            lines.append("")
        elif match and not (match[1][0] == "`" and "`" in match[2]):
            fence = match[1]
            lines.append("")
        else:
            lines.append(line)
    return lines


def heading(lines, at):
    """(level, text) of the heading on a line, underlined ones too."""
    match = HEADING.match(lines[at])
    if match:
        return len(match[1]), (match[2] or "").strip()
    under = lines[at + 1] if at + 1 < len(lines) else ""
    if lines[at].strip() and re.match(r"^ {0,3}(=+|-{2,})\s*$", under) and not re.match(r"^\s*([|>]|[-*+] )", lines[at]) \
            and (at == 0 or not lines[at - 1].strip()):
        return (1 if "=" in under else 2), lines[at].strip()
    return None


def plain(text):
    """Without emphasis, link targets, comments and struck-through words."""
    text = re.sub(r"<!--.*?(-->|$)|~~.+?~~", "", text) or text
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)", r"\1", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\[[^\]]*\]", r"\1", text)
    return re.sub(r"\*\*|__|`|\\$", "", text).strip(" \t*_\"'")


# --- status ---------------------------------------------------------------------------------------------------------

def open_choice(value):
    """`Draft | Active`, `[Status]`, `{proposed | rejected}`: nobody has chosen yet."""
    bare = value.strip().strip("*`\"' ")
    if re.fullmatch(r"\{\s*[\w -]+\s*\}", bare):
        return stage_of(bare.strip("{} ")) == "unknown"
    if re.fullmatch(r"\[[^\]]*\]|\{.*\}|<[^!].*>", bare) and not re.match(r"^\[x\]", bare, re.I):
        return True
    for mark, least in (("|", 2), ("/", 3)):
        pieces = [piece.strip() for piece in plain(bare).split(mark)]
        if len(pieces) >= least and all(0 < len(piece) <= 30 and len(piece.split()) <= 3 for piece in pieces):
            return "**" not in value.strip("*")
    return bool(re.match(r"^\{\{", bare))


def stage_of(value):
    bare = re.sub(r"[_-]+", " ", plain(value)).replace("’", "'")
    bare = re.sub(r"^[^\w]+", "", bare)
    clause = re.split(r"[(),;:.—–·|\[<]|\s-\s|\s/\s", bare, maxsplit=1)[0].strip()
    if re.match(r"phase \S+ complete", clause, re.I):
        return "active"
    for whole in (clause, bare):
        for stage, pattern in STAGES:
            if pattern.match(whole):
                return stage
    for stage, pattern in STAGES if len(clause.split()) <= 5 else []:
        if re.search(r"\b(?:" + pattern.pattern + ")", clause, re.I):
            return stage
    return "unknown"


def preamble(lines):
    """Numbers of the lines a reader takes for the head: up to the first section that holds prose."""
    metadata = re.compile(r"^(\d+[.)]\s*)?(metadata|meta|document (info|information|control)|status|overview"
                          r"|plan (info|metadata)|header|info|about( this.*)?|project (info|information))\b", re.I)
    seen, last = 0, len(lines)
    for at in range(len(lines)):
        found = heading(lines, at)
        if not found:
            continue
        level, title = found
        keyed = KEY_LINE.match(lines[at])
        if keyed and level > 1 and ":" in title and len(title) < 120 and not re.match(r"phase|task|step|story|us-", title, re.I) \
                and re.fullmatch(rf"(?:{ID_KEYS}|{STATUS_KEY}|[a-z]+ id|title|version|date|author|owner|created|updated|last updated"
                                 r"|specification|spec|plan|priority|type|review|reviewers?)", keyed["key"].strip(), re.I):
            continue
        seen += 1
        if seen == 1:
            continue
        if metadata.match(re.sub(r"^[^\w]+", "", title)):
            continue
        last = at
        break
    head = list(range(min(last, 120)))
    for at in range(last, min(len(lines), 160)):
        found = heading(lines, at)
        if found and re.match(r"^[^a-z]*(document )?meta-?data\b", found[1], re.I):
            end = next((line for line in range(at + 1, len(lines)) if heading(lines, line)), len(lines))
            head += [line for line in range(at, end) if line not in head]
    return head


def head_pairs(lines):
    """[(key, value, line number, form)] of the head: bold, list, quote, plain, heading lines, rows of tables."""
    found = []
    head = preamble(lines)
    for at in head:
        line = lines[at]
        if re.match(r"^\s*\|", line):
            match = ROW.match(line)
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if match and len(cells) == 2 and not re.fullmatch(r"[\s:|-]+", line):
                found.append((match["key"].strip(" :"), match["value"].strip(), at, "table"))
            elif match and len(cells) >= 4 and len(cells) % 2 == 0 and re.match(r"^\|?\s*\*\*", line):
                for key, value in zip(cells[::2], cells[1::2]):
                    found.append((key.strip("*_` :"), value, at, "table"))
            continue
        pieces = re.split(r"\s+[|·•—]\s+(?=\*\*[^*]+(?::\*\*|\*\*\s*:))|(?<=\S)\s{1,}(?=\*\*[^*]{2,40}:\*\*)", line)
        for number, piece in enumerate(pieces):
            match = KEY_LINE.match(piece)
            if not match or (number and not match["mark"]) or "`" in match["mark"]:
                continue
            value = match["value"]
            if not match["mark"] and not match["hash"] and len(value.split()) > 30:
                continue
            if value.endswith("**") and value.count("**") % 2:
                value = value[:-2]
            following = at + 1
            if not value.strip():
                while following < len(lines) and re.match(r"^\s+[-*+]?\s*\S", lines[following]) and len(value) < 300:
                    value += ", " + re.sub(r"^\s+[-*+]?\s*", "", lines[following])
                    following += 1
                value = value.strip(", ")
            elif re.match(r"^\s*[-*+]\s", piece):
                while following < len(lines) and re.match(r"^\s{2,}[^\s*+-]", lines[following]) and len(value) < 300:
                    value += " " + lines[following].strip()
                    following += 1
            elif len(pieces) == 1 and match["mark"]:
                while following < len(lines) and re.match(r"^(?:>\s*)?[\w\[(`\"“]", lines[following]) \
                        and not KEY_LINE.match(lines[following]) and not line.endswith(("  ", "\\")) and len(value) < 300:
                    value += " " + re.sub(r"^>\s*", "", lines[following]).strip()
                    following += 1
            found.append((match["key"].strip(), value, at, "heading" if match["hash"] else "header"))
    return found


def section(lines, name):
    """The lines under the first heading of a name."""
    for at in range(len(lines)):
        found = heading(lines, at)
        if not found or not re.fullmatch(r"(?:[^\w]*\d+(?:\.\d+)*[.)]?\s*)?[^\w]*" + name + r"\s*:?", found[1].strip("*_ "), re.I):
            continue
        taken, start = [], at + 1
        if start < len(lines) and re.match(r"^ {0,3}(=+|-{2,})\s*$", lines[start]):
            start += 1
        for number in range(start, len(lines)):
            if heading(lines, number):
                break
            taken.append(lines[number])
        return taken
    return []


def statuses(path, block, lines, sidecar, kind):
    """Every status, strongest first: (as written, stage, where)."""
    found = []

    def add(value, where):
        value = value.strip()
        if value and not NOTHING.match(plain(value)) and not open_choice(value):
            found.append((plain(value), stage_of(value), where))

    for names in (("lifecycle",), ("status", "state", "stage", "lane", "estado")):
        for origin in (block, sidecar):
            for name in names:
                for key, values in origin:
                    if key.strip().lower().replace("-", "_") == name and values:
                        add(values[0], "block")
    pairs_at_top = head_pairs(lines)
    keyed = re.compile(rf"(?:{STATUS_KEY})", re.I)
    for key, value, _, form in sorted(pairs_at_top, key=lambda pair: EXACT.get(pair[0].lower(), 1)):
        if keyed.fullmatch(key.strip()):
            boxes = re.findall(r"\[([ xX✓✅]?)\]\s*([^\[]+)", value)
            if len(boxes) > 1:
                for mark, name in boxes:
                    if mark.strip():
                        add(name, "boxes")
            else:
                add(value, form)
    under = section(lines, "(?:status|state)")
    several = len([line for line in under if re.match(r"^\s*[-*+]\s", line)]) > 1
    for line in under:
        bare = re.sub(r"^\s*(?:>\s*)*(?:[-*+]\s+)?", "", line).strip()
        if bare and not re.match(r"^\|", bare):
            match = KEY_LINE.match(line)
            named = match and re.fullmatch(STATUS_KEY + "|state", match["key"].strip(), re.I)
            value = match["value"] if named else bare
            if not (match and not named) and not re.match(r"^\[[ xX]\]", value) \
                    and not (stage_of(value) == "unknown" and (several or value.endswith(".") or len(value.split()) > 6)):
                add(value, "section")
            break
    row = re.compile(r"^\s*(?:[-*+]\s+)?\**[\w ]*status\**\s*:?\**\s*:?\s*((?:\[[ xX✓✅]\][^\[]+){2,})", re.I)
    for line in lines:
        match = row.match(line)
        for mark, name in re.findall(r"\[([ xX✓✅])\]\s*([^\[]+)", match[1]) if match else []:
            if mark.strip():
                add(name, "boxes")
    if not found and kind == "adr":
        for line in lines:  # several decisions in one file: the first one speaks
            match = KEY_LINE.match(line) or ROW.match(line)
            if match and match["key"].strip().lower() == "status":
                add(match["value"], "within")
                break
    if kind != "page":
        for folder in reversed(path.split("/")[:-1]):
            stage = FOLDERS.get(re.sub(r"^[\d._ -]+", "", folder).lower()) or FOLDERS.get(folder.lower())
            if stage:
                found.append((folder, stage, "folder"))
                break
    return found


# --- id -------------------------------------------------------------------------------------------------------------

ID_KEYS = r"(?:(?:plan|spec|specification|research|adr|rfc|decision|doc|document|task|feature|goal|proposal|kep|eip|dep)" \
          r"[ _-]?)?(?:id|number)|adr|eip|rfc|kep|cip|nep|fip|simd|bip|sip|pep|dep|rfd|kep-number|kitty_id"


MOULD = re.compile(r"\b(N{2,}|X{2,}|x{3,}|tbd|TBD)\b|##|0000-.*template")


def identity(path, block, lines, sidecar, title, numbered):
    """(id, where)."""
    for key, values in list(block) + list(sidecar):
        if re.fullmatch(ID_KEYS, key.strip(), re.I) and values and not MOULD.search(values[0]) and re.fullmatch(r"[\w.#-]{1,60}", values[0]):
            return values[0].strip("#"), "block"
    for key, value, _, _ in head_pairs(lines):
        if re.fullmatch(ID_KEYS + r"|proposal", key.strip(), re.I):
            value = plain(value)
            if re.fullmatch(r"[\w.#-]{1,60}", value) and re.search(r"\d", value) and not MOULD.search(value) and not NOTHING.match(value):
                return value, "head"
    if not numbered:
        return None, None
    match = re.match(r"^[^\w]*([A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*-\d+[a-z]?)(?![\w-])", plain(title))
    if match:
        return match[1], "title"
    name = path.rsplit("/", 1)[-1]
    if MOULD.search(name):
        return None, None
    match = re.match(r"^([A-Za-z]{2,8})[-_]?(\d{1,6})(?![\w]|\.\d)", name)
    if match and not re.match(r"(phase|part|step|level|week|day|chapter|sprint|slice|v)\b", match[1], re.I):
        return f"{match[1].upper()}-{match[2]}", "name"
    match = re.match(r"^(\d{3,5})(?![\w])", name)
    if match and not re.match(r"^(19|20)\d\d-[01]\d", name):
        return match[1], "number"
    return None, None


# --- supersession ---------------------------------------------------------------------------------------------------

NEWER = r"super[sc]+edes(?: partially)?|replaces|obsoletes|superseding"
OLDER = r"super[sc]+eded[ -]?by|replaced[ -]by|obsoleted[ -]by|superseder|proposed[ -]replacement|supersededby"


def targets_in(value):
    value = value.strip()
    found = [link[1] or link[0] for link in re.findall(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]*)[^()]*\)", value)]
    found += [link.split("|")[0] for link in re.findall(r"\[\[([^\]]+)\]\]", value)]
    if found:
        return found
    found = re.findall(r"`([^`]+)`", re.sub(r"\([^()]*\)?|;.*", "", value))
    if found:
        return found
    bare = re.sub(r"\(.*?\)", "", plain(value))
    if NOTHING.match(bare) or NOTHING.match(plain(value)) or re.match(r"^[\[({<]", plain(value)):
        return []
    whole = [part.strip().strip("\"'#").strip() for part in re.split(r"[,;]| and ", bare)]
    ids = [part for part in whole if re.fullmatch(r"\S+", part) or re.fullmatch(r"[A-Za-z]+ #?\d+", part)]
    if ids and len(ids) == len([part for part in whole if part]):
        return [part for part in ids if not NOTHING.match(part)]
    return re.findall(r"\b[A-Z]{2,}[A-Z-]*-\d+[a-z]?\b", bare)


def supersession(block, lines, sidecar):
    found = []

    def add(relation, value, before=""):
        if re.search(r"part(ly|ially)\W+$", before, re.I):
            return
        for target in targets_in(value):
            if (relation, target) not in found and not target.startswith("-"):
                found.append((relation, target))

    for key, values in list(block) + list(sidecar):
        name = re.sub(r"[ _-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)).lower()
        for relation, pattern in (("supersedes", NEWER), ("superseded-by", OLDER)):
            if re.fullmatch(pattern, name):
                for value in values:
                    add(relation, value)
        if name == "status":
            for value in values:
                match = re.search(rf"\b(?:{OLDER})\b[: ]*(.+)", value, re.I)
                if match:
                    add("superseded-by", match[1], value[:match.start()])
    for key, value, _, _ in head_pairs(lines):
        name = re.sub(r"[ _-]+", " ", key).lower()
        for relation, pattern in (("supersedes", NEWER), ("superseded-by", OLDER)):
            if re.fullmatch(pattern, name):
                add(relation, value)
            elif re.fullmatch(STATUS_KEY, name):
                match = re.search(rf"\b(?:{pattern})\b[: ]*(.+)", value, re.I)
                if match:
                    add(relation, match[1], value[:match.start()])
    for line in section(lines, "(?:current )?status"):
        for relation, pattern in (("supersedes", NEWER), ("superseded-by", OLDER)):
            match = re.search(rf"^[^\w]*(?:\w+[ ,;.]+)?\b(?:{pattern})\b\W*?[: ]\s*(.+)", line, re.I)
            if match:
                add(relation, match[1])
    for line in section(lines, "(?:links|related|relations|more information|references)"):
        for relation, pattern in (("supersedes", NEWER), ("superseded-by", OLDER)):
            match = re.match(rf"^\s*[-*+]\s+\**(?:{pattern})\**\s*:?\**\s*(.+)", line, re.I)
            if match:
                add(relation, match[1])
    for relation, pattern in (("supersedes", NEWER), ("superseded-by", OLDER)):
        for line in section(lines, f"(?:{pattern})"):
            add(relation, re.sub(r"^\s*[-*+]\s+", "", line))
    return found


def linked(block_text):
    """`links:` lists of {target, kind}, as some tools write them."""
    found = []
    for match in re.finditer(r"^\s*-\s+target:\s*(\S+)\s*\n\s+kind:\s*(\w+)", block_text, re.M):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[2]).lower()
        for relation, pattern in (("supersedes", NEWER), ("superseded-by", OLDER)):
            if re.fullmatch(pattern, name):
                found.append((relation, match[1].strip("\"'")))
    return found


# --- boxes ----------------------------------------------------------------------------------------------------------

GATE = re.compile(
    r"\blegend\b|exit gate|(exit|entry|success|completion|acceptance) criteria|\bgates?\b|definition of (ready|done)|is complete when"
    r"|acceptance|checklist|sign-? ?off|approval|review process|rollback|rollout", re.I)


PHASE = re.compile(r"^[^a-z]*(phase|stage|milestone|iteration|sprint|wave|workstream)[ -]+(\d|[A-Z]\b|[IVX]+\b)", re.I)
NO_PHASE = re.compile(r"rollout|rollback|update log|timeline|effort|phase status|phase dependencies|version history", re.I)
PHASES = re.compile(r"^[^a-z]*((implementation|project|delivery) )?phases$", re.I)


def boxes(lines):
    """((ticked, all), (ticked, all) of the work). Nested boxes and those under gates are no work; in a document with
    phases only what stands in phases is."""
    every, work, phased = [], [], []
    chain, stack, label = [], [], ""
    for at, line in enumerate(lines):
        found = heading(lines, at)
        if found:
            chain = [above for above in chain if above[0] < found[0]] + [found]
            stack, label = [], ""
            continue
        match = BOX.match(line)
        if not match:
            if line.strip() and not re.match(r"^\s|^([-*+]|\d+[.)])\s", line):
                label = line if len(line) < 100 and not line.startswith("|") else ""
                stack = []
            elif re.match(r"^([-*+]|\d+[.)])\s", line):
                stack = []
            continue
        indent = len(match["indent"].replace("\t", "    "))
        stack = [other for other in stack if other < indent]
        ticked = match["mark"].strip() in ("x", "X", "✅", "✓", "✔")
        every.append(ticked)
        phase = next((number for number, (level, text) in enumerate(chain)
                      if (PHASE.match(text) or number and PHASES.match(chain[number - 1][1]) and not GATE.search(text))
                      and not any(NO_PHASE.search(above) for _, above in chain[:number])), None)
        within = chain[phase + 1:] if phase is not None else [above for above in chain if above[0] > 1]
        if not stack and not any(GATE.search(text) for text in [text for _, text in within] + [label]):
            work.append(ticked)
            if phase is not None:
                phased.append(ticked)
        stack.append(indent)
    count = phased or work
    return (sum(every), len(every)), (sum(count), len(count))


# --- a file, a collection -------------------------------------------------------------------------------------------

def read(root, path, kind="plan"):
    text = text_of(os.path.join(root, path))
    block, body = parts(text)
    lines = prose(body)
    sidecar, sidecar_text = [], ""
    folder = os.path.join(root, os.path.dirname(path))
    if os.path.basename(path).lower() == "readme.md" and os.path.isfile(os.path.join(folder, "kep.yaml")):
        sidecar_text = text_of(os.path.join(folder, "kep.yaml"))
        sidecar = pairs(sidecar_text)
    title = next((found[1] for found in (heading(lines, at) for at in range(len(lines))) if found and found[0] == 1), "")
    reading = Reading(path, title=title)
    reading.statuses = statuses(path, block, lines, sidecar, kind)
    reading.status = reading.statuses[0] if reading.statuses else None
    reading.id, reading.id_from = identity(path, block, lines, sidecar, title, kind != "page")
    top = text[:len(text) - len(body)] if block else ""
    reading.targets = supersession(block, lines, sidecar) + linked(top)
    reading.boxes, reading.work = boxes(lines)
    return reading


def files(root):
    """All Markdown files, without symlinks and hidden folders but for the known homes of plans."""
    homes = (".specify", ".kiro/specs", ".opencode/specs", ".vault", ".claude/plans", ".cursor/plans")
    found = []
    for folder, names, leaves in os.walk(root):
        here = os.path.relpath(folder, root).replace(os.sep, "/")
        here = "" if here == "." else here + "/"

        def wanted(name):
            if os.path.islink(os.path.join(folder, name)):
                return False
            path = (here + name).split("/")
            at = next((number for number, part in enumerate(path) if part.startswith(".")), None)
            if at is None:
                return True
            rest = "/".join(path[at:])
            hidden = [part for part in path[at:] if part.startswith(".")]
            return len(hidden) == 1 and any(rest == home or rest.startswith(home + "/") or home.startswith(rest + "/")
                                            for home in homes)

        names[:] = sorted(name for name in names if wanted(name))
        for leaf in sorted(leaves):
            if leaf.lower().endswith((".md", ".markdown")) and not os.path.islink(os.path.join(folder, leaf)) \
                    and wanted(leaf):
                found.append(here + leaf)
    return found
