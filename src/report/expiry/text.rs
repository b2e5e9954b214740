//! Deadlines for a terminal: under each owner a line for each document.

use super::{Deadline, Parts, groups, reach};
use crate::report::{Format, Report, log};
use crate::words;

pub(super) const FORMAT: Format =
    Format { name: "text", about: "for people: who has to do what", print, summary: None };

fn print(report: &Report<'_>, colour: bool) -> String {
    let parts = Parts::of(report);
    let last = reach(report).after(report.scene.today);
    let sections = [("Past their day".to_string(), &parts.late), (format!("Due by {last}"), &parts.due)];
    let bold = |text: &str| if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_string() };
    let mut out = String::new();
    for (title, found) in sections.iter().filter(|(_, found)| !found.is_empty()) {
        out += &format!("{}\n", bold(title));
        for (name, found) in groups(report, found) {
            out += &format!("\n  {}\n", bold(&words::visible(&name)));
            out += &lines(report, &found);
        }
        out.push('\n');
    }
    log(&format!("{out}{}\n", parts.tally(report)))
}

fn lines(report: &Report<'_>, found: &[&Deadline<'_>]) -> String {
    let names: Vec<String> = found.iter().map(|one| words::visible(&words::shorten(one.name(), 40))).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let lines = found.iter().zip(names).map(|(one, name)| {
        let title = words::visible(&words::shorten(&one.document.title.value, 60));
        let place = format!("{}:{}", words::visible(&report.file(one.index)), one.place().line);
        format!("    {name:width$}  {title}\n    {:width$}  {}; {place}\n", "", one.sentence())
    });
    lines.collect()
}
