//! `plansite explain`: a rule in words, or all of them in a line each.

use clap::Args;

use super::console::Console;
use super::{Failure, Verdict};
use crate::judge::{RULES, Rule};
use crate::words;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The rule; without one all are listed
    rule: Option<String>,
}

pub(super) fn run(options: &Options, console: &Console) -> Result<Verdict, Failure> {
    let Some(name) = &options.rule else {
        let lines = RULES.iter().map(|rule| format!("{:26} {:8} {}\n", rule.name, rule.severity.word(), rule.what));
        console.print(&lines.collect::<String>())?;
        return Ok(Verdict::Fine);
    };
    let Some(rule) = RULES.iter().find(|rule| rule.name == *name) else {
        let near = words::nearest(name, RULES.iter().map(|rule| rule.name));
        let help = near
            .map_or_else(|| "`plansite explain` lists them all".to_string(), |near| format!("did you mean `{near}`?"));
        return Err(Failure(format!("there is no rule `{name}`; {help}")));
    };
    console.print(&text(rule))?;
    Ok(Verdict::Fine)
}

fn text(rule: &Rule) -> String {
    let Rule { name, severity, what, why, fix, example, .. } = rule;
    let example: String = example.lines().map(|line| format!("    {line}\n")).collect();
    let level = severity.word();
    format!(
        "{name} ({level})\n\nWhat: {what}\nWhy:  {why}\nFix:  {fix}\n\nExample:\n\n{example}\nTo change its level, in plansite.toml:\n\n    [rules]\n    {name} = \"off\"   # or notice, warning, error\n"
    )
}
