//! The command line: its types, dispatch, exit codes, and the one reading of the clock.
//!
//! 0 is fine, 1 means findings at or above the threshold, 2 means that the job could not be done. Results go to stdout,
//! everything else to stderr.

mod build;
mod check;
mod console;
mod diff;
mod doctor;
mod expiry;
mod explain;
mod graph;
mod init;
mod list;
mod look;
mod output;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Config;
use crate::date::{self, Date};
use crate::diagnostic::Severity;
use crate::discover::{self, Place};
use crate::judge::{Judgement, RULES};
use crate::pipeline;
use crate::read::fact::FACTS;
use crate::resolve::Collection;
use crate::view::Scene;
use console::Console;

/// Plans that live in a repository, as a site and as a report of what has expired.
#[derive(Debug, Parser)]
#[command(name = "plansite", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// What works with every command.
#[derive(Debug, Clone, Args)]
struct Shared {
    /// The day to judge by [default: PLANSITE_TODAY, SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    today: Option<Date>,
    /// The configuration [default: plansite.toml here or in DOCS]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Don't ask git: days of changes are unknown
    #[arg(long, global = true)]
    no_git: bool,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say how long each stage takes
    #[arg(short, long, global = true)]
    verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the static site
    Build(build::Options),
    /// Preview the site in a browser while you write
    #[cfg(feature = "serve")]
    Serve(serve::Options),
    /// Report all findings
    Check(check::Options),
    /// Report what is past its day and what soon will be
    Expiry(expiry::Options),
    /// Say what a change does to the plans
    Diff(diff::Options),
    /// List the documents
    List(list::Options),
    /// Show one document as plansite understands it
    Show(show::Options),
    /// Print who hangs together with whom
    Graph(graph::Options),
    /// Say what is in use, what was not understood, and the configuration that would name it
    Doctor(doctor::Options),
    /// Write a first plansite.toml, and the workflows for GitHub
    Init(init::Options),
    /// Explain a rule: what, why, how to fix
    Explain(explain::Options),
    /// Print the JSON Schema of an output
    Schema(schema::Options),
}

/// The job could not be done: a sentence for stderr.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.to_string())
    }
}

/// How a command that did its job ended.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    Findings,
    /// A file couldn't be read, or plansite failed on one.
    Incomplete,
}

/// Runs plansite on the process's arguments.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    let console = Console::new(cli.shared.color, cli.shared.quiet, cli.shared.verbose);
    if !cli.shared.verbose {
        // a panic is caught where it concerns one document only and told as a finding
        std::panic::set_hook(Box::new(|_| {}));
    }
    let ended = match &cli.command {
        Command::Build(options) => build::run(options, &cli.shared, &console),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::run(options, &cli.shared, &console),
        Command::Check(options) => check::run(options, &cli.shared, &console),
        Command::Expiry(options) => expiry::run(options, &cli.shared, &console),
        Command::Diff(options) => diff::run(options, &cli.shared, &console),
        Command::List(options) => list::run(options, &cli.shared, &console),
        Command::Show(options) => show::run(options, &cli.shared, &console),
        Command::Graph(options) => graph::run(options, &cli.shared, &console),
        Command::Doctor(options) => doctor::run(options, &cli.shared, &console),
        Command::Init(options) => init::run(options, &cli.shared, &console),
        Command::Explain(options) => explain::run(options, &console),
        Command::Schema(options) => schema::run(options, &console),
    };
    match ended {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Ok(Verdict::Incomplete) => ExitCode::from(2),
        Err(Failure(message)) if message == console::CLOSED => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            console.error(&message);
            ExitCode::from(2)
        }
    }
}

/// A collection, judged.
struct Judged {
    place: Place,
    config: Config,
    today: Date,
    collection: Collection,
    judgement: Judgement,
    title: String,
}

impl Judged {
    /// Reads and judges the collection that `docs` and the shared options name.
    fn read(docs: Option<&Path>, shared: &Shared, console: &Console) -> Result<Judged, Failure> {
        let today = today(shared)?;
        let (place, config) = Judged::place(docs, shared)?;
        let collection = pipeline::collect(&place, &config, console)?;
        pipeline::Observer::begin(console, "judge", 0);
        let judgement = pipeline::judge(&collection, &config, today);
        console.done();
        if let Some(since) = collection.since {
            console.say(&format!(
                "note: the clone is shallow; what git knew on {since} and before is unknown (fetch-depth: 0 brings it)"
            ));
        }
        let title = config.site.title.clone().unwrap_or_else(|| place.name.clone());
        Ok(Judged { place, config, today, collection, judgement, title })
    }

    /// Where the collection lies, and its settings.
    fn place(docs: Option<&Path>, shared: &Shared) -> Result<(Place, Config), Failure> {
        let cwd = std::env::current_dir()?;
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        let facts: Vec<&str> = FACTS.iter().map(|(name, _)| *name).collect();
        let (place, mut config) = discover::place(&cwd, docs, shared.config.as_deref(), &rules, &facts)?;
        config.collection.git &= !shared.no_git;
        Ok((place, config))
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            collection: &self.collection,
            judgement: &self.judgement,
            config: &self.config,
            today: self.today,
            title: &self.title,
            prefix: &self.place.prefix,
        }
    }

    /// The verdict with a threshold; without one findings don't count.
    fn verdict(&self, threshold: Option<Severity>) -> Verdict {
        let findings = &self.judgement.findings;
        if findings.iter().any(|finding| matches!(finding.rule, "unreadable-file" | "internal-error")) {
            return Verdict::Incomplete;
        }
        let hit = threshold.is_some_and(|threshold| findings.iter().any(|finding| finding.severity >= threshold));
        if hit { Verdict::Findings } else { Verdict::Fine }
    }
}

fn parse_day(text: &str) -> Result<Date, String> {
    text.parse::<Date>()
        .ok()
        .filter(|_| text.len() == 10)
        .ok_or_else(|| "expected a day such as 2026-11-01".to_string())
}

/// `--today`, else `PLANSITE_TODAY`, else `SOURCE_DATE_EPOCH`, else the clock's day in UTC.
fn today(shared: &Shared) -> Result<Date, Failure> {
    if let Some(today) = shared.today {
        return Ok(today);
    }
    if let Some(text) = std::env::var_os("PLANSITE_TODAY") {
        let text = text.to_string_lossy();
        return parse_day(&text).map_err(|why| Failure(format!("PLANSITE_TODAY is `{text}`; {why}")));
    }
    let seconds = match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(text) => {
            let text = text.to_string_lossy().into_owned();
            text.parse::<i64>()
                .map_err(|_| Failure(format!("SOURCE_DATE_EPOCH is `{text}`; expected seconds since 1970")))?
        }
        None => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64),
    };
    date::utc_day(seconds)
        .ok_or_else(|| Failure(format!("SOURCE_DATE_EPOCH is {seconds}; that is beyond the calendar")))
}
