//! A collection and a day become findings.

use crate::diagnostic::Finding;
use crate::model::{Signal, Standing};

/// The verdict on a collection on one day.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Sorted by path, line, column, rule.
    pub findings: Vec<Finding>,
    /// For each document its freshness.
    pub standings: Vec<Standing>,
    /// For each document its signals, sorted.
    pub signals: Vec<Vec<Signal>>,
}
