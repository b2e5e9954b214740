//! Who may ask: the names under which the preview answers, and the addresses that pages may come from.
//!
//! A page of a stranger's can make a browser send requests here, and with a name of its own that leads here it could
//! read the answers. So the name asked for must be one that was expected, and whoever wants to be told of changes must
//! come from such an address.

use std::net::{IpAddr, SocketAddr};

/// The names that are expected, with their ports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    port: u16,
    /// In lower case; addresses of the newer kind in brackets.
    names: Vec<String>,
    /// Those that were named with a port of their own.
    full: Vec<String>,
}

impl Guard {
    /// The machine's own names, the address that was bound, and those that the command line allows.
    pub fn new(bound: SocketAddr, allowed: &[String]) -> Guard {
        let mut names: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(String::from).to_vec();
        if !bound.ip().is_unspecified() {
            names.push(match bound.ip() {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        let lower = allowed.iter().map(|name| name.to_ascii_lowercase());
        let (full, named): (Vec<String>, Vec<String>) =
            lower.partition(|name| parted(name).is_some_and(|(_, port)| port.is_some()));
        names.extend(named);
        Guard { port: bound.port(), names, full }
    }

    /// Whether a `Host` is one of the names, with the right port.
    pub fn host(&self, host: &[u8]) -> bool {
        let Some(host) = std::str::from_utf8(host).ok().map(str::to_ascii_lowercase) else { return false };
        let Some((name, port)) = parted(&host) else { return false };
        // a port that isn't named is the usual one
        let right = port.unwrap_or(80) == self.port;
        self.full.contains(&host) || (right && self.names.iter().any(|known| known == name))
    }

    /// Whether an `Origin` is one of the names. That it is the name asked for says nothing: a stranger's name can lead
    /// here, too.
    pub fn origin(&self, origin: &[u8]) -> bool {
        let rest = |scheme: &[u8]| origin.strip_prefix(scheme);
        match (rest(b"http://"), rest(b"https://")) {
            (Some(host), _) => self.host(host),
            // behind somebody else's certificate only a name that was allowed with its port can be right
            (_, Some(host)) => {
                let host = String::from_utf8_lossy(host).to_ascii_lowercase();
                self.full.contains(&host) || self.full.contains(&format!("{host}:443"))
            }
            _ => false,
        }
    }
}

/// Name and port. Absent for anything else than a name or an address with, perhaps, a port.
fn parted(host: &str) -> Option<(&str, Option<u16>)> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let end = rest.find(']')?;
            let port = &rest[end + 1..];
            (&host[..end + 2], if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        },
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let bracketed = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.' | b'[' | b']');
    let sound = if name.starts_with('[') { name.bytes().all(bracketed) } else { name.bytes().all(plain) };
    if name.is_empty() || !sound {
        return None;
    }
    match port {
        None => Some((name, None)),
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some((name, Some(port.parse().ok()?))),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allowed: &[&str]) -> Guard {
        let allowed: Vec<String> = allowed.iter().map(|name| name.to_string()).collect();
        Guard::new("127.0.0.1:4004".parse().expect("an address"), &allowed)
    }

    #[test]
    fn only_expected_names_with_the_right_port_are_answered() {
        let own = guard(&["box.example", "tunnel.example:443"]);
        for host in [
            "localhost:4004",
            "LOCALHOST:4004",
            "127.0.0.1:4004",
            "[::1]:4004",
            "box.example:4004",
            "tunnel.example:443",
        ] {
            assert!(own.host(host.as_bytes()), "{host}");
        }
        let strange = [
            "",
            ":",
            ":4004",
            "localhost",
            "localhost:4005",
            "localhost.:4004",
            "0.0.0.0:4004",
            "evil.example:4004",
            "evil.example@localhost:4004",
            "localhost:4004@evil.example",
            "localhost:4004:4004",
            "localhost:+4004",
            "localhost:99999",
            "[::1%25lo]:4004",
            "[::1]4004",
            "[::1",
            "tunnel.example:4004",
            "local host:4004",
            "localhost:4004/",
            "127.1:4004",
            "2130706433:4004",
            "localhost:",
            "[]:4004",
            "xlocalhost:4004",
        ];
        for host in strange {
            assert!(!own.host(host.as_bytes()), "{host}");
        }
        assert!(!own.host(b"localhost\xff:4004") && !own.host(b"\0"));
    }

    #[test]
    fn origins_are_names_that_are_expected_and_nothing_else() {
        let own = guard(&["tunnel.example:443"]);
        for origin in ["http://localhost:4004", "http://127.0.0.1:4004", "https://tunnel.example"] {
            assert!(own.origin(origin.as_bytes()), "{origin}");
        }
        let strange = [
            "null",
            "",
            "http://",
            "http://evil.example:4004",
            "https://localhost:4004",
            "http://192.168.1.5:4004",
            "file://",
            "http://localhost:4004.evil.example",
            "localhost:4004",
            "http://localhost:4004/",
        ];
        for origin in strange {
            assert!(!own.origin(origin.as_bytes()), "{origin}");
        }
    }

    #[test]
    fn an_address_for_everybody_is_no_name() {
        let open = Guard::new("0.0.0.0:80".parse().expect("an address"), &[]);
        assert!(!open.host(b"0.0.0.0") && !open.host(b"0.0.0.0:80") && open.host(b"localhost"));
        let one = Guard::new("192.0.2.7:80".parse().expect("an address"), &[]);
        assert!(one.host(b"192.0.2.7") && !one.host(b"192.0.2.8"));
    }
}
