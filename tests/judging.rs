//! Collections that nobody would write: the judge never fails, and its findings stand in their order.

use std::collections::BTreeSet;

use plansite::config::{self, Config};
use plansite::date::Date;
use plansite::judge::{self, Judgement, RULES};
use plansite::model::{Deed, Gap, Gone, History, Past, Step, Touch};
use plansite::read;
use plansite::resolve::{self, Collection, World};
use plansite::source::Source;
use proptest::prelude::{Just, ProptestConfig, Strategy, any};
use proptest::sample::select;
use proptest::{collection, prop_assert, prop_assert_eq, prop_oneof, proptest};

const NAMES: &[&str] =
    &["plans/a.md", "plans/b.md", "adr/0001-c.md", "plans/completed/d.md", "rfcs/e f.md", "rfcs/e-f.md"];
const KEYS: &[&str] = &[
    "status",
    "lifecycle",
    "expires",
    "next_review",
    "reviewed",
    "review_in",
    "created",
    "updated",
    "completed",
    "owner",
    "id",
    "supersedes",
    "superseded_by",
    "depends_on",
    "blocks",
    "related_code",
    "last-call-deadline",
    "plansite",
    "ai",
];
const VALUES: &[&str] = &[
    "active",
    "draft",
    "accepted",
    "completed",
    "superseded",
    "blocked",
    "parked",
    "2026-11-23",
    "2026-11-22",
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "100 years",
    "1 month",
    "a.md",
    "[a.md, b.md]",
    "0001-c.md",
    "Ana",
    "{ignore: [expired, all]}",
    "{ignore: {rule: stale, until: 9999-12-31}}",
    "{token_budget: 1}",
    "src/**",
    "",
    "[",
    "- x",
    "TBD",
    "PLAN-1",
    "e f.md",
];
const LINES: &[&str] = &[
    "# Title",
    "## Status",
    "Accepted",
    "- [ ] a",
    "- [x] b",
    "### Phase 1: ❌ x",
    "**Status:** Draft",
    "**Progress:** 75 %",
    "<!-- plansite-ignore broken-link until=2026-11-23 reason=\"x\" -->",
    "<!-- plansite-ignore -->",
    "<!-- plansite-ignore expird",
    "[gone](gone.md) [a](a.md#x)",
    "**Files:** `src/x.rs`",
    "```",
    "Superseded by [b](b.md)",
    "🎉 é\u{301}\u{202e}",
    "[Name] YYYY-MM-DD",
];

fn document() -> impl Strategy<Value = String> {
    let field = (select(KEYS), prop_oneof![4 => select(VALUES).prop_map(str::to_string), 1 => ".{0,12}"]);
    let lines = collection::vec(prop_oneof![6 => select(LINES).prop_map(str::to_string), 1 => ".{0,20}"], 0..10);
    (collection::vec(field, 0..8), lines, any::<bool>()).prop_map(|(fields, lines, closed)| {
        let top: String = fields.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("---\n{top}{}{}\n", if closed { "---\n" } else { "" }, lines.join("\n"))
    })
}

const DAYS: &[&str] = &["2026-11-23", "2026-11-22", "2024-02-29", "0001-01-01", "9999-12-31", "-009999-01-01"];

fn day() -> impl Strategy<Value = Date> {
    prop_oneof![
        select(DAYS).prop_map(|day| day.parse().expect("a day")),
        (1990i16..2060, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day")),
    ]
}

fn history() -> impl Strategy<Value = History> {
    let touch = || day().prop_map(|day| Touch { day, author: "Ana".into(), commit: "c0ffee".into() });
    let past = prop_oneof![Just(None), touch().prop_map(Some)];
    let ended = prop_oneof![Just(None), day().prop_map(Some)];
    (collection::vec(past, NAMES.len()), collection::vec(touch(), 0..4), ended, collection::vec(touch(), 0..2))
        .prop_map(|(changed, touches, since, gone)| {
            let past = |changed: Option<Touch>| Past {
                gap: changed.is_none().then_some(Gap::Shallow),
                changed,
                ..Past::default()
            };
            let pasts = NAMES.iter().map(|name| name.to_string()).zip(changed.into_iter().map(past)).collect();
            let touches =
                [("src/**".to_string(), touches.clone().into()), ("src/x.rs".to_string(), touches.into())].into();
            let step = |touch: &Touch| Step {
                order: 0,
                touch: touch.clone(),
                subject: "x".into(),
                deed: Deed::Deleted,
                changes: None,
            };
            let gone = Gone {
                path: "plans/gone.md".into(),
                name: Some((Some("PLAN-9".into()), "Gone".into())),
                steps: gone.iter().map(step).collect(),
            };
            History { gap: None, pasts, touches, since, gone: vec![gone] }
        })
}

const SETTINGS: &[&str] = &[
    "",
    "[freshness]\ngrace = \"100 years\"\nstale_after = \"100 years\"\nwarn_before = \"100 years\"\n[freshness.lease]\nplan = \"1d\"\n",
    "[rules]\nrequire_reason = true\n[rules.kinds.plan]\nexpired = \"off\"\n[rules.paths.\"plans/**\"]\nstale = \"error\"\n",
];

fn judged(texts: &[String], history: &History, config: &Config, today: Date) -> (Collection, Judgement) {
    let read =
        NAMES.iter().zip(texts).map(|(name, text)| read::read(Source::new(*name, text.clone()), config)).collect();
    let codeowners = Some("* @all\nplans/\n".to_string());
    let collection = resolve::resolve(read, &World { history: history.clone(), codeowners, ..World::default() });
    let judgement = judge::judge(&collection, config, today);
    (collection, judgement)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_judge_never_fails_and_keeps_its_order(
        texts in collection::vec(document(), NAMES.len()),
        history in history(),
        today in day(),
        settings in select(SETTINGS),
    ) {
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        let config = config::parse(settings, &rules, &[]).expect("the settings are sound");
        let (collection, judgement) = judged(&texts, &history, &config, today);
        let count = collection.documents.len();
        prop_assert_eq!((judgement.standings.len(), judgement.signals.len(), judgement.upkeep.len()), (count, count, count));
        let places: Vec<_> = judgement.findings.iter().map(|found| (found.document, found.start, found.rule, &found.message)).collect();
        prop_assert!(places.is_sorted(), "{places:?}");
        for found in judgement.findings.iter().chain(judgement.suppressed.iter().map(|one| &one.finding)) {
            let text = &collection.documents[found.document].source.text; // none has a sidecar
            prop_assert!(text.is_char_boundary(found.span.start as usize) && found.span.end as usize <= text.len(), "{found:?}");
            prop_assert!(found.start <= found.end && !found.message.is_empty() && !found.message.contains('\n'), "{found:?}");
        }
        let prints: BTreeSet<&str> = judgement.findings.iter().map(|found| found.fingerprint.as_str()).collect();
        let ids: BTreeSet<_> = collection.documents.iter().filter_map(|document| document.id.as_ref()).map(|id| &id.value).collect();
        let named = collection.documents.iter().filter(|document| document.id.is_some()).count();
        // documents that share an id share fingerprints, too
        prop_assert!(prints.len() == judgement.findings.len() || ids.len() < named, "fingerprints repeat");
        let (_, again) = judged(&texts, &history, &config, today);
        prop_assert_eq!(again.findings, judgement.findings);
    }
}
