//! Boxes: what their marks say, whether they are work or conditions, and what stands below them.

use super::effort;
use super::outline::Outline;
use super::text;
use super::topic::Topics;
use crate::model::{Task, TaskState};
use crate::read::body::{Item, Said};

/// Headings and labels whose boxes are conditions, not work.
const GATES: &[&str] = &[
    "exit gate",
    "exit criteria",
    "entry criteria",
    "gate",
    "definition of ready",
    "definition of done",
    "success criteria",
    "completion criteria",
    "is complete when",
    "acceptance criteria",
    "acceptance",
    "review checklist",
    "checklist",
    "sign-off",
    "signoff",
    "sign off",
    "approval",
    "review process",
    "review & approval",
    "rollback",
    "rollout",
    "verification checklist",
];

/// Labels of a task's own lines and what they fill.
const LINES: &[(&str, Part)] = &[
    ("owner", Part::Owner),
    ("assignee", Part::Owner),
    ("assigned", Part::Owner),
    ("assigned to", Part::Owner),
    ("responsible", Part::Owner),
    ("who", Part::Owner),
    ("verantwortlich", Part::Owner),
    ("responsable", Part::Owner),
    ("responsável", Part::Owner),
    ("estimate", Part::Estimate),
    ("est", Part::Estimate),
    ("estimated", Part::Estimate),
    ("estimated time", Part::Estimate),
    ("estimated effort", Part::Estimate),
    ("effort", Part::Estimate),
    ("time", Part::Estimate),
    ("duration", Part::Estimate),
    ("aufwand", Part::Estimate),
    ("depends on", Part::Depends),
    ("depends", Part::Depends),
    ("dependencies", Part::Depends),
    ("dependency", Part::Depends),
    ("deps", Part::Depends),
    ("requires", Part::Depends),
    ("blocked by", Part::Depends),
    ("prerequisites", Part::Depends),
    ("risk level", Part::Risk),
    ("risk", Part::Risk),
    ("validation", Part::Validation),
    ("verification", Part::Validation),
    ("verify", Part::Validation),
    ("how to verify", Part::Validation),
    ("acceptance", Part::Validation),
    ("acceptance criteria", Part::Validation),
    ("done when", Part::Validation),
];

#[derive(Clone, Copy)]
enum Part {
    Owner,
    Estimate,
    Depends,
    Risk,
    Validation,
}

/// All boxes but those that explain what the marks mean. `inside` is the phase of each heading, `starts` the phases'
/// own headings.
pub fn read(outline: &Outline<'_>, inside: &[Option<usize>], starts: &[usize]) -> Vec<Task> {
    // most headings have no boxes, so that nobody asks for them
    let mut gates: Vec<Option<bool>> = vec![None; outline.headings.len()];
    let mut tasks = Vec::new();
    let mut intro: (Option<usize>, bool) = (None, false);
    for (at, block) in outline.blocks.iter().enumerate() {
        let Some((item, mark)) = block.item().and_then(|item| Some((item, item.mark?))) else { continue };
        let about = outline.about(at);
        if about.has(Topics::LEGEND) {
            continue;
        }
        let phase = block.under.and_then(|under| inside[under]);
        let start = phase.map(|phase| starts[phase]);
        // what stands above the phase's own heading says nothing about its boxes
        let mut named = outline.chain(block.under).take_while(|heading| Some(*heading) != start);
        if intro.0 != item.intro {
            intro = (item.intro, outline.intro(block).is_some_and(|label| is_gate(&label)));
        }
        // the boxes of a document that is a checklist are its work
        let title = |heading: &usize| *heading == 0 && outline.headings[0].level == 1;
        let gate = named.any(|heading| {
            !title(&heading) && *gates[heading].get_or_insert_with(|| is_gate(&outline.headings[heading].text))
        }) || intro.1
            || about.has(Topics::QUESTIONS);
        let state = if item.struck && mark.is_none() { TaskState::Cancelled } else { state(mark) };
        let mut task = Task {
            text: item.first.clone(),
            state,
            done: state == TaskState::Done,
            nested: item.nested,
            gate,
            phase,
            line: block.line,
            ..Task::default()
        };
        inline(&mut task, item);
        item.said.iter().skip(1).for_each(|said| fill(&mut task, said));
        for (_, inner) in outline.within(at).filter(|(_, inner)| inner.item().is_some_and(|inner| inner.mark.is_none()))
        {
            inner.said().iter().for_each(|said| fill(&mut task, said));
        }
        tasks.push(task);
    }
    tasks
}

/// A heading or label whose boxes are conditions.
pub fn is_gate(name: &str) -> bool {
    let name = name.to_lowercase();
    // `Investigate` is no gate
    let whole = |at: usize, word: &str| {
        let before = name[..at].chars().next_back();
        let after = name[at + word.len()..].trim_start_matches('s').chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphabetic)
    };
    GATES.iter().any(|word| name.match_indices(word).any(|(at, _)| whole(at, word)))
}

/// What a mark says. Many are a house's own (`[P]` can be done in parallel, `[1]` has a priority): those are to do.
fn state(mark: Option<char>) -> TaskState {
    match mark {
        Some('x' | 'X' | '✅' | '✓' | '✔' | '☑' | '*') => TaskState::Done,
        Some('~' | '/' | '🔄' | '🚧' | '◐') => TaskState::InProgress,
        Some('B' | '❌' | '⛔') => TaskState::Blocked,
        Some('-' | '>') => TaskState::Cancelled,
        _ => TaskState::Open,
    }
}

fn fill(task: &mut Task, said: &Said) {
    if let Some((part, value)) = text::part(said, LINES) {
        set(task, part, value);
    }
}

fn set(task: &mut Task, part: Part, value: &str) {
    let value = match part {
        Part::Owner => text::owner(value),
        Part::Risk => text::level(value),
        Part::Estimate | Part::Depends | Part::Validation => text::value(value),
    };
    if value.is_none() {
        return;
    }
    let detail = task.detail.get_or_insert_default();
    let place = match part {
        Part::Owner => &mut detail.owner,
        Part::Estimate => &mut detail.estimate,
        Part::Depends => &mut detail.depends_on,
        Part::Risk => &mut detail.risk,
        Part::Validation => &mut detail.validation,
    };
    if place.is_none() {
        *place = value;
    }
}

/// What stands in the text itself: `[15m]`, `{deps: T004}`, `(Est: 2h)`, `- 4 hours - Ana`.
fn inline(task: &mut Task, item: &Item) {
    let text = &item.first;
    if !text.ends_with([']', '}', ')']) && !text.contains(" - ") {
        return;
    }
    for group in text.split(['[', '(', '{']).skip(1).filter_map(|rest| rest.split([']', ')', '}']).next()) {
        if effort::is_amount(group) {
            set(task, Part::Estimate, group);
        } else if let Some((key, value)) = text::pair(group) {
            let key = key.to_lowercase();
            if let Some((_, part)) = LINES.iter().find(|(known, _)| *known == key) {
                set(task, *part, value);
            }
        }
    }
    let parts: Vec<&str> = text.split(" - ").map(str::trim).collect();
    if let [.., amount, who] = parts.as_slice()
        && effort::is_amount(amount)
        && parts.len() > 2
    {
        set(task, Part::Estimate, amount);
        set(task, Part::Owner, who);
    } else if let [_, .., amount] = parts.as_slice()
        && effort::is_amount(amount)
    {
        set(task, Part::Estimate, amount);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn tasks(text: &str) -> Vec<String> {
        shown(text, |anatomy| {
            let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
            let line = |task: &crate::model::Task| {
                let own = task.detail.as_deref().cloned().unwrap_or_default();
                let fields = [&own.owner, &own.estimate, &own.depends_on, &own.risk, &own.validation].map(dash);
                format!("{} {} {}", task.line, task.state.word(), fields.join(" | "))
            };
            anatomy.tasks.iter().filter(|task| !task.nested).map(line).collect()
        })
    }

    #[test]
    fn lines_below_a_task() {
        assert_eq!(
            tasks(
                "- [ ] **Task 1:** Dig\n  - Owner: Ana\n  - Estimate: 2 days\n  - Depends on: Task 0\n  - **Risk Level:** Med\n  - **Validation:** it holds\n- [x] **Task 2:** [Description]\n  - Owner: [Name]\n  - **Risk Level:** Low | Medium | High\n"
            ),
            ["1 open Ana | 2 days | Task 0 | medium | it holds", "7 done - | - | - | - | -"]
        );
        assert_eq!(
            tasks(
                "- [x] T005 Migrate (`a/b`) [15m] {deps: T004}\n- [ ] Set up - 4 hours - Bo\n- [ ] Read - write - go\n"
            ),
            ["1 done - | 15m | T004 | - | -", "2 open Bo | 4 hours | - | - | -", "3 open - | - | - | - | -"]
        );
    }

    #[test]
    fn marks() {
        let marks =
            "- [ ] a\n- [x] b\n- [~] c\n- [B] d\n- [-] e\n- [P] f\n- [1] g\n- [✅] h\n- [>] i\n- [*] j\n- [ ] ~~k~~\n";
        let states: Vec<String> =
            tasks(marks).iter().filter_map(|line| line.split(' ').nth(1).map(str::to_string)).collect();
        assert_eq!(
            states,
            [
                "open",
                "done",
                "in-progress",
                "blocked",
                "cancelled",
                "open",
                "open",
                "done",
                "cancelled",
                "done",
                "cancelled"
            ]
        );
        assert!(tasks("## Legend\n- [x] done\n- [~] begun\n").is_empty());
    }
}
