//! What a document's `ai` block asks of agents, understood.

use serde::Serialize;

use crate::model::{Ai, Document};

/// When a document wants to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// Before any work.
    Always,
    /// When the work is about it; also where nothing or an unknown word is written.
    OnDemand,
    /// Not by agents.
    Never,
}

/// How much it matters, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Priority {
    Critical,
    High,
    Medium,
    Low,
}

impl Load {
    pub(super) fn of(document: &Document) -> Load {
        let word = word(document.ai.as_ref().and_then(|ai| ai.context_load.as_deref()));
        match word.as_str() {
            "always" | "eager" | "required" | "true" | "yes" => Load::Always,
            "never" | "none" | "no" | "off" | "false" | "exclude" | "ignore" => Load::Never,
            _ => Load::OnDemand,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Load::Always => "always",
            Load::OnDemand => "on-demand",
            Load::Never => "never",
        }
    }
}

impl Priority {
    pub(super) fn of(document: &Document) -> Priority {
        let word = word(document.ai.as_ref().and_then(|ai| ai.priority.as_deref()));
        match word.as_str() {
            "critical" | "urgent" | "highest" | "p0" => Priority::Critical,
            "high" | "p1" => Priority::High,
            "low" | "lowest" | "p3" | "p4" => Priority::Low,
            _ => Priority::Medium,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Priority::Critical => "critical",
            Priority::High => "high",
            Priority::Medium => "medium",
            Priority::Low => "low",
        }
    }
}

/// The `ai` block as it is written.
#[derive(Debug, Serialize)]
pub struct AiEntry<'a> {
    priority: Option<&'a str>,
    context_load: Option<&'a str>,
    triggers: &'a [String],
    token_budget: Option<u64>,
}

impl<'a> AiEntry<'a> {
    pub(super) fn of(ai: &'a Ai) -> Self {
        AiEntry {
            priority: ai.priority.as_deref(),
            context_load: ai.context_load.as_deref(),
            triggers: &ai.triggers,
            token_budget: ai.token_budget,
        }
    }
}

/// How many tokens it may cost by its own word.
pub(super) fn budget(document: &Document) -> Option<u64> {
    document.ai.as_ref().and_then(|ai: &Ai| ai.token_budget).filter(|budget| *budget > 0)
}

fn word(written: Option<&str>) -> String {
    written.unwrap_or_default().trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;

    fn document(keys: &str) -> Document {
        let text = format!("---\nstatus: active\nai:\n  triggers: [x]\n{keys}---\n# A\n");
        crate::read::read(Source::new("plans/a.md", text), &Config::default()).value
    }

    #[test]
    fn words_are_understood_in_any_case_and_unknown_ones_ask_for_nothing() {
        let load = |word: &str| Load::of(&document(&format!("  context_load: {word}\n")));
        assert_eq!([load("always"), load("Always"), load("on-demand")], [Load::Always, Load::Always, Load::OnDemand]);
        assert_eq!([load("never"), load("sometimes")], [Load::Never, Load::OnDemand]);
        assert_eq!(Load::of(&document("")), Load::OnDemand);
        let priority = |word: &str| Priority::of(&document(&format!("  priority: {word}\n")));
        assert!(priority("P0") < priority("high") && priority("high") < priority("whatever"));
        assert_eq!(priority("low"), Priority::Low);
        assert_eq!(budget(&document("  token_budget: 0\n")), None);
        assert_eq!(budget(&document("  token_budget: 2500\n")), Some(2500));
    }
}
