//! How long each stage takes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::pipeline::Observer;

/// Notes when each stage begins.
pub(super) struct Stopwatch(Mutex<Vec<(&'static str, Instant)>>);

impl Stopwatch {
    pub(super) fn start() -> Stopwatch {
        Stopwatch(Mutex::default())
    }

    /// The stages so far, the last one up to now.
    pub(super) fn stages(&self) -> Vec<(&'static str, Duration)> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = begun.iter().skip(1).map(|(_, at)| *at).chain([Instant::now()]);
        begun.iter().zip(ends).map(|((stage, start), end)| (*stage, end.duration_since(*start))).collect()
    }
}

impl Observer for Stopwatch {
    fn begin(&self, stage: &'static str, _: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((stage, Instant::now()));
    }

    fn step(&self) {}
}
