//! A collection and a day become findings, freshness and signals.
//!
//! A rule is facts in, flaws out; its name, severity and explanation stand in its constant, and everything that lists
//! rules walks the table.

mod address_collision;
mod again;
mod all_tasks_done;
mod blanket_suppression;
mod broken_anchor;
mod broken_link;
mod code_drift;
mod cycle;
mod date_order;
mod dependency_cycle;
mod depends_on_dead;
mod duplicate_id;
mod duplicate_key;
mod expired;
mod expires_soon;
mod facts;
mod folder_contradicts_status;
mod freshness;
mod internal_error;
mod invalid_date;
mod missing_code_path;
mod missing_owner;
mod missing_status;
mod missing_title;
mod mojibake;
mod near_miss_key;
mod one_sided_supersession;
mod open_tasks_in_completed;
mod placeholder_left;
mod progress_contradiction;
mod review_overdue;
mod stale;
mod status_contradiction;
mod superseded_without_successor;
mod supersession_cycle;
mod suppression;
mod suppression_without_reason;
mod token_budget_exceeded;
mod unknown_reference;
mod unknown_status;
mod unreadable_file;
mod unreadable_metadata;
mod unscheduled;
mod unused_suppression;
mod upkeep;

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Finding, Severity};
use crate::model::{Blocker, Document, Phase, RelationKind, Signal, Stage, Standing};
use crate::resolve::Collection;
use crate::source::Span;
use crate::spread::{InTurn, Spread};
use cycle::Cycles;
use facts::Circles;

pub use again::Before;
pub use facts::{Facts, Flaw};
pub use freshness::expires;
pub use upkeep::{Drift, Upkeep};

/// A flaw that documents can have.
#[derive(Debug)]
pub struct Rule {
    /// Named after the flaw, so that `"expired" = "off"` reads as a sentence.
    pub name: &'static str,
    /// Unless the configuration says otherwise.
    pub severity: Severity,
    /// What it reports, in a sentence.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// A document, or a part of one, that has the flaw.
    pub example: &'static str,
    /// The signal it gives a document, besides the finding.
    pub signal: Option<Signal>,
    /// The flaws of one document.
    pub check: fn(&Facts<'_>) -> Vec<Flaw>,
}

/// All rules, by name.
pub const RULES: &[Rule] = &[
    address_collision::RULE,
    all_tasks_done::RULE,
    blanket_suppression::RULE,
    broken_anchor::RULE,
    broken_link::RULE,
    code_drift::RULE,
    date_order::RULE,
    dependency_cycle::RULE,
    depends_on_dead::RULE,
    duplicate_id::RULE,
    duplicate_key::RULE,
    expired::RULE,
    expires_soon::RULE,
    folder_contradicts_status::RULE,
    internal_error::RULE,
    invalid_date::RULE,
    missing_code_path::RULE,
    missing_owner::RULE,
    missing_status::RULE,
    missing_title::RULE,
    mojibake::RULE,
    near_miss_key::RULE,
    one_sided_supersession::RULE,
    open_tasks_in_completed::RULE,
    placeholder_left::RULE,
    progress_contradiction::RULE,
    review_overdue::RULE,
    stale::RULE,
    status_contradiction::RULE,
    superseded_without_successor::RULE,
    supersession_cycle::RULE,
    suppression_without_reason::RULE,
    token_budget_exceeded::RULE,
    unknown_reference::RULE,
    unknown_status::RULE,
    unreadable_file::RULE,
    unreadable_metadata::RULE,
    unscheduled::RULE,
    unused_suppression::RULE,
];

/// What no document can keep from being told: that plansite's verdict on it is incomplete, and how it suppresses.
const UNSUPPRESSED: &[&str] =
    &["unreadable-file", "internal-error", "unused-suppression", "blanket-suppression", "suppression-without-reason"];

/// What documents come to have by the passing of time alone: their files needn't change for it.
pub const CLOCK: &[&str] = &["code-drift", "expired", "expires-soon", "review-overdue", "stale"];

/// The verdict on a collection on one day.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Sorted by path, line, column, rule.
    pub findings: Vec<Finding>,
    /// What would be a finding if its document didn't ask not to be told; in the same order.
    pub suppressed: Vec<Suppressed>,
    /// For each document its freshness.
    pub standings: Vec<Standing>,
    /// For each document its signals, sorted.
    pub signals: Vec<Vec<Signal>>,
    /// For each document how it has been kept.
    pub upkeep: Vec<Upkeep>,
}

/// A finding that isn't reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// What would be reported.
    pub finding: Finding,
    /// The last day on which it isn't; absent where it never is.
    pub until: Option<Date>,
    /// Why, as the document says.
    pub reason: Option<String>,
    /// Where the document asks for it.
    pub span: Span,
}

impl Judgement {
    /// The findings of one document, in their order.
    pub fn of(&self, document: usize) -> &[Finding] {
        let start = self.findings.partition_point(|finding| finding.document < document);
        let end = self.findings.partition_point(|finding| finding.document <= document);
        &self.findings[start..end]
    }

    /// What was said of one document.
    fn verdict(&self, document: usize) -> Verdict {
        let start = self.suppressed.partition_point(|one| one.finding.document < document);
        let end = self.suppressed.partition_point(|one| one.finding.document <= document);
        let suppressed = self.suppressed[start..end].to_vec();
        let (findings, signals) = (self.of(document).to_vec(), self.signals[document].clone());
        Verdict { findings, suppressed, signals, met: BTreeMap::new() }
    }
}

/// Judges all documents.
pub fn judge(collection: &Collection, config: &Config, today: Date) -> Judgement {
    judge_with(collection, config, today, None, &InTurn)
}

/// As [`judge`], with the work on each document spread, and with what still holds of an earlier verdict.
pub fn judge_with(
    collection: &Collection,
    config: &Config,
    today: Date,
    before: Option<Before<'_>>,
    spread: &impl Spread,
) -> Judgement {
    let documents = &collection.documents;
    let kept = spread.map(documents.len(), |index| {
        let standing = freshness::standing(&documents[index], &collection.pasts[index], config, today);
        (standing, upkeep::of(collection, index))
    });
    let circles = Circles {
        supersession: Cycles::find(collection, RelationKind::SupersededBy),
        dependency: Cycles::find(collection, RelationKind::DependsOn),
    };
    let anew = before.map_or_else(|| vec![true; documents.len()], |before| again::anew(before, collection, &kept));
    let circled = |index: usize| circles.supersession.from(index).is_some() || circles.dependency.from(index).is_some();
    let verdicts = spread.map(documents.len(), |index| {
        let then = before.filter(|_| !anew[index] && !circled(index)).map(|before| before.judgement.verdict(index));
        if let Some(verdict) = then.filter(|verdict| !verdict.circled()) {
            return verdict;
        }
        let (document, circles, suppressions) = (&*documents[index], &circles, &suppression::read(&documents[index]));
        let (standing, upkeep) = (&kept[index].0, &kept[index].1);
        let facts = Facts { collection, index, document, standing, upkeep, today, config, circles, suppressions };
        let mut verdict = Verdict::default();
        verdict.judge(&facts);
        verdict
    });
    let (standings, upkeep) = kept.into_iter().unzip();
    let mut judgement = Judgement { standings, upkeep, ..Judgement::default() };
    for mut verdict in verdicts {
        judgement.findings.append(&mut verdict.findings);
        judgement.suppressed.append(&mut verdict.suppressed);
        judgement.signals.push(verdict.signals);
    }
    judgement
}

/// The verdict on one document, as it grows.
#[derive(Debug, Default)]
struct Verdict {
    findings: Vec<Finding>,
    suppressed: Vec<Suppressed>,
    signals: Vec<Signal>,
    /// How often which flaw of a rule was met with the same words at fault.
    met: BTreeMap<(&'static str, u64), usize>,
}

impl Verdict {
    /// It speaks of a circle, which may be longer than a rule's sight.
    fn circled(&self) -> bool {
        let suppressed = self.suppressed.iter().map(|one| &one.finding);
        self.findings.iter().chain(suppressed).any(|finding| finding.rule.ends_with("-cycle"))
    }

    fn judge(&mut self, facts: &Facts<'_>) {
        if blocked(facts.document) {
            self.signals.push(Signal::Blocked);
        }
        let mut used = vec![false; facts.suppressions.named.len()];
        for rule in RULES {
            for flaw in (rule.check)(facts) {
                self.add(facts, rule, flaw, &mut used);
            }
        }
        // only now is it known which suppressions did anything
        for flaw in unused_suppression::flaws(facts, &used) {
            self.add(facts, &unused_suppression::RULE, flaw, &mut used);
        }
        self.signals.sort_unstable();
        self.signals.dedup();
        self.findings.sort_by(|a, b| (a.start, a.rule, &a.message).cmp(&(b.start, b.rule, &b.message)));
        self.suppressed.sort_by_key(|one| (one.finding.start, one.finding.rule));
    }

    fn add(&mut self, facts: &Facts<'_>, rule: &Rule, flaw: Flaw, used: &mut [bool]) {
        let document = facts.document;
        let level = facts.config.rules.level(rule.name, document.kind, document.path());
        let Some(severity) = level.map_or(Some(rule.severity), |level| level.severity()) else { return };
        let source = &document.source;
        let (start, end) = (source.place(flaw.span.start), source.place(flaw.span.end.max(flaw.span.start)));
        let words = source.slice(flaw.span);
        let nth = self.met.entry((rule.name, xxh3_64(words.as_bytes()))).or_default();
        let fingerprint = fingerprint(document, rule.name, words, *nth);
        *nth += 1;
        let finding = Finding {
            document: facts.index,
            rule: rule.name,
            severity: flaw.at_most.map_or(severity, |most| severity.min(most)),
            span: flaw.span,
            start,
            end,
            message: flaw.message,
            help: flaw.help,
            fingerprint,
        };
        let asked = facts.suppressions.named.iter().enumerate().filter(|(_, one)| one.rule.value == rule.name);
        let in_force = |until: Option<Date>| until.is_none_or(|until| facts.today <= until);
        let (over, now): (Vec<_>, Vec<_>) = asked.partition(|(_, one)| !in_force(one.until));
        over.iter().for_each(|(at, _)| used[*at] = true);
        match now.first().filter(|_| !UNSUPPRESSED.contains(&rule.name)) {
            Some((_, one)) => {
                now.iter().for_each(|(at, _)| used[*at] = true);
                let (until, reason) = (one.until, one.reason.clone());
                self.suppressed.push(Suppressed { finding, until, reason, span: one.rule.span });
            }
            None => {
                let ended = over.first().and_then(|(_, one)| Some((one.until?, one.rule.span)));
                let note = ended
                    .map(|(day, span)| format!("; it was suppressed until {day} ({})", facts.place(facts.index, span)));
                self.signals.extend(rule.signal);
                self.findings.push(Finding { message: finding.message + &note.unwrap_or_default(), ..finding });
            }
        }
    }
}

/// Says of itself that it waits: by its status, a phase that is marked so and isn't done, or a blocker.
fn blocked(document: &Document) -> bool {
    let (stage, anatomy) = (document.stage(), &document.anatomy);
    let open = stage.is_some_and(|stage| matches!(stage, Stage::Active | Stage::Draft | Stage::Proposed));
    let phase = |phase: &Phase| phase.blocked && (phase.total == 0 || phase.done < phase.total);
    // a marked phase is listed among the blockers, too
    let own = |blocker: &Blocker| anatomy.phases.iter().all(|phase| phase.line != blocker.line);
    let waits = || anatomy.phases.iter().any(phase) || anatomy.blockers.iter().any(own);
    document.tracked() && (stage == Some(Stage::Blocked) || (open && waits()))
}

/// Made of what stays when lines move: the id or path, the rule, the words at fault.
fn fingerprint(document: &Document, rule: &str, words: &str, nth: usize) -> String {
    let whose = document.id.as_ref().map_or(document.path(), |id| id.value.as_str());
    format!("{:016x}", xxh3_64(format!("{whose}\0{rule}\0{words}\0{nth}").as_bytes()))
}
