//! Deadlines as annotations of GitHub Actions, and as a summary of the job: expired ones are errors, late reviews
//! warnings, what is due a notice.

use super::{Deadline, Parts, markdown};
use crate::diagnostic::Severity;
use crate::model::Freshness;
use crate::report::annotation::{LIMIT, annotation, more};
use crate::report::{Format, Report};

pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "annotations in GitHub Actions, and the job's summary",
    print,
    summary: Some(markdown::text),
};

fn print(report: &Report<'_>, _: bool) -> String {
    let parts = Parts::of(report);
    let all: Vec<Deadline<'_>> = parts.late.into_iter().chain(parts.due).collect();
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        let found: Vec<&Deadline<'_>> = all.iter().filter(|one| severity_of(one) == severity).collect();
        for one in found.iter().take(LIMIT) {
            let (line, file) = (one.place().line, report.file(one.index));
            let owners = if one.owners.is_empty() { "nobody".to_string() } else { one.owners.join(", ") };
            let message = format!("{} {}; owner {owners}", one.name(), one.sentence());
            let place = format!("line={line},endLine={line}");
            out += &annotation(&file, &place, severity, one.state.word(), &message);
        }
        out += &more(found.len(), severity);
    }
    out
}

fn severity_of(one: &Deadline<'_>) -> Severity {
    match one.state {
        Freshness::Expired => Severity::Error,
        Freshness::ReviewOverdue => Severity::Warning,
        _ => Severity::Notice,
    }
}
