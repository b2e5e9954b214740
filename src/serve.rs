//! The preview: a collection is watched, its site is answered from memory, and browsers are told when it changes.
//!
//! `preview` holds the collection and makes generations of the site, `site` is one of them, `shown` what it answers to an
//! address. Around them `watcher` waits for touched files, `socket` and `http` for requests; `guard` says who may ask.
//! Nothing is written to disk, and no path of a file is made of an address.

mod ground;
mod guard;
mod http;
mod panel;
mod preview;
mod shown;
mod site;
mod socket;
mod standing;
mod stopwatch;
mod watcher;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

pub use ground::{Ground, Look};
pub use guard::Guard;
pub use preview::{Answer as Git, Ask, Compile, Preview, Question, Touched};
pub use shown::{Answer, EDITORS, Editor, Shown};
pub use site::{File, Site};
pub use socket::PORT;
use watcher::News;

/// So many pages are printed at once; more requests wait.
const PRINTERS: usize = 4;

/// How a preview is shown.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The address to listen on; absent for this machine only.
    pub host: Option<IpAddr>,
    /// The port; absent for the first one that is free.
    pub port: Option<u16>,
    /// Further names under which it may be asked.
    pub allowed: Vec<String>,
    /// Where a click on a line leads to.
    pub editor: Option<Editor>,
    /// Look for changes instead of being told.
    pub poll: bool,
    /// Another word at each start, so that a browser that was connected to the one before sees the difference.
    pub start: String,
}

/// What is told while it runs.
pub enum Event {
    /// It listens. The first event.
    Listening {
        /// Where a browser of this machine finds it.
        address: String,
        /// Other machines reach it, too.
        exposed: bool,
        /// The port.
        port: u16,
    },
    /// There is something new to show.
    Shown {
        /// Because of these files; none where git or the day says something new.
        touched: Vec<PathBuf>,
        /// What is shown.
        shown: Shown,
        /// How long each stage took.
        stages: Vec<(&'static str, Duration)>,
    },
    /// A sentence for the terminal.
    Note(String),
}

enum Heard {
    Event(Event),
    End,
}

/// Shows a preview until it is asked to end. The error is a whole sentence.
pub fn run(preview: impl FnOnce() -> Preview, settings: &Settings, tell: &dyn Fn(Event)) -> Result<(), String> {
    let listeners = socket::bind(settings.host, settings.port)?;
    let preview = preview();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(PRINTERS).build();
    let runtime = runtime.map_err(|error| format!("can't start: {error}"))?;
    let ended = runtime.block_on(show(listeners, preview, settings, tell));
    // whatever is still being answered or asked of git isn't waited for
    runtime.shutdown_background();
    ended
}

async fn show(
    listeners: Vec<std::net::TcpListener>,
    preview: Preview,
    settings: &Settings,
    tell: &dyn Fn(Event),
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("can't listen: {error}");
    let bound = listeners[0].local_addr().map_err(failed)?;
    let (heard, mut hearing) = mpsc::unbounded_channel();
    signals(&heard).map_err(|error| format!("can't listen for signals: {error}"))?;
    let (editor, start) = (settings.editor, settings.start.clone());
    let shown_of = move |preview: &Preview, number: u64| Shown {
        site: preview.site().map(Arc::clone),
        failure: preview.failure().map(str::to_string),
        build: format!("{start}-{number}"),
        editor,
    };
    let (show, shown) = watch::channel(Arc::new(shown_of(&preview, 0)));
    let desk = Arc::new(http::Desk::new(Guard::new(bound, &settings.allowed), shown));
    for listener in listeners {
        listener.set_nonblocking(true).map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        tokio::spawn(socket::answer(listener, Arc::clone(&desk)));
    }
    let name = if bound.ip().is_unspecified() { "localhost".to_string() } else { bound.ip().to_string() };
    let name = if name.contains(':') { format!("[{name}]") } else { name };
    let address = format!("http://{name}:{}/", bound.port());
    tell(Event::Listening { address, exposed: !bound.ip().is_loopback(), port: bound.port() });
    let poll = settings.poll;
    std::thread::spawn(move || {
        let mut number = 0;
        watcher::watch(preview, poll, move |preview, news| {
            let event = match news {
                News::Note(note) => Event::Note(note),
                News::Site { touched, stages } => {
                    number += 1;
                    let shown = shown_of(preview, number);
                    show.send_replace(Arc::new(shown.clone()));
                    Event::Shown { touched, shown, stages }
                }
            };
            heard.send(Heard::Event(event)).is_ok()
        });
    });
    while let Some(Heard::Event(event)) = hearing.recv().await {
        tell(event);
    }
    Ok(())
}

/// Asked to end, by the keyboard or by the system.
#[cfg(unix)]
fn signals(heard: &mpsc::UnboundedSender<Heard>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let (mut asked, heard) = (signal(kind)?, heard.clone());
        tokio::spawn(async move {
            asked.recv().await;
            // it may have ended by another one
            let _ = heard.send(Heard::End);
        });
    }
    Ok(())
}

/// Asked to end, by the keyboard.
#[cfg(not(unix))]
fn signals(heard: &mpsc::UnboundedSender<Heard>) -> std::io::Result<()> {
    let heard = heard.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            // it may have ended by another one
            let _ = heard.send(Heard::End);
        }
    });
    Ok(())
}
