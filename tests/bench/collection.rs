//! A made-up collection in the shape of real ones: plans, decisions and proposals that link to each other.
//!
//! Eight in ten are plans. A document has about 8 KB, a quarter of it code, and words as
//! frequent as in real text: a few everywhere, most of them rare. Equal seeds and sizes give equal bytes.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::random::Random;

const WORDS: usize = 30_000;
const COMMON: &str = "the of and to a in is for that on with as be this are by it from at or an not we will can must \
    which have has when if all each may then than into its no only one per more after before until while between but \
    also was they there these those such any other same new first last both under over through during without";
const TOPICS: &[&str] =
    &["ledger", "search", "billing", "gateway", "backup", "login", "export", "queue", "reports", "mobile"];
const PEOPLE: &[&str] =
    &["ana.berg", "ben.cole", "chen.diaz", "dara.frost", "eli.gray", "hana.holt", "ivo.ash", "mila.egan"];
const STATES: &[&str] = &["draft", "active", "active", "active", "completed", "completed", "archived", "superseded"];
const SYLLABLES: &[&str] = &[
    "ba", "ce", "di", "fo", "gu", "har", "jen", "kil", "lom", "mur", "na", "pe", "qui", "ro", "stu", "tran", "ver",
    "win", "yol", "zu", "bra", "cle", "dri", "flo", "gru", "sha", "the", "spi", "ton", "mer",
];

/// Writes a collection into a folder, in place of what was there; gives its size in bytes.
pub fn write(size: usize, seed: u64, folder: &Path) -> io::Result<u64> {
    let _ = fs::remove_dir_all(folder);
    let author = Author::new(size, seed);
    let mut bytes = 0;
    for number in 0..size {
        let path = folder.join(author.path(number));
        let text = author.document(number);
        bytes += text.len() as u64;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(bytes)
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Plan,
    Decision,
    Proposal,
}

/// Sixteen plans, three decisions and one proposal in a row of twenty.
fn sort(number: usize) -> Sort {
    match number % 20 {
        0..16 => Sort::Plan,
        16..19 => Sort::Decision,
        _ => Sort::Proposal,
    }
}

struct Author {
    size: usize,
    seed: u64,
    words: Vec<String>,
    /// Running totals of how often each word is used, the rank's reciprocal each.
    weights: Vec<f64>,
}

impl Author {
    fn new(size: usize, seed: u64) -> Self {
        let mut random = Random::new(seed, usize::MAX);
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_string).collect();
        while words.len() < WORDS {
            let syllables = 2 + random.below(3);
            words.push((0..syllables).map(|_| random.of(SYLLABLES)).collect());
        }
        let mut total = 0.0;
        let weigh = |rank: usize| {
            total += 1.0 / (rank as f64 + 2.7).powf(1.1);
            total
        };
        let weights = (0..words.len()).map(weigh).collect();
        Author { size, seed, words, weights }
    }

    fn path(&self, number: usize) -> String {
        let slug = self.title(number).to_lowercase().replace(' ', "-");
        match sort(number) {
            Sort::Plan => format!("plans/{number:05}-{slug}.md"),
            Sort::Decision => format!("decisions/adr/{number:05}-{slug}.md"),
            Sort::Proposal => format!("decisions/rfc/{number:05}-{slug}.md"),
        }
    }

    fn title(&self, number: usize) -> String {
        let mut random = Random::new(self.seed ^ 0x7174, number);
        let mut title =
            format!("{} the {}", random.of(&["Move", "Split", "Retire", "Rebuild", "Measure"]), random.of(TOPICS));
        for _ in 0..1 + random.below(3) {
            let _ = write!(title, " {}", self.rare(&mut random));
        }
        title
    }

    fn document(&self, number: usize) -> String {
        let random = &mut Random::new(self.seed, number);
        let mut text = self.header(number, random);
        match sort(number) {
            Sort::Plan => self.plan(number, random, &mut text),
            Sort::Decision => self.decision(number, random, &mut text),
            Sort::Proposal => self.proposal(number, random, &mut text),
        }
        text
    }

    fn header(&self, number: usize, random: &mut Random) -> String {
        let (sort, state) = (sort(number), random.of(STATES));
        let word = match sort {
            Sort::Plan => "plan",
            Sort::Decision => "adr",
            Sort::Proposal => "rfc",
        };
        let year = 2022 + random.below(5);
        let mut text =
            format!("---\ntype: {word}\nid: {word}-{number:05}\ntitle: \"{}\"\nstatus: {state}\n", self.title(number));
        let _ = writeln!(
            text,
            "owner: {}\ncreated: {year}-{:02}-{:02}",
            random.of(PEOPLE),
            1 + random.below(12),
            1 + random.below(28)
        );
        let _ = writeln!(
            text,
            "reviewed: {year}-12-{:02}\nexpires: {}-06-30",
            1 + random.below(28),
            year + 1 + random.below(2)
        );
        let _ = writeln!(text, "tags:\n  - {}\n  - {}", random.of(TOPICS), random.of(TOPICS));
        if number >= 20 && random.percent(12) {
            let _ = writeln!(text, "supersedes: {}", self.path(number - 20));
        }
        let _ = writeln!(text, "---\n\n# {}\n", self.title(number));
        text
    }

    fn plan(&self, number: usize, random: &mut Random, text: &mut String) {
        let _ = writeln!(text, "## Summary\n\n{}\n\n{}\n", self.paragraph(random, 3), self.paragraph(random, 3));
        let _ = writeln!(text, "**Related:**\n\n- {}\n- {}\n", self.link(number, random), self.link(number, random));
        let _ = writeln!(text, "## Goals\n\n{}\n## Implementation\n", self.list(random, 4));
        for phase in 1..=3 + random.below(2) {
            let _ =
                writeln!(text, "### Phase {phase}: {}\n\n{}\n", self.sentence(random, 3), self.paragraph(random, 2));
            for task in 1..=3 + random.below(3) {
                let done = if random.percent(50) { 'x' } else { ' ' };
                let _ = writeln!(text, "- [{done}] **Task {phase}.{task}:** {}", self.sentence(random, 8));
                let _ = writeln!(text, "  - Owner: {}", random.of(PEOPLE));
            }
            let _ = writeln!(text, "\n{}", self.code(random));
        }
        let _ =
            writeln!(text, "## Risks\n\n| Risk | Probability | Impact | Mitigation | Owner |\n|---|---|:-:|---|--:|");
        for _ in 0..4 {
            let (chance, harm) = (random.of(&["low", "medium", "high"]), random.of(&["low", "medium", "high"]));
            let (risk, answer) = (self.sentence(random, 6), self.sentence(random, 7));
            let _ = writeln!(text, "| {risk} | {chance} | {harm} | {answer} | {} |", random.of(PEOPLE));
        }
        let _ = writeln!(text, "\n## Testing\n\n{}\n\n{}", self.paragraph(random, 3), self.code(random));
        let _ = writeln!(
            text,
            "> {}\n\n## Rollback\n\n{}\n- {}\n",
            self.paragraph(random, 1),
            self.list(random, 3),
            self.link(number, random)
        );
        let _ = writeln!(text, "## Notes\n\n{}\n\n{}\n", self.paragraph(random, 7), self.paragraph(random, 7));
        let _ = writeln!(text, "{}{}", self.code(random), self.paragraph(random, 5));
    }

    fn decision(&self, number: usize, random: &mut Random, text: &mut String) {
        let _ = writeln!(text, "## Context\n\n{}\n\n{}\n", self.paragraph(random, 8), self.paragraph(random, 8));
        let _ =
            writeln!(text, "## Options\n\n{}\n## Decision\n\n{}\n", self.list(random, 4), self.paragraph(random, 8));
        let _ = writeln!(
            text,
            "See {} and {}.\n\n{}",
            self.link(number, random),
            self.link(number, random),
            self.code(random)
        );
        let _ = writeln!(text, "## Consequences\n\n{}\n{}", self.list(random, 6), self.code(random));
        for _ in 0..4 {
            let _ = writeln!(text, "{}\n\n{}", self.paragraph(random, 8), self.code(random));
        }
    }

    fn proposal(&self, number: usize, random: &mut Random, text: &mut String) {
        let _ =
            writeln!(text, "## Motivation\n\n{}\n\n{}.[^1]\n", self.paragraph(random, 9), self.link(number, random));
        let _ = writeln!(text, "[^1]: {}\n\n## Design\n", self.paragraph(random, 1));
        for _ in 0..5 {
            let _ = writeln!(text, "### {}\n\n{}\n", self.sentence(random, 3), self.paragraph(random, 8));
            let _ = writeln!(text, "{}\n{}", self.list(random, 3), self.code(random));
        }
        let _ = writeln!(text, "## Open questions\n\n{}\n- {}", self.list(random, 5), self.link(number, random));
    }

    /// A link to a document that exists, sometimes to a heading that does.
    fn link(&self, from: usize, random: &mut Random) -> String {
        let to = random.below(self.size);
        let up = if sort(from) == Sort::Plan { "../" } else { "../../" };
        let heading = match (random.percent(20), sort(to)) {
            (false, _) => "",
            (true, Sort::Plan) => "#goals",
            (true, Sort::Decision) => "#context",
            (true, Sort::Proposal) => "#motivation",
        };
        format!("[{}]({up}{}{heading})", self.title(to), self.path(to))
    }

    fn list(&self, random: &mut Random, entries: usize) -> String {
        (0..entries).fold(String::new(), |list, _| format!("{list}- {}\n", self.sentence(random, 8)))
    }

    fn paragraph(&self, random: &mut Random, sentences: usize) -> String {
        let sentences: Vec<String> = (0..sentences).map(|_| self.sentence(random, 11)).collect();
        format!("{}.", sentences.join(". "))
    }

    /// A sentence of about so many words, without its full stop.
    fn sentence(&self, random: &mut Random, about: usize) -> String {
        let length = about / 2 + 1 + random.below(about);
        let mut sentence = String::new();
        for at in 0..length {
            let word = self.word(random);
            match random.below(40) {
                _ if at == 0 => sentence.extend([word[..1].to_uppercase().as_str(), &word[1..]]),
                0 => sentence.extend([" **", word, "**"]),
                1 => sentence.extend([" `", word, "_", self.rare(random), "`"]),
                2 => sentence.extend([", ", word]),
                _ => sentence.extend([" ", word]),
            }
        }
        sentence
    }

    fn word(&self, random: &mut Random) -> &str {
        let total = self.weights.last().copied().unwrap_or_default();
        let place = random.part() * total;
        let at = self.weights.partition_point(|weight| *weight < place);
        &self.words[at.min(self.words.len() - 1)]
    }

    fn rare(&self, random: &mut Random) -> &str {
        &self.words[100 + random.below(2_000)]
    }

    /// A fenced block in one of four languages.
    fn code(&self, random: &mut Random) -> String {
        let [a, b, c, d] = [(); 4].map(|()| self.rare(random));
        let number = random.below(9_000);
        let remark = self.sentence(random, 7);
        match random.below(4) {
            0 => format!(
                "```rust\n/// {remark}.\n#[derive(Debug, Clone)]\npub struct Entry {{\n    pub {a}: String,\n    {b}: Option<u64>,\n}}\n\n\
                 impl Entry {{\n    pub fn {c}(&self, limit: usize) -> Result<u64, String> {{\n        match self.{b} {{\n            \
                 Some(value) if value < {number} => Ok(value + limit as u64),\n            _ => Err(format!(\"{d}: {{}}\", self.{a})),\n        \
                 }}\n    }}\n}}\n```\n"
            ),
            1 => format!(
                "```typescript\nimport {{ {a} }} from \"./{b}\";\n\n// {remark}\nexport async function {c}(limit: number): Promise<string[]> {{\n  \
                 const answer = await fetch(`/{d}?limit=${{limit * {number}}}`);\n  if (!answer.ok) throw new Error(\"{a}\");\n  \
                 const rows: string[] = await answer.json();\n  return rows.filter((row) => row !== null).map((row) => {a}(row));\n}}\n```\n"
            ),
            2 => format!(
                "```yaml\n# {remark}\nname: {a}\nreplicas: {number}\nlabels: {{ team: {b}, tier: \"{c}\" }}\ncontainers:\n  - name: {d}\n    \
                 image: {a}/{b}:{number}\n    env:\n      - {{ name: LIMIT, value: \"{number}\" }}\n    ports: [80, 443]\n```\n"
            ),
            _ => format!(
                "```bash\n# {remark}\nset -euo pipefail\nfor file in {a}/*.md; do\n  if grep -q \"{b}\" \"$file\"; then\n    \
                 sed -i 's/{c}/{d}/g' \"$file\" || exit {}\n  fi\ndone\n./bin/{a} --limit {number} | tee {c}.log\n```\n",
                1 + number % 9
            ),
        }
    }
}
