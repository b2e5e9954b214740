//! How long it takes from a save to the new page, board, problems and search: `cargo bench -- serve`.
//!
//! Starts `plansite serve` on a collection, saves one document again and again, and asks over HTTP until each page shows
//! what was saved. Each page is asked for in rounds of its own, so that the time of one isn't that of another.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::{collection, high_water, print};

const ROUNDS: usize = 15;
const SEED: u64 = 7;
/// Longer than anybody would wait.
const PATIENCE: Duration = Duration::from_secs(60);
/// The document that is saved: first by path, and the longest expired, so that every page shows it.
const DOCUMENT: &str = "aaa/first.md";
const PAGES: [(&str, &str); 4] = [
    ("its page", "plans/plan-99999/"),
    ("board", "board/active/"), // the board itself is cut in a large collection
    ("problems", "problems/"),
    ("documents.json", "data/documents.json"),
];

/// Measures collections of these sizes.
pub fn run(sizes: &[usize], place: &Path) {
    for size in sizes {
        let docs = place.join(format!("{size}-served"));
        collection::write(*size, SEED, &docs).expect("room for a collection");
        save(&docs, "begin");
        let start = Instant::now();
        let served = Served::start(&docs);
        print(&format!("\n{size} documents: {:.0} ms until it listens", start.elapsed().as_secs_f64() * 1e3));
        for (name, address) in PAGES {
            let mut times: Vec<Duration> =
                (0..ROUNDS).map(|round| served.round(&docs, address, &format!("m{round}x{}", name.len()))).collect();
            times.sort();
            let of = |at: usize| times[at].as_secs_f64() * 1e3;
            print(&format!(
                "  save to {name:<16} {:>7.1} ms in the median, {:>7.1} to {:.1}",
                of(ROUNDS / 2),
                of(0),
                of(ROUNDS - 1)
            ));
        }
        print("  of this, in the median");
        for (stage, time) in served.stages() {
            print(&format!("    {stage:<20} {time:>7.1} ms"));
        }
        if let Some(peak) = high_water(served.child.id()) {
            print(&format!("  {:.0} MiB at most", peak as f64 / 1024.0));
        }
        drop(served);
        let _ = fs::remove_dir_all(&docs);
    }
}

fn save(docs: &Path, mark: &str) {
    let file = docs.join(DOCUMENT);
    fs::create_dir_all(file.parent().expect("a folder above")).expect("a folder");
    let text = format!(
        "---\nid: PLAN-99999\ntype: plan\nstatus: active\nexpires: 2001-01-01\nowner: Ana\n---\n# Saved {mark}\n\n[x]({mark}.md)\n"
    );
    fs::write(file, text).expect("a document");
}

/// A preview that ends with the measuring.
struct Served {
    child: Child,
    authority: String,
    said: Arc<Mutex<Vec<(String, f64)>>>,
}

impl Served {
    fn start(docs: &Path) -> Served {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
        command.arg("serve").arg(docs).args(["-v", "--port", "0", "--today", "2026-11-20"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("plansite starts");
        let said = Arc::new(Mutex::new(Vec::new()));
        let (noted, stderr) = (Arc::clone(&said), child.stderr.take().expect("a pipe was asked for"));
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let stage =
                    line.split_once('\t').and_then(|(stage, time)| Some((stage.to_string(), time.parse().ok()?)));
                noted.lock().expect("nobody panics with it").extend(stage);
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe was asked for")).read_line(&mut line).expect("an address");
        let authority = line.trim().trim_start_matches("http://").trim_end_matches('/').to_string();
        // what is read while starting isn't part of any save
        std::thread::sleep(Duration::from_millis(1500));
        said.lock().expect("nobody panics with it").clear();
        Served { child, authority, said }
    }

    fn round(&self, docs: &Path, address: &str, mark: &str) -> Duration {
        std::thread::sleep(Duration::from_millis(400));
        let mut stream = TcpStream::connect(&self.authority).expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        let start = Instant::now();
        save(docs, mark);
        while !self.ask(&mut stream, address).contains(mark) {
            assert!(start.elapsed() < PATIENCE, "{address} never showed {mark}");
            std::thread::sleep(Duration::from_millis(1));
        }
        start.elapsed()
    }

    fn ask(&self, stream: &mut TcpStream, address: &str) -> String {
        let request = format!("GET /{address} HTTP/1.1\r\nHost: {}\r\n\r\n", self.authority);
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("an answer");
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().expect("a number");
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("the whole answer");
        String::from_utf8_lossy(&body).into_owned()
    }

    /// Each stage's median.
    fn stages(&self) -> Vec<(String, f64)> {
        let said = self.said.lock().expect("nobody panics with it");
        let mut stages: Vec<(String, Vec<f64>)> = Vec::new();
        for (stage, time) in said.iter() {
            match stages.iter_mut().find(|(known, _)| known == stage) {
                Some((_, times)) => times.push(*time),
                None => stages.push((stage.clone(), vec![*time])),
            }
        }
        let median = |(stage, mut times): (String, Vec<f64>)| {
            times.sort_by(f64::total_cmp);
            (stage, times[times.len() / 2])
        };
        stages.into_iter().map(median).collect()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // it has ended already where this fails
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
