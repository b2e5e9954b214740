//! Deadlines as JSON (schema `plansite.expiry/1`), the earliest first.

use serde::Serialize;

use super::{Parts, reach};
use crate::model::Freshness;
use crate::report::{Format, Report, escape};

pub(super) const FORMAT: Format =
    Format { name: "json", about: "for scripts (schema plansite.expiry/1)", print, summary: None };

#[derive(Serialize)]
struct Expiry<'a> {
    schema: &'static str,
    today: String,
    until: String,
    root: &'a str,
    summary: Summary,
    deadlines: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Summary {
    late: usize,
    due: usize,
    unscheduled: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    url: &'a str,
    line: u32,
    id: Option<&'a str>,
    title: &'a str,
    kind: &'static str,
    stage: Option<&'static str>,
    owners: Vec<&'a str>,
    state: &'static str,
    deadline: String,
    days: i64,
    basis: &'static str,
    inferred: bool,
}

fn print(report: &Report<'_>, _: bool) -> String {
    let scene = &report.scene;
    let parts = Parts::of(report);
    let unscheduled = scene.judgement.standings.iter().filter(|one| one.state == Freshness::Unscheduled).count();
    let summary = Summary { late: parts.late.len(), due: parts.due.len(), unscheduled };
    let deadlines = parts.late.into_iter().chain(parts.due).map(|one| Entry {
        path: one.document.path(),
        url: &scene.collection.addresses[one.index],
        line: one.place().line,
        id: one.document.id.as_ref().map(|id| id.value.as_str()),
        title: &one.document.title.value,
        kind: one.document.kind.entry().word,
        stage: one.document.stage().map(|stage| stage.word()),
        owners: one.owners,
        state: one.state.word(),
        deadline: one.day.to_string(),
        days: one.days,
        basis: one.basis,
        inferred: one.inferred,
    });
    let expiry = Expiry {
        schema: "plansite.expiry/1",
        today: scene.today.to_string(),
        until: reach(report).after(scene.today).to_string(),
        root: scene.prefix,
        summary,
        deadlines: deadlines.collect(),
    };
    escape::json(&serde_json::to_string_pretty(&expiry).unwrap_or_default()) + "\n"
}
