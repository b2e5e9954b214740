//! The milestones of all documents, month by month: what lies ahead from this month on, then what lies behind, the
//! latest first, then what has no day.

use crate::date::{self, Date};
use crate::model::Role;
use crate::view::{Mark, Scene, closed};

/// A milestone and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stone {
    /// Index of its document.
    pub document: usize,
    /// Index among the document's milestones.
    pub at: usize,
    pub day: Option<Date>,
    pub mark: Mark,
}

/// Milestones in the order of their page.
#[derive(Debug, Default)]
pub(super) struct Stones {
    pub rows: Vec<Stone>,
    /// The months, each with the number of the first row behind it.
    pub months: Vec<Month>,
}

/// A month that has milestones.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Month {
    /// `2026-11`, or `-` for those without a day.
    pub key: String,
    /// `November 2026`
    pub label: String,
    /// Rows up to this one are of it or of months before it.
    pub end: usize,
    /// How many have each mark, in the order of [`Mark::ALL`].
    pub counts: [usize; 4],
}

/// All milestones, then those with each mark, in the order of [`Mark::ALL`].
pub(super) fn stones(scene: &Scene<'_>) -> Vec<Stones> {
    let mut rows = Vec::new();
    for (document, one) in scene.collection.documents.iter().enumerate().filter(|(_, one)| one.role == Role::Document) {
        let over = closed(one);
        let stone = |(at, milestone): (usize, &crate::model::Milestone)| {
            let mark = Mark::of(milestone, over, scene.today);
            Stone { document, at, day: milestone.date, mark }
        };
        rows.extend(one.anatomy.milestones.iter().enumerate().map(stone));
    }
    let month = scene.today.first_of_month();
    rows.sort_by_cached_key(|stone| match stone.day {
        Some(day) if day >= month => (0, date::days_between(month, day), stone.document, stone.at),
        Some(day) => (1, date::days_between(day, month), stone.document, stone.at),
        None => (2, 0, stone.document, stone.at),
    });
    let only = |mark: Mark| rows.iter().copied().filter(|stone| stone.mark == mark).collect();
    let mut all: Vec<Stones> = Mark::ALL.iter().map(|mark| listed(only(*mark))).collect();
    all.insert(0, listed(rows));
    all
}

fn listed(rows: Vec<Stone>) -> Stones {
    let mut months: Vec<Month> = Vec::new();
    for (at, stone) in rows.iter().enumerate() {
        let key = stone.day.map_or("-".to_string(), |day| day.to_string()[..7].to_string());
        if months.last().is_none_or(|month| month.key != key) {
            let label = stone.day.map_or("Without a day".to_string(), |day| {
                date::long(day).split_once(' ').map(|(_, month)| month.to_string()).unwrap_or_default()
            });
            months.push(Month { key, label, end: at, counts: [0; 4] });
        }
        if let Some(month) = months.last_mut() {
            month.end = at + 1;
            month.counts[stone.mark as usize] += 1;
        }
    }
    Stones { rows, months }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stone(day: &str, mark: Mark) -> Stone {
        Stone { document: 0, at: 0, day: date::parse(day).ok(), mark }
    }

    #[test]
    fn months_count_what_is_in_them() {
        let rows = vec![
            stone("2026-11-02", Mark::Missed),
            stone("2026-11-30", Mark::Planned),
            stone("2026-12-01", Mark::Planned),
            stone("", Mark::Reached),
        ];
        let months = listed(rows).months;
        let said: Vec<_> = months.iter().map(|month| (month.label.as_str(), month.end, month.counts)).collect();
        let expected = [
            ("November 2026", 2, [0, 1, 1, 0]),
            ("December 2026", 3, [0, 1, 0, 0]),
            ("Without a day", 4, [1, 0, 0, 0]),
        ];
        assert_eq!(said, expected);
    }
}
