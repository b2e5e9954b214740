//! `plansite expiry`: what is past its day and what soon will be, by those who answer for it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict, output};
use crate::date::Period;
use crate::model::Freshness;
use crate::report::expiry::{EXPIRY_FORMATS, deadlines, reach};
use crate::report::{Group, Report};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// How far to look ahead [default: 30d; a calendar holds all deadlines]
    #[arg(long, value_name = "PERIOD", value_parser = parse_period)]
    within: Option<Period>,
    /// What the report is grouped by
    #[arg(long, value_name = "WHAT", default_value = "owner")]
    group_by: GroupBy,
    /// How to report, and where to: text, json, markdown, github, junit, ics; several are allowed
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "text")]
    format: Vec<String>,
    /// What makes the exit code 1: a day that is past, also one of a review, also one within the window
    #[arg(long, value_name = "WHAT", default_value = "expired")]
    fail_on: Threshold,
    /// A collection without documents is fine
    #[arg(long)]
    allow_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GroupBy {
    Owner,
    Kind,
    Week,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Expired,
    Overdue,
    Due,
    Never,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let formats = output::parse(&options.format, EXPIRY_FORMATS)?;
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    if judged.collection.documents.is_empty() && !options.allow_empty {
        let root = judged.place.root.display();
        return Err(Failure(format!(
            "there is no Markdown file in {root}; name another folder, or pass --allow-empty"
        )));
    }
    let group = match options.group_by {
        GroupBy::Owner => Group::Owner,
        GroupBy::Kind => Group::Kind,
        GroupBy::Week => Group::Week,
    };
    let report = Report { group: Some(group), within: options.within, ..Report::new(judged.scene()) };
    output::deliver(formats, EXPIRY_FORMATS, &report, console)?;
    let found = deadlines(&report, Some(reach(&report)));
    let hit = match options.fail_on {
        Threshold::Expired => found.iter().any(|one| one.state == Freshness::Expired),
        Threshold::Overdue => found.iter().any(|one| one.late()),
        Threshold::Due => !found.is_empty(),
        Threshold::Never => false,
    };
    Ok(match judged.verdict(None) {
        Verdict::Fine if hit => Verdict::Findings,
        verdict => verdict,
    })
}

fn parse_period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "expected a period such as 30d, 6 weeks or 3 months".to_string())
}
