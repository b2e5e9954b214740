//! `plansite serve`: the preview.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::console::Console;
use super::look::compiled;
use super::{Failure, Judged, Shared, Verdict, today};
use crate::config;
use crate::report::Report;
use crate::serve::{self, Ask, EDITORS, Editor, Event, Ground, Look, Preview, Settings, Shown};
use crate::words;

#[derive(Debug, Clone, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// The port to listen on; 0 for any [default: 4004, or the next one that is free]
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,
    /// The address to listen on; 0.0.0.0 for all machines [default: this machine only]
    #[arg(long, value_name = "ADDRESS", value_parser = parse_host)]
    host: Option<IpAddr>,
    /// A further name under which browsers may ask, with a port if it isn't ours; may be repeated
    #[arg(long = "allowed-host", value_name = "NAME")]
    allowed_host: Vec<String>,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Let lines lead to an editor: vscode, vscodium, cursor, zed, idea, sublime
    #[arg(long, value_name = "NAME", value_parser = parse_editor)]
    editor: Option<Editor>,
    /// Look for changes twice a second instead of being told by the system
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    // a wrong day is told now, not at the first change
    let day = today(shared)?;
    let cwd = std::env::current_dir()?;
    let cwd = cwd.canonicalize().unwrap_or(cwd);
    let ask = Ask {
        settings: settings(&cwd, options, shared),
        ground: ground(options, shared),
        look: Box::new(look),
        today: {
            let shared = shared.clone();
            Box::new(move || today(&shared).unwrap_or(day))
        },
    };
    let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let wanted = Settings {
        host: options.host,
        port: options.port,
        allowed: options.allowed_host.clone(),
        editor: options.editor,
        poll: options.poll,
        start: format!("{start:x}"),
    };
    let open = || {
        let preview = Preview::open(ask, console);
        console.done();
        let warnings = preview.look().map(|look| look.warnings.as_slice()).unwrap_or_default();
        warnings.iter().for_each(|warning| console.say(&format!("warning: {}", words::visible(warning))));
        match (preview.failure(), preview.site()) {
            (Some(failure), _) => console.say(&format!("error: {}", words::visible(failure))),
            (None, Some(site)) => console.say(&counts(&Shown { site: Some(site.clone()), ..Shown::default() })),
            (None, None) => {}
        }
        preview
    };
    serve::run(open, &wanted, &|event| told(event, options, console)).map_err(Failure)?;
    Ok(Verdict::Fine)
}

fn told(event: Event, options: &Options, console: &Console) {
    match event {
        Event::Listening { address, exposed, port } => {
            if options.port.is_none() && port != serve::PORT {
                console.say(&format!("port {} is taken; using {port}", serve::PORT));
            }
            if exposed {
                console.say("warning: whoever reaches this machine can read the documents");
            }
            // whoever has gone needs no address
            let _ = console.print(&format!("{address}\n"));
            console.say("Ctrl-C ends the preview");
            if options.open && !launch(&address) {
                console.say("warning: no browser could be opened");
            }
        }
        Event::Note(note) => console.say(&format!("warning: {}", words::visible(&note))),
        Event::Shown { touched, shown, stages } => {
            for (stage, time) in &stages {
                console.timing(stage, *time);
            }
            match &shown.failure {
                Some(failure) => console.say(&format!("error: {}", words::visible(failure))),
                None => console.say(&format!("{}{}", named(&touched), counts(&shown))),
            }
        }
    }
}

/// `ship.md: `, `3 files: `, or nothing.
fn named(touched: &[PathBuf]) -> String {
    match touched {
        [] => String::new(),
        [one] => format!("{}: ", words::visible(&one.file_name().unwrap_or_default().to_string_lossy())),
        many => format!("{}: ", words::count(many.len(), "file", "files")),
    }
}

/// `2 documents, 1 error, 3 warnings`
fn counts(shown: &Shown) -> String {
    let Some(site) = &shown.site else { return "nothing to show".into() };
    let counts = Report::new(site.scene()).counts();
    let documents = words::count(site.scene().collection.documents.len(), "document", "documents");
    let errors = words::count(counts.errors, "error", "errors");
    let warnings = words::count(counts.warnings, "warning", "warnings");
    format!("{documents}, {errors}, {warnings}")
}

/// Where settings are looked for.
fn settings(cwd: &Path, options: &Options, shared: &Shared) -> Vec<PathBuf> {
    match (&shared.config, &options.docs) {
        (Some(file), _) => vec![cwd.join(file)],
        (None, docs) => {
            let beside = docs.iter().map(|docs| {
                let docs = cwd.join(docs);
                docs.canonicalize().unwrap_or(docs).join(config::FILE)
            });
            beside.chain([cwd.join(config::FILE)]).collect()
        }
    }
}

fn ground(options: &Options, shared: &Shared) -> Box<dyn Fn() -> Result<Ground, String> + Send> {
    let (docs, shared) = (options.docs.clone(), shared.clone());
    Box::new(move || {
        let (place, config) = Judged::place(docs.as_deref(), &shared).map_err(|Failure(why)| why)?;
        Ok(Ground { place, config })
    })
}

fn look(ground: &Ground) -> Result<Look, String> {
    let compiled = compiled(&ground.place, &ground.config).map_err(|Failure(why)| why)?;
    Ok(Look { theme: compiled.theme, warnings: compiled.warnings, sources: compiled.sources })
}

fn parse_host(text: &str) -> Result<IpAddr, String> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    if bare.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
    }
    bare.parse().map_err(|_| "expected an address such as 127.0.0.1 or 0.0.0.0".to_string())
}

fn parse_editor(text: &str) -> Result<Editor, String> {
    let known = EDITORS.iter().find(|editor| editor.name == text).copied();
    known.ok_or_else(|| {
        let names: Vec<&str> = EDITORS.iter().map(|editor| editor.name).collect();
        format!("there is no such editor here; there are {}", names.join(", "))
    })
}

/// Asks the system to open an address.
fn launch(address: &str) -> bool {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
