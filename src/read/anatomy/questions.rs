//! Open questions: items, rows, headings and asking paragraphs of sections that hold them, and marks such as
//! `[NEEDS CLARIFICATION: …]` anywhere. Answered ones are left out.

use std::collections::BTreeSet;

use super::outline::Outline;
use super::topic::Topics;
use super::{columns, text};
use crate::model::Question;
use crate::read::body::{Block, Content, Item, Table};
use crate::read::lines::Line;

const TITLE: &[&str] =
    &["question", "questions", "open question", "issue", "topic", "title", "frage", "pregunta", "pergunta"];
const STATUS: &[&str] = &["status", "state", "resolved", "answered", "estado"];
const ANSWER: &[&str] =
    &["answer", "decision", "resolution", "resolved by", "outcome", "antwort", "respuesta", "resposta"];
/// Labels below a question that answer it.
const ANSWERS: &[&str] = &[
    "answer",
    "answered",
    "decision",
    "decided",
    "resolution",
    "resolved",
    "outcome",
    "antwort",
    "respuesta",
    "resposta",
];
/// What a section says that has none.
const NOTHING: &[&str] = &["tbd", "all", "no"];
/// Marks in running text, lower case.
const MARKS: &[&str] = &["[needs clarification", "[open question", "[tbd:", "[unresolved:"];

/// All open questions, in the order of the text.
pub fn read(outline: &Outline<'_>, lines: &[Line<'_>]) -> Vec<Question> {
    let mut found: Vec<Question> = Vec::new();
    let asking: Vec<bool> = (0..outline.headings.len()).map(|at| is_question(outline, at)).collect();
    let mut heading = 0;
    for (at, block) in outline.blocks.iter().enumerate() {
        let under = block.under.map_or(0, |under| under + 1);
        (heading.max(1)..=under).for_each(|passed| found.extend(headed(outline, passed - 1)));
        heading = heading.max(under + 1);
        if !outline.about(at).has(Topics::QUESTIONS) {
            continue;
        }
        // what stands below a question that is a heading belongs to it
        if block.under.is_some_and(|under| outline.chain(Some(under)).any(|at| asking[at])) {
            continue;
        }
        match &block.content {
            Content::Item(item) => found.extend(listed(outline, at, block, item)),
            Content::Table(table) => rows(table, &mut found),
            Content::Paragraph(said) => {
                let Some(first) = said.first() else { continue };
                let introduces =
                    outline.blocks.get(at + 1).and_then(Block::item).is_some_and(|item| item.intro == Some(at));
                let whole = first.whole();
                if !introduces && !text::says_resolved(&whole) {
                    found.extend(asked(&whole).and_then(text::title).map(|title| Question { title, line: first.line }));
                }
            }
            Content::Fence(_) => {}
        }
    }
    (heading.max(1)..=outline.headings.len()).for_each(|passed| found.extend(headed(outline, passed - 1)));
    marked(lines, &mut found);
    found
}

fn listed(outline: &Outline<'_>, at: usize, block: &Block, item: &Item) -> Option<Question> {
    let first = item.said.first()?;
    // below another question stands what is said of it; below `**Open questions:**` stand the questions
    let named = |parent: usize| {
        outline.blocks[parent].said().first().is_some_and(|said| said.text.is_empty() && said.label.is_some())
    };
    if item
        .parent
        .is_some_and(|parent| !named(parent) || outline.blocks[parent].item().is_some_and(|item| item.depth > 0))
    {
        return None;
    }
    let label = first.label.as_deref().map(str::to_lowercase);
    let inner = |text: &str| text.is_empty() && outline.within(at).next().is_some();
    let names = label.as_deref().is_some_and(|label| {
        super::topic::of(&super::topic::normal(label)).is_some_and(|topics| topics.has(Topics::QUESTIONS))
            && inner(&first.text)
    });
    let done = matches!(item.mark, Some(Some('x' | 'X' | '✅' | '✓' | '✔' | '-')));
    let settled = done || item.struck || text::is_settled(first.label.as_deref().unwrap_or("")) || settled(&first.text);
    if names || settled || answered(&item.said[1..]) || outline.within(at).any(|(_, inner)| answered(inner.said())) {
        return None;
    }
    let title = match label.as_deref() {
        // `Q:`, `Q1:`, `Question 2:` say only that it is one
        Some(label) if is_number(label) => first.text.clone(),
        Some(_) => first.whole(),
        None => match text::pair(&first.text) {
            Some((label, rest)) if is_number(&label.to_lowercase()) => rest.to_string(),
            _ => first.text.clone(),
        },
    };
    let title = title.trim_start_matches("[Q]:").trim();
    let asking = title.contains(['?', '？']);
    let doubtful = outline.about(at).has(Topics::ASKING) || labelled_by(outline, item);
    if doubtful && !asking || first.text.is_empty() && outline.within(at).next().is_some() {
        return None;
    }
    Some(Question { title: text::title(title)?, line: block.line })
}

/// Below a label that doesn't name questions, such as `**Cons:**`.
fn labelled_by(outline: &Outline<'_>, item: &Item) -> bool {
    let label = item.parent.and_then(|parent| outline.blocks[parent].said().first()?.label.as_deref());
    label.is_some_and(|label| {
        !super::topic::of(&super::topic::normal(label)).is_some_and(|topics| topics.has(Topics::QUESTIONS))
    })
}

fn rows(table: &Table, found: &mut Vec<Question>) {
    let Some(title) = columns::exact(table, TITLE) else { return };
    let (status, answer) = (columns::exact(table, STATUS), columns::exact(table, ANSWER));
    for row in &table.rows {
        let settled = columns::value(row, status).is_some_and(|status| {
            text::is_settled(&status) || text::starts_with_word(&status, &["yes", "superseded", "obsolete", "deferred"])
        });
        let open = |answer: &str| text::starts_with_word(answer, &["tbd", "open", "pending", "unknown"]);
        let answered = columns::value(row, answer).is_some_and(|answer| !open(&answer));
        if let Some(title) = columns::cell(row, Some(title)).and_then(text::title).filter(|_| !settled && !answered) {
            found.push(Question { title, line: row.line });
        }
    }
}

/// A heading that is a question itself.
fn headed(outline: &Outline<'_>, at: usize) -> Option<Question> {
    if !is_question(outline, at) {
        return None;
    }
    let heading = &outline.headings[at];
    let section = outline.section(at);
    let settled = text::says_resolved(&heading.text)
        || heading.text.contains(['✅', '✓', '✔', '☑'])
        || section.iter().any(|block| answered(block.said()));
    let title = match heading.text.split_once(':') {
        Some((label, rest)) if is_number(&label.to_lowercase()) => rest,
        _ => &heading.text,
    };
    text::title(title).filter(|_| !settled).map(|title| Question { title, line: heading.line })
}

/// Right below a section of open questions, and asking, numbered, or followed by prose only.
fn is_question(outline: &Outline<'_>, at: usize) -> bool {
    let Some(above) = outline.parent(at).filter(|above| outline.names(*above, Topics::QUESTIONS)) else { return false };
    let heading = &outline.headings[at];
    if outline.headings[above].level + 1 != heading.level
        || !outline.heading_about(at).has(Topics::QUESTIONS)
        || outline.names(at, Topics::QUESTIONS)
    {
        return false;
    }
    let label = heading.text.split([':', '.']).next().unwrap_or("").to_lowercase();
    let listed = |block: &Block| matches!(&block.content, Content::Item(_) | Content::Table(_));
    let asking = heading.text.ends_with(['?', '？']) || is_number(&label);
    asking || !outline.heading_about(at).has(Topics::ASKING) && !outline.section(at).iter().any(listed)
}

/// The first sentence that asks.
fn asked(text: &str) -> Option<&str> {
    let end = text.find(['?', '？'])?;
    let end = end + text[end..].chars().next().map_or(1, char::len_utf8);
    let start = text[..end - 1].rfind(". ").map_or(0, |at| at + 2);
    let sentence = text[start..end].trim();
    // `e.g. [this](x?y)` asks nothing
    (sentence.len() > 8 && sentence.contains(' ')).then_some(sentence)
}

fn answered(said: &[crate::read::body::Said]) -> bool {
    said.iter().any(|said| {
        let plain = || text::pair(&said.text);
        let (name, value) = match &said.label {
            Some(label) => (label.as_str(), said.text.as_str()),
            None => match plain() {
                Some(pair) => pair,
                None => return text::says_resolved(&said.text),
            },
        };
        ANSWERS.contains(&name.to_lowercase().as_str())
            && text::value(value).is_some_and(|value| !text::starts_with_word(&value, &["tbd", "open", "pending"]))
    })
}

fn settled(text: &str) -> bool {
    let nothing = (text::is_nothing(text) || text::starts_with_word(text, NOTHING)) && !text.contains('?');
    let signed = text.starts_with(['✅', '✓', '✔', '☑']) || text.ends_with(['✅', '✓', '✔', '☑']);
    let worded = text::starts_with_word(text, &["resolved", "answered", "closed", "decided"]);
    nothing || signed || worded || text::says_resolved(text)
}

/// `q`, `q1`, `question 2`, `oq-3`.
fn is_number(label: &str) -> bool {
    let rest = ["question", "frage", "oq", "q"].iter().find_map(|word| label.trim().strip_prefix(word));
    rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '#' | '.')))
}

fn marked(lines: &[Line<'_>], found: &mut Vec<Question>) {
    let known: BTreeSet<u32> = found.iter().map(|question| question.line).collect();
    for line in lines {
        for (start, _) in line.text.match_indices('[') {
            let begins = |mark: &&&str| {
                line.text.get(start..start + mark.len()).is_some_and(|text| text.eq_ignore_ascii_case(mark))
            };
            let Some(mark) = MARKS.iter().find(begins) else { continue };
            let rest = &line.text[start + mark.len()..];
            let inner = rest.split(']').next().unwrap_or(rest);
            // a mark in code explains the notation, and so does one that asks nothing
            let quoted = line.text[..start].matches('`').count() % 2 == 1;
            let title = text::title(inner.trim_start_matches([':', ' ']).trim_start_matches("..."));
            let Some(title) = title.filter(|title| title.len() > 3) else { continue };
            if !quoted && !known.contains(&(line.number as u32)) {
                found.push(Question { title, line: line.number as u32 });
            }
            // one a line is enough to find the place
            break;
        }
    }
    found.sort_by_key(|question| question.line);
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn questions(text: &str) -> Vec<String> {
        shown(text, |anatomy| {
            anatomy.questions.iter().map(|question| format!("{} {}", question.line, question.title)).collect()
        })
    }

    #[test]
    fn lists_boxes_and_rows() {
        assert_eq!(
            questions(
                "## Open Questions\n- Which port?\n- **Storage:** Should we shard?\n  - **Recommendation:** No\n- ✅ Done one\n- ~~Old?~~\n- [x] Ticked?\n- [ ] Box?\n- Q2: Who?\n- Why?\n  - **Answer:** Because\n- [Question 1 requiring clarification]\n"
            ),
            ["2 Which port?", "3 Storage: Should we shard?", "8 Box?", "9 Who?"]
        );
        assert_eq!(
            questions(
                "## 10. OPEN QUESTIONS\n| Question | Status | Answer |\n|-|-|-|\n| Why? | open | |\n| Who? | Resolved | |\n| How? | open | so |\n"
            ),
            ["4 Why?"]
        );
        assert_eq!(
            questions("## Notes\n**Assumptions:**\n- a\n\n**Open Questions:**\n- Q: Where?\n- When?\n"),
            ["6 Where?", "7 When?"]
        );
        for none in [
            "None.",
            "- None. All is decided.",
            "**None** - All is clear.",
            "No open questions.",
            "All questions resolved:\n- ✅ a: b",
        ] {
            assert!(questions(&format!("## Open questions\n{none}\n")).is_empty(), "{none}");
        }
        assert!(questions("## Open Questions (Resolved)\n- Which?\n## Research Questions\n- Which?\n").is_empty());
    }

    #[test]
    fn headings_prose_and_marks() {
        assert_eq!(
            questions(
                "## Open questions\n### Q1: Is it so?\ntext\n- item\n### Q2: Was it? — RESOLVED\n### Fibers\nProse.\n### Technical\n- Which?\n"
            ),
            ["2 Is it so?", "6 Fibers", "9 Which?"]
        );
        assert_eq!(
            questions("# Unresolved questions\nSome words. Do we allow bounds? We do not.\n"),
            ["2 Do we allow bounds?"]
        );
        assert_eq!(
            questions(
                "# T\n- Login by [NEEDS CLARIFICATION: mail or OAuth?]\n- `[NEEDS CLARIFICATION: question]` is a mark\n- [NEEDS CLARIFICATION]\n```\n[NEEDS CLARIFICATION: no]\n```\n"
            ),
            ["2 mail or OAuth?"]
        );
    }
}
