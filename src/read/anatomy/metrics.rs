//! Success metrics: rows of tables that name a target, and items of sections that hold metrics.

use super::outline::Outline;
use super::topic::Topics;
use super::{columns, text};
use crate::model::Metric;
use crate::read::body::{Block, Content, Item, Said, Table};
use crate::words;

const NAME: &[&str] = &["metric", "metrics", "kpi", "measure", "indicator", "metrik", "kennzahl", "métrica"];
const BASELINE: &[&str] =
    &["baseline", "current", "before", "current value", "today", "ausgangswert", "actual", "línea base"];
const TARGET: &[&str] = &["target", "goal", "target value", "threshold", "ziel", "objetivo", "meta"];

/// All metrics, in the order of the text.
pub fn read(outline: &Outline<'_>) -> Vec<Metric> {
    let mut found = Vec::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        match &block.content {
            Content::Table(table) => rows(table, &mut found),
            Content::Item(item) if outline.about(at).has(Topics::METRICS) => {
                found.extend(listed(outline, at, block, item));
            }
            _ => {}
        }
    }
    found
}

fn rows(table: &Table, found: &mut Vec<Metric>) {
    let (baseline, target) = (columns::like(table, BASELINE), columns::like(table, TARGET));
    let name = columns::exact(table, NAME).filter(|_| target.is_some());
    let Some(name) = name else { return };
    for row in &table.rows {
        let Some(name) = columns::cell(row, Some(name)).and_then(text::title) else { continue };
        let (baseline, target) = (columns::value(row, baseline), columns::value(row, target));
        if baseline.is_some() || target.is_some() {
            found.push(Metric { name, baseline, target, line: row.line });
        }
    }
}

/// `- **Latency:** Target 200 ms` with `Baseline: 400 ms` below; `- **Coverage:** 90% (from 70%)`.
fn listed(outline: &Outline<'_>, at: usize, block: &Block, item: &Item) -> Option<Metric> {
    let first = item.said.first()?;
    let named = |parent: usize| {
        outline.blocks[parent].said().first().is_some_and(|said| said.text.is_empty() && said.label.is_some())
    };
    if item.mark.is_some()
        || item.struck
        || item.depth > 1
        || item.parent.is_some_and(|parent| !named(parent))
        || is_line(first)
    {
        return None;
    }
    let inner: Vec<&Said> = outline.within(at).flat_map(|(_, inner)| inner.said()).collect();
    let only_label = first.label.is_some() && first.text.is_empty();
    let open = first.label.is_some() && !first.text.is_empty() && text::value(&first.text).is_none();
    if open && !inner.iter().any(|said| line(said).is_some_and(|(_, value)| text::value(value).is_some())) {
        return None;
    }
    // a label over a list of metrics is no metric itself
    if only_label && !inner.iter().any(|said| is_line(said)) {
        return None;
    }
    let name = first.label.clone().unwrap_or_else(|| text::sentence(&first.text).to_string());
    let mut metric = Metric { name: text::title(&name)?, line: block.line, ..Metric::default() };
    if first.label.is_some() {
        stated(&mut metric, &first.text);
    }
    for said in item.said.iter().skip(1).chain(inner) {
        let Some((key, value)) = line(said) else { continue };
        let place = if BASELINE.contains(&key.as_str()) { &mut metric.baseline } else { &mut metric.target };
        if place.is_none() || key == "target" {
            *place = text::value(value);
        }
    }
    Some(metric)
}

/// `Target 200 ms`, `90% (from 70%)`, `400 ms → 200 ms`.
fn stated(metric: &mut Metric, told: &str) {
    let told = told.trim();
    let target = ["target:", "target", "goal:"].iter().find_map(|word| {
        told.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| told[word.len()..].trim())
    });
    if let Some((before, after)) = [" → ", " -> "].iter().find_map(|arrow| told.split_once(arrow)) {
        (metric.baseline, metric.target) = (text::value(before), text::value(after));
        return;
    }
    let from = ["(from ", "(baseline: ", "(currently ", "(baseline ", "(current: "]
        .iter()
        .find_map(|mark| told.find(mark).map(|at| (at, mark.len())));
    if let Some((at, length)) = from {
        let baseline = told[at + length..].split(')').next().unwrap_or("");
        metric.baseline = text::value(baseline);
    }
    let told = target.unwrap_or(told);
    let end = from.and_then(|_| told.find('(')).unwrap_or(told.len());
    metric.target = text::value(&words::shorten(told[..end].trim(), 200));
}

fn is_line(said: &Said) -> bool {
    line(said).is_some()
}

/// A baseline or a target, with its key in lower case.
fn line(said: &Said) -> Option<(String, &str)> {
    let (name, value) = match &said.label {
        Some(label) => (label.as_str(), said.text.as_str()),
        None => text::pair(&said.text)?,
    };
    let name = name.to_lowercase();
    (BASELINE.contains(&name.as_str()) || TARGET.contains(&name.as_str())).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    #[test]
    fn rows_and_items() {
        let metrics = |text: &str| {
            shown(text, |anatomy| {
                let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
                let line = |metric: &super::Metric| {
                    format!("{} {} | {} | {}", metric.line, metric.name, dash(&metric.baseline), dash(&metric.target))
                };
                anatomy.metrics.iter().map(line).collect()
            })
        };
        assert_eq!(
            metrics("| Metric | Current | Target |\n|-|-|-|\n| LCP | 4 s | 2 s |\n| [Metric] | x | y |\n"),
            ["3 LCP | 4 s | 2 s"]
        );
        assert_eq!(
            metrics(
                "## Success Metrics\n### Technical Metrics\n- **Latency:** Target 200 ms\n  - Baseline: 400 ms\n  - Measurement: by hand\n- **Coverage:** 90% (from 70%)\n- **Errors:** 5% → 1%\n- No crash in a week. Ever.\n- **[Metric 1]:** Target [value]\n"
            ),
            [
                "3 Latency | 400 ms | 200 ms",
                "6 Coverage | 70% | 90%",
                "7 Errors | 5% | 1%",
                "8 No crash in a week. | - | -"
            ]
        );
        assert!(metrics("| Metric | Meaning |\n|-|-|\n| a | b |\n").is_empty());
    }
}
