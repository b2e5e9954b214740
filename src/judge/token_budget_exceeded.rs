//! A document that costs agents more than it says.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Value;
use crate::read::fact;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "token-budget-exceeded",
    severity: Severity::Notice,
    what: "a document that is longer than the `token_budget` of its `ai` block, at four characters a token",
    why: "agents that go by the budget cut it or leave it out",
    fix: "shorten it, or raise the budget",
    example: "---\nai:\n  token_budget: 100\n---\nmore than 400 characters …",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let budget = facts.document.ai.as_ref().and_then(|ai| ai.token_budget);
    let Some(budget) = budget.filter(|budget| *budget > 0 && facts.document.tracked()) else { return Vec::new() };
    let tokens = facts.document.source.text.chars().count() as u64 / 4;
    if tokens <= budget {
        return Vec::new();
    }
    let message = format!("it takes about {tokens} tokens, its budget is {budget}");
    vec![Flaw::new(place(facts), message).help("shorten it, or raise the budget")]
}

fn place(facts: &Facts<'_>) -> Span {
    let maps = facts.document.fields.iter().filter_map(|field| match &field.value {
        Value::Map(keys, _) => Some(keys),
        _ => None,
    });
    let budget = maps.flatten().find(|key| fact::normal(&key.key.value) == "token budget");
    budget.map(|key| key.value.span()).unwrap_or_default()
}
