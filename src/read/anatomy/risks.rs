//! Risks: rows of tables, items of lists, and `**Risk 1:**` with its lines below. A section that is prose only has none.

use super::outline::Outline;
use super::topic::{self, Topics};
use super::{columns, text};
use crate::model::Risk;
use crate::read::body::{Block, Content, Item, Said, Table};

/// Heads of the column that says what may happen.
const TITLE: &[&str] = &[
    "risk",
    "risks",
    "risk description",
    "potential risk",
    "risk item",
    "threat",
    "risiko",
    "riesgo",
    "risco",
    "risque",
    "rischio",
    "风险",
    "リスク",
];
/// Heads of that column where another one shows that the table is about risks.
const DESCRIPTION: &[&str] =
    &["description", "item", "name", "title", "event", "beschreibung", "descripción", "descrição"];
const ID: &[&str] = &["risk id", "id", "#", "no", "nr", "ref"];
const PROBABILITY: &[&str] = &[
    "probability",
    "likelihood",
    "prob",
    "chance",
    "p",
    "l",
    "wahrscheinlichkeit",
    "eintrittswahrscheinlichkeit",
    "probabilidad",
    "probabilidade",
    "probabilité",
    "概率",
];
const IMPACT: &[&str] =
    &["impact", "severity", "level", "consequence", "i", "auswirkung", "schaden", "impacto", "影响"];
const MITIGATION: &[&str] = &[
    "mitigation",
    "mitigations",
    "mitigation strategy",
    "response",
    "countermeasure",
    "countermeasures",
    "handling",
    "risk response",
    "how we mitigate",
    "contingency",
    "maßnahme",
    "gegenmaßnahme",
    "mitigación",
    "mitigação",
    "atténuation",
    "缓解",
];
const OWNER: &[&str] = &["owner", "responsible", "assignee", "who", "verantwortlich", "responsable", "responsável"];
const STATUS: &[&str] = &["status", "state", "occurred", "outcome"];

/// Labels of a risk's own lines, and what they fill.
const LINES: &[(&str, Part)] = &[
    ("probability", Part::Probability),
    ("likelihood", Part::Probability),
    ("wahrscheinlichkeit", Part::Probability),
    ("probabilidad", Part::Probability),
    ("probabilidade", Part::Probability),
    ("impact", Part::Impact),
    ("severity", Part::Impact),
    ("auswirkung", Part::Impact),
    ("impacto", Part::Impact),
    ("mitigation", Part::Mitigation),
    ("mitigations", Part::Mitigation),
    ("mitigation strategy", Part::Mitigation),
    ("mitigation plan", Part::Mitigation),
    ("response", Part::Mitigation),
    ("maßnahme", Part::Mitigation),
    ("mitigación", Part::Mitigation),
    ("mitigação", Part::Mitigation),
    ("owner", Part::Owner),
    ("responsible", Part::Owner),
    ("status", Part::Status),
];
/// Labels in a section of risks that introduce something else.
const OTHER: &[&str] = &[
    "action",
    "alternative",
    "approach",
    "assumption",
    "assumptions",
    "cause",
    "consequence",
    "context",
    "contingency",
    "contingency plan",
    "contingency plans",
    "cost of being wrong",
    "detection",
    "effect",
    "example",
    "fallback",
    "if",
    "monitoring",
    "note",
    "problem",
    "rationale",
    "risk level",
    "rollback",
    "trade-off",
    "trade-offs",
    "trigger",
    "why",
];
/// Words in running text after which the mitigation stands.
const MITIGATION_WORDS: &[&str] =
    &["mitigation", "mitigations", "mitigated by", "mitigation strategy", "response", "gegenmaßnahme"];
/// The same without a colon.
const MITIGATED: &[&str] = &["mitigated by ", "mitigated with ", "mitigate by ", "mitigate with "];
/// Signs that part a risk and what is done about it.
const ARROWS: &[&str] = &[" → ", " -> ", " => ", " ⇒ ", " ➜ ", " ‚Üí "];

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Probability,
    Impact,
    Mitigation,
    Owner,
    Status,
}

/// All risks, in the order of the text.
pub fn read(outline: &Outline<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    // the risk whose lines may still follow
    let mut open: Option<Open> = None;
    let mut heading = 0;
    for (at, block) in outline.blocks.iter().enumerate() {
        let under = block.under.map_or(0, |under| under + 1);
        for passed in heading.max(1)..=under {
            open = headed(outline, passed - 1, &mut risks);
        }
        heading = under + 1;
        let about = outline.about(at).has(Topics::RISKS);
        match &block.content {
            Content::Table(table) => rows(table, about, &mut risks),
            Content::Item(item) if about || open.is_some() => {
                listed(outline, (at, block, item), about, &mut risks, &mut open);
            }
            Content::Paragraph(said) if about || open.is_some() => paragraph(said, about, &mut risks, &mut open),
            _ => {}
        }
    }
    for passed in heading.max(1)..=outline.headings.len() {
        headed(outline, passed - 1, &mut risks);
    }
    risks.retain(|risk| !risk.title.is_empty());
    risks
}

/// The risk whose own lines are being read.
#[derive(Clone, Copy)]
struct Open {
    at: usize,
    /// A heading or a paragraph made it, so that a list below it is its own.
    owns_lists: bool,
    /// A heading made it, so that prose doesn't end it.
    headed: bool,
}

/// `### Risk 2: The index grows` in a section of risks, or anywhere with a colon.
fn headed(outline: &Outline<'_>, heading: usize, risks: &mut Vec<Risk>) -> Option<Open> {
    let entry = &outline.headings[heading];
    let inside = outline.parent(heading).is_some_and(|above| outline.heading_about(above).has(Topics::RISKS));
    if !inside {
        return None;
    }
    let title = numbered(&entry.text)?;
    risks.push(Risk { title: text::title(title)?, line: entry.line, ..Risk::default() });
    Some(Open { at: risks.len() - 1, owns_lists: true, headed: true })
}

fn rows(table: &Table, about: bool, risks: &mut Vec<Risk>) {
    let probability = columns::exact(table, PROBABILITY);
    let impact = columns::exact(table, IMPACT);
    let mitigation = columns::like(table, MITIGATION);
    let id = columns::exact(table, ID);
    let judged = probability.is_some() || impact.is_some() || mitigation.is_some();
    let named = columns::exact(table, TITLE);
    let kind = columns::exact(table, &["type", "kind", "category"]).filter(|_| named.is_none());
    let ided = columns::exact(table, &["risk id"]).is_some();
    let described = || {
        columns::like(table, DESCRIPTION).filter(|_| ided || about && (probability.is_some() || mitigation.is_some()))
    };
    let Some(title) = named.or_else(described).filter(|_| judged) else { return };
    let (owner, status) = (columns::exact(table, OWNER), columns::exact(table, STATUS));
    for row in &table.rows {
        // in a table of risks and dependencies only some rows are risks
        let other = columns::cell(row, kind).is_some_and(|kind| {
            let kind = kind.to_lowercase();
            kind.contains("dependency") || kind.contains("assumption") || kind.contains("abhängigkeit")
        });
        let Some(title) = columns::cell(row, Some(title)).and_then(text::title).filter(|_| !other) else { continue };
        risks.push(Risk {
            id: columns::value(row, id),
            title,
            probability: columns::cell(row, probability).and_then(text::level),
            impact: columns::cell(row, impact).and_then(text::level),
            mitigation: columns::value(row, mitigation),
            owner: columns::cell(row, owner).and_then(text::owner),
            status: columns::value(row, status),
            line: row.line,
        });
    }
}

fn listed(
    outline: &Outline<'_>,
    (at, block, item): (usize, &Block, &Item),
    about: bool,
    risks: &mut Vec<Risk>,
    open: &mut Option<Open>,
) {
    let Some(first) = item.said.first() else { return };
    let part = part_of(first);
    if let Some(now) = open.filter(|now| part.is_some() || now.owns_lists || item.depth > 0) {
        fill(&mut risks[now.at], &item.said);
        // under `**Mitigation:**` the list is the mitigation
        let intro = item.intro.map(|intro| outline.blocks[intro].said()).and_then(|said| said.last());
        if now.owns_lists && part.is_none() && item.depth == 0 && intro.and_then(part_of) == Some(Part::Mitigation) {
            more(&mut risks[now.at].mitigation, &first.whole());
        }
        return;
    }
    let topical = item.parent.is_some_and(|parent| names_risks(&outline.blocks[parent]));
    if !about
        || item.mark.is_some()
        || text::has_tick(&first.text)
        || part.is_some()
        || (item.depth > 0 && !topical)
        || names_risks(block)
        || item.struck
    {
        return;
    }
    let foreign = item.intro.map(|intro| outline.blocks[intro].said()).and_then(|said| said.last()).is_some_and(other);
    if foreign || other(first) {
        return;
    }
    if let Some(mut risk) = stated(&item.said) {
        risk.line = block.line;
        // whatever stands in the items below belongs to it
        for (_, inner) in outline.within(at) {
            fill(&mut risk, inner.said());
        }
        risks.push(risk);
        *open = Some(Open { at: risks.len() - 1, owns_lists: false, headed: false });
    }
}

/// `**Risk 1:** …`, or a paragraph that begins in bold.
fn paragraph(said: &[Said], about: bool, risks: &mut Vec<Risk>, open: &mut Option<Open>) {
    let Some(first) = said.first() else { return };
    if let Some(now) = *open
        && said.iter().any(|said| part_of(said).is_some())
        && !starts_risk(first)
    {
        return fill(&mut risks[now.at], said);
    }
    if other(first) || !about {
        *open = None;
        return;
    }
    let bold = first.label.is_none() && first.lead > 0 && first.lead < first.text.len();
    if !(starts_risk(first) || bold) {
        *open = open.filter(|now| now.headed);
        return;
    }
    if let Some(mut risk) = stated(said) {
        risk.line = first.line;
        risks.push(risk);
        *open = Some(Open { at: risks.len() - 1, owns_lists: true, headed: false });
    }
}

/// A risk from the statements of one item or paragraph.
fn stated(said: &[Said]) -> Option<Risk> {
    let first = said.first()?;
    let label = first.label.as_deref();
    let mut risk = Risk::default();
    let body = untagged(&first.text)?;
    let (told, mitigation) = parted(body);
    risk.mitigation = mitigation.and_then(text::value);
    let bold = (first.lead > 0).then(|| first.text.get(..first.lead)).flatten().and_then(untagged);
    risk.title = match label {
        Some(label) if is_number(label) => {
            risk.id = Some(label.to_string()).filter(|id| id.contains(|c: char| c.is_ascii_digit()));
            text::title(told)?
        }
        // `**Risks & mitigations**: none` is a section on one line
        Some(label) if topic::of(&topic::normal(label)).is_some_and(|topics| topics.has(Topics::RISKS)) => {
            text::title(told)?
        }
        // `**Cost**: metrics are charged for` is one risk of two parts
        Some(label) if told.is_empty() => text::title(label)?,
        Some(label) => text::title(&format!("{label}: {told}"))?,
        None => match bold.filter(|bold| bold.chars().any(char::is_alphanumeric) && bold.len() > 3) {
            Some(bold) => text::title(bold.trim_end_matches(['.', ':']))?,
            None => text::title(told)?,
        },
    };
    for (name, part) in LINES.iter().filter(|(_, part)| *part != Part::Mitigation) {
        if let Some((at, value)) = text::field(body, &[name]) {
            // `(Likelihood: low, Impact: high)`
            let end = value.find([',', ';', ')', '.']).unwrap_or(value.len());
            set(&mut risk, *part, &value[..end]);
            if risk.title.len() > at && at > 3 && label.is_none() && told.len() > at {
                risk.title = text::title(told[..at].trim_end_matches(['(', ' ', ',', ';', '.', '*', '—', '–']))?;
            }
        }
    }
    if let Some(rest) = numbered(&risk.title).and_then(text::title) {
        risk.title = rest;
    }
    fill(&mut risk, &said[1..]);
    let nothing = text::is_nothing(&risk.title);
    (!nothing || risk.title.len() > 60).then_some(risk)
}

/// Title and mitigation, parted by an arrow or the word.
fn parted(body: &str) -> (&str, Option<&str>) {
    let arrow = ARROWS.iter().filter_map(|arrow| Some((body.find(arrow)?, arrow.len()))).min();
    let word = text::field(body, MITIGATION_WORDS);
    match (arrow, word) {
        (Some((at, length)), word) if word.is_none_or(|(word, _)| word > at) => {
            let after = body[at + length..].trim();
            (
                &body[..at],
                Some(text::field(after, MITIGATION_WORDS).filter(|(at, _)| *at == 0).map_or(after, |(_, after)| after)),
            )
        }
        (_, Some((at, after))) => {
            (body[..at].trim_end_matches(['(', '*', ' ', '.', ';', ',', '-', '—', '–']), Some(after))
        }
        (_, None) => {
            let plain =
                MITIGATED.iter().filter_map(|word| Some((body.to_ascii_lowercase().find(word)?, word.len()))).min();
            match plain {
                Some((at, length)) => {
                    let signs = ['(', ' ', '-', '—', '–', ',', ';', '.'];
                    (body[..at].trim_end_matches(signs), Some(body[at + length..].trim_end_matches(')')))
                }
                None => (body, None),
            }
        }
    }
}

/// Without `[Risk]` before it; absent where the tag says that it is something else.
fn untagged(body: &str) -> Option<&str> {
    let body = body.trim();
    let Some((tag, rest)) = body.strip_prefix('[').and_then(|body| body.split_once(']')) else { return Some(body) };
    let rest = rest.trim_start_matches([':', ' ', '-', '–', '—']);
    let lower = tag.to_lowercase();
    match lower.as_str() {
        _ if rest.is_empty() || rest.starts_with('(') => Some(body),
        "risk" => Some(rest),
        "trade-off" | "tradeoff" | "assumption" => None,
        _ => Some(body),
    }
}

fn fill(risk: &mut Risk, said: &[Said]) {
    for said in said {
        if let Some((part, value)) = text::part(said, LINES) {
            set(risk, part, value);
        }
    }
}

fn set(risk: &mut Risk, part: Part, value: &str) {
    let place = match part {
        Part::Probability => &mut risk.probability,
        Part::Impact => &mut risk.impact,
        Part::Mitigation => &mut risk.mitigation,
        Part::Owner => &mut risk.owner,
        Part::Status => &mut risk.status,
    };
    if place.is_none() {
        *place = match part {
            Part::Probability | Part::Impact => text::level(value),
            Part::Mitigation | Part::Status => text::value(value),
            Part::Owner => text::owner(value),
        };
    }
}

fn more(place: &mut Option<String>, value: &str) {
    let Some(value) = text::value(value) else { return };
    match place {
        None => *place = Some(value),
        Some(known) if known.len() < 200 => *known = crate::words::shorten(&format!("{known}; {value}"), 300),
        Some(_) => {}
    }
}

fn part_of(said: &Said) -> Option<Part> {
    text::part(said, LINES).map(|(part, _)| part)
}

fn starts_risk(said: &Said) -> bool {
    said.label.as_deref().is_some_and(is_number)
}

/// A label or bold start that introduces something other than a risk.
fn other(said: &Said) -> bool {
    let label = said.label.as_deref().or_else(|| said.text.get(..said.lead).filter(|lead| !lead.is_empty()));
    label.is_some_and(|label| text::starts_with_word(label, OTHER))
}

/// `**Risks & mitigations:**` with the risks in the list below.
fn names_risks(block: &Block) -> bool {
    let label = block.said().first().filter(|said| said.text.is_empty()).and_then(|said| said.label.as_deref());
    label.and_then(|label| topic::of(&topic::normal(label))).is_some_and(|topics| topics.has(Topics::RISKS))
}

/// `Risk`, `Risk 1`, `R-001`, `R2`: says only that it is one.
fn is_number(label: &str) -> bool {
    let lower = label.to_lowercase();
    let rest = ["risk", "risiko", "riesgo", "risco", "risque", "r"].iter().find_map(|word| lower.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '#' | '.')) && lower != "r"
    })
}

/// What follows `Risk 2:` or `R2.` in a heading.
fn numbered(heading: &str) -> Option<&str> {
    let at = heading.find([':', '.', '—', '–']).or_else(|| heading.find(" - "))?;
    let (label, rest) = (&heading[..at], &heading[at..]);
    is_number(label.trim()).then(|| rest.trim_start_matches([':', '.', '—', '–', '-', ' ']))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn risks(text: &str) -> Vec<String> {
        let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
        shown(text, |anatomy| {
            let line = |risk: &super::Risk| {
                let (probability, impact) = (dash(&risk.probability), dash(&risk.impact));
                format!(
                    "{} {} | {probability} | {impact} | {} | {}",
                    risk.line,
                    risk.title,
                    dash(&risk.mitigation),
                    dash(&risk.owner)
                )
            };
            anatomy.risks.iter().map(line).collect()
        })
    }

    #[test]
    fn tables_in_any_order_of_columns() {
        assert_eq!(
            risks(
                "## Risks\n| Owner | Mitigation | Impact | Likelihood | RISK |\n|-|-|-|-|-|\n| Ana | retry | High | l | It breaks |\n"
            ),
            ["4 It breaks | low | high | retry | Ana"]
        );
        assert_eq!(
            risks(
                "## 10. RISK MATRIX\n| Risk ID | Description | Impact | Likelihood | Mitigation |\n|-|-|-|-|-|\n| R-1 | Slow | H | M | cache |\n"
            ),
            ["4 Slow | medium | high | cache | -"]
        );
        assert_eq!(
            risks(
                "## Risks & Dependencies\n| Type | Item | Impact | Mitigation |\n|-|-|-|-|\n| Dependency | API | High | mock |\n| Risk | Creep | Low | review |\n"
            ),
            ["5 Creep | - | low | review | -"]
        );
        for none in [
            "## Risks\n| Risk | Probability | Impact |\n|-|-|-|\n| [Risk 1] | [H/M/L] | [H/M/L] |\n",
            "| Status | Meaning |\n|-|-|\n| Red | risk |\n",
            "## Patterns\n| Anti-pattern | Risk | Our status |\n|-|-|-|\n| a | b | c |\n",
            "## Risks\nThere may be some delay, and that is all we know.\n",
            "## Risks\n- None\n",
        ] {
            assert!(risks(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn lists_and_lines() {
        assert_eq!(
            risks(
                "## Risks\n**Risk 1:** The index grows\n- **Probability:** Medium\n- **Impact:** High\n- **Mitigation Strategy:** Split it\n\n**Risk 2:** Noise\n- **Probability:** Low\n"
            ),
            ["2 The index grows | medium | high | Split it | -", "7 Noise | low | - | - | -"]
        );
        assert_eq!(
            risks(
                "## Risks / Trade-offs\n- **Stale skills** -> fetch again\n- [Risk] Extra read → Mitigation: it is cheap\n- Leaks. Mitigation: rotate keys\n- [Trade-off] none of it\n"
            ),
            [
                "2 Stale skills | - | - | fetch again | -",
                "3 Extra read | - | - | it is cheap | -",
                "4 Leaks | - | - | rotate keys | -"
            ]
        );
        assert_eq!(
            risks(
                "## Risk Mitigation\n### Risk: Globs\n**Likelihood**: Medium | **Impact**: High (wrong files)\n**Mitigation**:\n- tests\n- dry run\n### Risk: Speed\n"
            ),
            ["2 Globs | medium | high | tests; dry run | -", "7 Speed | - | - | - | -"]
        );
        assert_eq!(
            risks(
                "### Infrastructure Risks\n- **Risk**: Outages\n- **Mitigation**: Regions\n- **Risk**: Costs\n- **Owner**: Bo\n"
            ),
            ["2 Outages | - | - | Regions | -", "4 Costs | - | - | - | Bo"]
        );
        assert_eq!(
            risks(
                "## Risks & Assumptions\n- **Assumptions**: fine\n- **Risks & mitigations**:\n  - Hard → runners\n\n**Contingency plans:**\n1. do\n"
            ),
            ["4 Hard | - | - | runners | -"]
        );
        assert_eq!(
            risks(
                "## Risks\n**Slow clients.** They wait.\n\nJust prose.\n\n- It leaks\n  - Probability: High\n  - Owner: Cy\n"
            ),
            ["2 Slow clients | - | - | - | -", "6 It leaks | high | - | - | Cy"]
        );
    }
}
