//! The command as strangers and browsers meet it: raw bytes on its socket, ports, signals.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, Instant};

use crate::commands::folder::{Folder, small};

/// A preview that is shown while the test runs.
pub struct Served {
    child: Child,
    /// `127.0.0.1:4004`
    pub authority: String,
    stderr: BufReader<ChildStderr>,
}

impl Served {
    pub fn start(folder: &Folder, args: &[&str]) -> Served {
        let mut command = folder.command(&[&["serve", "docs", "--no-git"], args].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("plansite runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("an address");
        let authority = line.trim().trim_start_matches("http://").trim_end_matches('/').to_string();
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        Served { child, authority, stderr }
    }

    /// Sends bytes as they are and gives all that comes back until the other side closes.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.authority).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket");
        // it may have closed before it read all of it
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A request line and the headers that a browser sends.
    pub fn ask(&self, line: &str, more: &str) -> String {
        self.raw(format!("{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}\r\n", self.authority).as_bytes())
    }

    pub fn get(&self, address: &str) -> String {
        self.ask(&format!("GET {address}"), "")
    }

    /// The content at an address.
    pub fn body(&self, address: &str) -> String {
        self.get(address).split_once("\r\n\r\n").map(|(_, body)| body.to_string()).unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("")
}

#[test]
fn no_address_leads_out_of_the_site() {
    let folder = small();
    for secret in ["secret.md", "docs/plansite.toml", "docs-secret/a.md", "docs/.hidden.md"] {
        folder.put(secret, b"# canary\n");
    }
    std::fs::rename(folder.0.join("docs/plansite.toml"), folder.0.join("docs/other.toml")).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.0.join("secret.md"), folder.0.join("docs/link.md")).expect("a link");
    let served = Served::start(&folder, &["--port", "0"]);
    let root = folder.0.to_string_lossy().into_owned();
    let addresses = [
        "/../secret.md",
        "/..%2fsecret.md",
        "/%2e%2e/secret.md",
        "/%252e%252e/secret.md",
        "/..\\secret.md",
        "/..%5csecret.md",
        "//etc/passwd",
        "///etc/passwd",
        "/./../secret.md",
        "/board/..;/..;/secret.md",
        "/%00",
        "/board/%00",
        "/secret.md%00.html",
        "/x#/../../secret.md",
        "/secret.md?raw??",
        "/secret.md?import&raw",
        "/%c0%ae%c0%ae/secret.md",
        "/%e0%80%ae/",
        "/C:/windows/win.ini",
        "/foo/c:/windows/win.ini",
        "/plans/plan-7/index.html::$DATA",
        "/secret.md.",
        "/secret.md%20",
        "/secret.md/",
        "/board/.",
        "/../docs-secret/a.md",
        "/docs-secret/a.md",
        "/BOARD/",
        "/Plans/Plan-7/",
        "/docs/link.md",
        "/link.md",
        "/pages/link/",
        "/files/secret.md",
        "/files/../secret.md",
        "/files/docs/link.md",
        "/docs/other.toml",
        "/other.toml",
        "/docs/plans/ship.md",
        "/.git/HEAD",
        "/assets/../secret.md",
        "/@fs/etc/passwd",
        "/-/../secret.md",
        "/docs/.hidden.md",
        "/~",
        "/%2e",
        "/%2f%2fetc/passwd",
        "/%ff",
    ];
    let mut lines: Vec<String> = addresses.iter().map(|address| format!("GET {address}")).collect();
    lines.push(format!("GET {root}/secret.md"));
    lines.push(format!("GET file://{root}/secret.md"));
    lines.extend(
        ["GET secret.md", "GET *", "OPTIONS *", "GET ..", "CONNECT localhost:80", "GET http://localhost/secret.md"]
            .map(String::from),
    );
    for line in lines {
        let answer = served.ask(&line, "");
        assert!(!answer.contains("canary") && !answer.contains("root:"), "{line}: {answer}");
        let refused = matches!(status(&answer), "400" | "404" | "405" | "403") || answer.is_empty();
        assert!(refused, "{line}: {answer}");
    }
    assert_eq!(status(&served.get("/")), "200");
}

#[test]
fn names_methods_and_origins_that_are_not_expected_are_refused() {
    let served = Served::start(&small(), &["--port", "0"]);
    let port = served.authority.rsplit(':').next().expect("a port").to_string();
    let host = |host: &str| served.raw(format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes());
    for good in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(status(&host(&format!("Host: {good}:{port}\r\n"))), "200", "{good}");
    }
    for bad in [
        "evil.example",
        "0.0.0.0",
        "localhost.",
        "evil.example@localhost",
        "[::1%25lo]",
        "[",
        "]",
        "[::1",
        "\u{1f600}",
        "localhost:1:2",
    ] {
        assert_eq!(status(&host(&format!("Host: {bad}:{port}\r\n"))), "403", "{bad}");
    }
    for bad in [
        "Host: localhost\r\n".to_string(),
        "Host:\r\n".into(),
        format!("Host: localhost:{port}x\r\n"),
        "Host: localhost:99999999999\r\n".into(),
    ] {
        assert_eq!(status(&host(&bad)), "403", "{bad}");
    }
    assert_eq!(status(&host("")), "400");
    assert_eq!(status(&host(&format!("Host: localhost:{port}\r\nHost: evil.example\r\n"))), "400");
    for method in ["POST /", "PUT /x", "DELETE /", "OPTIONS /", "TRACE /", "PATCH /"] {
        let answer = served.ask(method, "");
        assert!(answer.starts_with("HTTP/1.1 405") && answer.contains("allow: GET, HEAD"), "{method}: {answer}");
    }
    let head = served.ask("HEAD /board/", "");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n") && head.contains("etag: "), "{head}");
    for origin in ["http://evil.example", "null", "http://localhost:1", "http://192.168.0.1"] {
        assert_eq!(status(&served.ask("GET /-/live", &format!("Origin: {origin}\r\n"))), "403", "{origin}");
    }
}

#[test]
fn every_answer_is_guarded_and_lets_no_other_origin_read() {
    let served = Served::start(&small(), &["--port", "0"]);
    for (line, more) in [
        ("GET /", ""),
        ("GET /assets/style.css", ""),
        ("GET /none", ""),
        ("POST /", ""),
        ("GET /board", ""),
        ("GET /", "Origin: http://evil.example\r\n"),
    ] {
        let answer = served.ask(line, more).to_lowercase();
        let head = answer.split("\r\n\r\n").next().expect("a head");
        for header in [
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store",
            "content-security-policy: default-src 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(head.contains(header), "{line}: {head}");
        }
        assert!(!head.contains("access-control"), "{head}");
    }
}

#[test]
fn hostile_bytes_end_their_connection_and_nothing_else() {
    let served = Served::start(&small(), &["--port", "0"]);
    let authority = &served.authority;
    let long = "a".repeat(1024 * 1024);
    let many: String = (0..200).map(|at| format!("X-{at}: y\r\n")).collect();
    let odd: Vec<Vec<u8>> = vec![
        vec![0; 4096],
        (0..=255).collect(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        format!("GET / HTTP/1.1\r\nHost: {authority}\r\nX: {long}\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {authority}\r\n{many}\r\n").into_bytes(),
        format!("GET /{long} HTTP/1.1\r\nHost: {authority}\r\n\r\n").into_bytes(),
        format!("GET /{} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n", &long[..9000]).into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {authority}\r\nContent-Length: -1\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n")
            .into_bytes(),
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"\r\n\r\n\r\nGET".to_vec(),
    ];
    for bytes in &odd {
        let mut stream = TcpStream::connect(authority).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a socket");
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty()
                || answer.starts_with("HTTP/1.1 4")
                || answer.starts_with("HTTP/1.0 4")
                || answer.starts_with("HTTP/1.1 2"),
            "{answer}"
        );
        assert_eq!(status(&served.get("/board/")), "200");
    }
    assert_eq!(status(&served.raw(&odd[5])), "431");
    assert_eq!(status(&served.raw(&odd[7])), "414");
}

#[test]
fn many_idle_connections_leave_room() {
    let served = Served::start(&small(), &["--port", "0"]);
    let idle: Vec<TcpStream> = (0..600).filter_map(|_| TcpStream::connect(&served.authority).ok()).collect();
    assert!(idle.len() > 256, "the test could open only {}", idle.len());
    assert_eq!(status(&served.get("/board/")), "200");
    drop(idle);
    assert_eq!(status(&served.get("/board/")), "200");
}

#[test]
fn a_taken_port_is_passed_over_unless_it_is_named() {
    let folder = small();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let ended = folder.run(&["serve", "docs", "--no-git", "--port", &port]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert_eq!(ended.err, format!("error: port {port} is taken; name another one, or none\n"));
    let first = Served::start(&folder, &[]);
    let mut second = Served::start(&folder, &[]);
    let number = |served: &Served| {
        served.authority.rsplit(':').next().and_then(|port| port.parse::<u16>().ok()).expect("a port")
    };
    assert!(number(&first) >= 4004 && number(&second) > number(&first));
    let mut said = String::new();
    second.stderr.read_line(&mut said).expect("a line");
    assert_eq!(said, "2 documents, 2 errors, 0 warnings\n");
    said.clear();
    second.stderr.read_line(&mut said).expect("a line");
    assert_eq!(said, format!("port 4004 is taken; using {}\n", number(&second)));
}

#[test]
fn what_all_machines_reach_is_said() {
    let mut served = Served::start(&small(), &["--port", "0", "--host", "0.0.0.0"]);
    assert!(served.authority.starts_with("localhost:"), "{}", served.authority);
    let mut said = String::new();
    served.stderr.read_line(&mut said).expect("a line");
    said.clear();
    served.stderr.read_line(&mut said).expect("a line");
    assert_eq!(said, "warning: whoever reaches this machine can read the documents\n");
    let ended = small().run(&["serve", "docs", "--host", "nowhere"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("expected an address such as 127.0.0.1 or 0.0.0.0"), "{}", ended.err);
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_when_asked_to() {
    for name in ["INT", "TERM"] {
        let mut served = Served::start(&small(), &["--port", "0"]);
        let held = TcpStream::connect(&served.authority).expect("it listens");
        let mut channel = TcpStream::connect(&served.authority).expect("it listens");
        write!(channel, "GET /-/live HTTP/1.1\r\nHost: {}\r\n\r\n", served.authority).expect("it listens");
        let id = served.child.id().to_string();
        let start = Instant::now();
        let sent = std::process::Command::new("kill").args([&format!("-{name}"), &id]).status();
        assert!(sent.is_ok_and(|sent| sent.success()));
        let status = served.child.wait().expect("a child of ours");
        assert!(status.success(), "{name}: {status}");
        assert!(start.elapsed() < Duration::from_secs(5), "{name}: {:?}", start.elapsed());
        drop(held);
    }
}
