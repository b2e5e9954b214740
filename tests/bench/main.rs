//! How long a build takes, and how that grows: `cargo bench`.
//!
//! Makes collections of 100, 1,000 and 10,000 documents (or of the sizes named: `cargo bench -- 500 2000`), builds each
//! three times into a fresh folder and once more with nothing changed, and prints the median wall time, the time of
//! each stage as `plansite build -v` tells it, and the peak of its memory. Figures of one run on one machine can be
//! compared with each other; those of different machines can't. `cargo bench -- serve` measures the preview instead.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod collection;
mod preview;
mod random;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const RUNS: usize = 3;
const SEED: u64 = 7;
/// Growth above this, per doubling, is no longer linear.
const LINEAR: f64 = 2.3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` runs this too, without the flag, and wants an answer at once.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let named: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    if arguments.iter().any(|argument| argument == "serve") {
        preview::run(if named.is_empty() { &SIZES[1..] } else { &named }, &place);
        let _ = fs::remove_dir_all(place);
        return;
    }
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    let mut cold: Vec<(usize, Duration)> = Vec::new();
    for size in sizes {
        let docs = place.join(format!("{size}"));
        let bytes = collection::write(size, SEED, &docs).expect("room for a collection");
        print(&format!("\n{size} documents, {:.1} MB", bytes as f64 / 1e6));
        let out = place.join(format!("{size}-site"));
        let runs: Vec<Run> = (0..RUNS)
            .map(|_| {
                let _ = fs::remove_dir_all(&out);
                build(&docs, &out)
            })
            .collect();
        let run = median(runs);
        cold.push((size, run.wall));
        report("cold", &run, size);
        report("unchanged", &build(&docs, &out), size);
        let _ = fs::remove_dir_all(&out);
    }
    print("\ngrowth of a cold build, per doubling of the collection");
    for pair in cold.windows(2) {
        let ((small, before), (large, after)) = (pair[0], pair[1]);
        let doublings = (large as f64 / small as f64).log2();
        let growth = (after.as_secs_f64() / before.as_secs_f64()).powf(1.0 / doublings);
        let verdict = if growth < LINEAR { "" } else { ", more than linear" };
        print(&format!("  {small:>7} to {large:>7}   T(2n)/T(n) = {growth:.2}{verdict}"));
    }
    let _ = fs::remove_dir_all(place);
}

/// One build as seen from outside.
struct Run {
    wall: Duration,
    /// The most memory it held, in KiB; absent where the system does not tell.
    peak: Option<u64>,
    /// Milliseconds of each stage, in the order in which it told of them.
    stages: Vec<(String, f64)>,
}

fn build(docs: &PathBuf, out: &PathBuf) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
    command.arg("build").arg(docs).arg("--out").arg(out).args(["-v", "--today", "2026-11-20"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().expect("plansite starts");
    let mut pipe = child.stderr.take().expect("a pipe was asked for");
    let said = std::thread::spawn(move || {
        let mut said = String::new();
        pipe.read_to_string(&mut said).map(|_| said).unwrap_or_default()
    });
    let mut peak = None;
    let status = loop {
        peak = peak.max(high_water(child.id()));
        if let Some(status) = child.try_wait().expect("a child of ours") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = start.elapsed();
    let said = said.join().expect("the reader ends with the pipe");
    assert!(status.success(), "plansite failed: {said}");
    let stages = said.lines().filter_map(|line| line.split_once('\t'));
    let stages = stages.filter_map(|(stage, time)| Some((stage.trim().to_string(), time.trim().parse().ok()?)));
    Run { wall, peak, stages: stages.collect() }
}

/// The most memory that a process has held so far, in KiB. The system keeps this mark itself, so that looking every few
/// milliseconds misses only what is claimed in the last of them.
fn high_water(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The run whose wall time is the middle one, with the median of each stage.
fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by_key(|run| run.wall);
    let mut times: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (stage, time) in runs.iter().flat_map(|run| &run.stages) {
        times.entry(stage.clone()).or_default().push(*time);
    }
    let middle = runs.len() / 2;
    let mut run = runs.swap_remove(middle);
    for (stage, time) in &mut run.stages {
        if let Some(all) = times.get_mut(stage) {
            all.sort_by(f64::total_cmp);
            *time = all[all.len() / 2];
        }
    }
    run
}

fn report(what: &str, run: &Run, size: usize) {
    let peak =
        run.peak.map_or("memory not told here".to_string(), |peak| format!("{:.0} MiB at most", peak as f64 / 1024.0));
    let each = run.wall.as_secs_f64() * 1e6 / size as f64;
    print(&format!("  {what:<24} {:>9.1} ms   {each:>6.0} µs a document   {peak}", run.wall.as_secs_f64() * 1e3));
    for (stage, time) in &run.stages {
        print(&format!("    {stage:<22} {time:>9.1} ms"));
    }
}

#[allow(clippy::print_stdout, reason = "figures are what this program is for")]
fn print(line: &str) {
    println!("{line}");
}
