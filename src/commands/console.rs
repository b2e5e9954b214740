//! The terminal: results to stdout, progress, notes and errors to stderr.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
#[cfg(feature = "serve")]
use std::time::Duration;
use std::time::Instant;

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Color, Failure};
use crate::pipeline::Observer;

/// The message of the failure that stands for a reader who has gone (`plansite check | head`): no failure of ours.
pub(super) const CLOSED: &str = "the reader has gone";

/// Where a command speaks.
pub(super) struct Console {
    colour: bool,
    quiet: bool,
    verbose: bool,
    bar: ProgressBar,
    stage: Mutex<Option<(&'static str, Instant)>>,
}

impl Console {
    pub(super) fn new(color: Color, quiet: bool, verbose: bool) -> Self {
        let auto = || AutoStream::choice(&std::io::stdout()) != ColorChoice::Never;
        let colour = color == Color::Always || (color == Color::Auto && auto());
        let shown = !quiet && !verbose && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg:9} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Console { colour, quiet, verbose, bar, stage: Mutex::new(None) }
    }

    /// Whether results may hold colour.
    pub(super) fn colour(&self) -> bool {
        self.colour
    }

    /// A result.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure(CLOSED.into())),
            Err(error) => Err(Failure(format!("can't write to standard output: {error}"))),
        }
    }

    /// A word on how things went, unless asked to be quiet.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            self.stderr(text);
        }
    }

    /// Why the job could not be done.
    pub(super) fn error(&self, text: &str) {
        self.done();
        self.stderr(&format!("error: {}", crate::words::visible(text)));
    }

    /// The last stage has ended.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
        let ended = self.stage.lock().map(|mut stage| stage.take()).unwrap_or_default();
        if let Some((stage, since)) = ended.filter(|_| self.verbose) {
            self.stderr(&format!("{stage}\t{:.1}", since.elapsed().as_secs_f64() * 1000.0));
        }
    }

    /// How long a stage took, where that is asked for.
    #[cfg(feature = "serve")]
    pub(super) fn timing(&self, stage: &str, time: Duration) {
        if self.verbose {
            self.stderr(&format!("{stage}\t{:.1}", time.as_secs_f64() * 1000.0));
        }
    }

    fn stderr(&self, text: &str) {
        // nobody is left to be told when even stderr is gone
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

impl Observer for Console {
    fn begin(&self, stage: &'static str, steps: usize) {
        self.done();
        self.bar.reset();
        self.bar.set_message(stage);
        self.bar.set_length(steps as u64);
        if let Ok(mut current) = self.stage.lock() {
            *current = Some((stage, Instant::now()));
        }
    }

    fn step(&self) {
        self.bar.inc(1);
    }
}
