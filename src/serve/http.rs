//! Requests and answers: what is refused, what is asked of the site, and the headers that everything carries.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Uri};
use tokio::sync::{mpsc, watch};

use super::guard::Guard;
use super::shown::{Answer, Shown};

/// A longer address is refused.
const ADDRESS: usize = 8 * 1024;
/// The address at which a browser is told of changes.
const CHANNEL: &str = "-/live";
/// So many channels are held open for one machine. A browser opens six connections to a server and no more, all its tabs
/// together, so further tabs ask now and then.
const CHANNELS: usize = 3;
/// How often a channel shows that it is there.
const PULSE: Duration = Duration::from_secs(10);
/// What a page may load, in the frame that the layout sets, too.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-src 'none'; \
                      frame-ancestors 'none'";

/// What all connections share.
pub(super) struct Desk {
    pub(super) guard: Guard,
    pub(super) shown: watch::Receiver<Arc<Shown>>,
    /// The machines that channels are held for.
    channels: std::sync::Mutex<Vec<IpAddr>>,
}

impl Desk {
    pub(super) fn new(guard: Guard, shown: watch::Receiver<Arc<Shown>>) -> Desk {
        Desk { guard, shown, channels: std::sync::Mutex::default() }
    }

    /// Answers one request. `busy` counts the answers that are under way on its connection.
    pub(super) async fn respond(
        self: Arc<Desk>,
        request: Request<Incoming>,
        peer: IpAddr,
        busy: Arc<AtomicUsize>,
    ) -> Result<Response<Content>, Infallible> {
        let under_way = UnderWay::new(busy);
        let response = match asked(&request, &self.guard) {
            Err(refusal) => refusal.response(under_way),
            Ok(address) if address == CHANNEL => self.channel(peer, under_way),
            Ok(address) => {
                let shown = Arc::clone(&self.shown.borrow());
                let answered = tokio::task::spawn_blocking(move || shown.answer(&address)).await;
                match answered {
                    Ok(answer) => page(answer, under_way),
                    Err(_) => Refusal(500, "plansite failed on this page").response(under_way),
                }
            }
        };
        Ok(response)
    }

    /// Names the generation, and again whenever there is another one. Says nothing else.
    fn channel(self: Arc<Desk>, peer: IpAddr, under_way: UnderWay) -> Response<Content> {
        let (lines, receiver) = mpsc::channel(4);
        let mut shown = self.shown.clone();
        let first = shown.borrow_and_update().build.clone();
        let held = {
            let mut channels = self.channels.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let few = channels.iter().filter(|one| **one == peer).count() < CHANNELS;
            channels.extend(few.then_some(peer));
            few
        };
        let wait = if held { 500 } else { 2000 };
        // there is room for the first line
        let _ = lines.try_send(Bytes::from(format!("retry: {wait}\ndata: {first}\n\n")));
        if held {
            tokio::spawn(async move {
                loop {
                    let line = match tokio::time::timeout(PULSE, shown.changed()).await {
                        Ok(Ok(())) => format!("data: {}\n\n", shown.borrow_and_update().build),
                        Ok(Err(_)) => break,
                        Err(_) => ":\n\n".to_string(),
                    };
                    if lines.is_closed() || lines.send(Bytes::from(line)).await.is_err() {
                        break;
                    }
                }
                let mut channels = self.channels.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if let Some(at) = channels.iter().position(|one| *one == peer) {
                    channels.swap_remove(at);
                }
            });
        }
        let mut response = Response::new(Content { rest: Rest::Lines(receiver), _under_way: under_way });
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        guarded(response)
    }
}

/// Why a request isn't answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Refusal(u16, &'static str);

impl Refusal {
    fn response(self, under_way: UnderWay) -> Response<Content> {
        let text = format!("{}\n", self.1);
        let mut response = Response::new(Content { rest: Rest::Whole(Bytes::from(text)), _under_way: under_way });
        *response.status_mut() = StatusCode::from_u16(self.0).unwrap_or(StatusCode::BAD_REQUEST);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        if self.0 == 405 {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        guarded(response)
    }
}

/// The address that a request asks for: what stands behind the first slash, decoded, without a query.
fn asked<B>(request: &Request<B>, guard: &Guard) -> Result<String, Refusal> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal(400, "one Host is wanted")) };
    if !guard.host(host.as_bytes()) {
        return Err(Refusal(403, "this Host isn't expected here; --allowed-host allows it"));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal(405, "only GET and HEAD are answered"));
    }
    let address = address(request.uri())?;
    let mut origins = request.headers().get_all(header::ORIGIN).iter();
    if address == CHANNEL && !origins.all(|origin| guard.origin(origin.as_bytes())) {
        return Err(Refusal(403, "this Origin isn't expected here"));
    }
    Ok(address)
}

fn address(uri: &Uri) -> Result<String, Refusal> {
    let wrong = Refusal(400, "this isn't an address of the site");
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err(wrong);
    }
    if uri.path_and_query().is_some_and(|whole| whole.as_str().len() > ADDRESS) {
        return Err(Refusal(414, "the address is too long"));
    }
    let path = uri.path().strip_prefix('/').ok_or(wrong)?;
    let address = decoded(path).ok_or(wrong)?;
    // no file has such a name, and what stands in logs and answers is to be plain
    if address.chars().any(|c| c.is_control() || c == '\\') { Err(wrong) } else { Ok(address) }
}

/// Percent signs undone once. Absent where one is none, or where the whole isn't UTF-8.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let digits = path.get(at + 1..at + 3).filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
            plain.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            plain.push(byte);
            at += 1;
        }
    }
    String::from_utf8(plain).ok()
}

fn page(answer: Answer, under_way: UnderWay) -> Response<Content> {
    let mut response = Response::new(Content { rest: Rest::Whole(Bytes::from(answer.bytes)), _under_way: under_way });
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{:016x}\"", answer.hash)) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(location) = answer.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    guarded(response)
}

/// What every answer carries. There is no header that lets another origin read it.
fn guarded(mut response: Response<Content>) -> Response<Content> {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The content of an answer.
pub(super) struct Content {
    rest: Rest,
    _under_way: UnderWay,
}

enum Rest {
    Whole(Bytes),
    Lines(mpsc::Receiver<Bytes>),
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut self.rest {
            Rest::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Rest::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Rest::Lines(lines) => lines.poll_recv(context).map(|line| line.map(|line| Ok(Frame::data(line)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.rest, Rest::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.rest {
            Rest::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Rest::Lines(_) => SizeHint::default(),
        }
    }
}

/// Counts an answer until its content is sent or given up.
struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn new(busy: Arc<AtomicUsize>) -> UnderWay {
        busy.fetch_add(1, Ordering::Relaxed);
        UnderWay(busy)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_of(method: &str, address: &str, headers: &[(&str, &str)]) -> Result<String, u16> {
        let guard = Guard::new("127.0.0.1:4004".parse().expect("an address"), &[]);
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        asked(&request.body(()).expect("a request"), &guard).map_err(|refusal| refusal.0)
    }

    const HOST: (&str, &str) = ("host", "localhost:4004");

    #[test]
    fn an_address_is_decoded_once_and_stays_a_name() {
        let of = |address: &str| asked_of("GET", address, &[HOST]);
        assert_eq!(of("/"), Ok(String::new()));
        assert_eq!(of("/plans/a%20b/?x=../y"), Ok("plans/a b/".into()));
        assert_eq!(of("/%252e%252e/x"), Ok("%2e%2e/x".into()));
        assert_eq!(of("//etc/passwd"), Ok("/etc/passwd".into()));
        for wrong in [
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/%c0%ae%c0%ae/",
            "/%00",
            "/a%5cb",
            "/%0d%0aX:y",
            "*",
            "http://localhost:4004/",
        ] {
            assert_eq!(of(wrong), Err(400), "{wrong}");
        }
        assert_eq!(of(&format!("/{}", "a".repeat(ADDRESS))), Err(414));
    }

    #[test]
    fn strangers_are_refused_before_anything_else_is_looked_at() {
        assert_eq!(asked_of("GET", "/", &[]), Err(400));
        assert_eq!(asked_of("GET", "/", &[HOST, HOST]), Err(400));
        assert_eq!(asked_of("GET", "/", &[("host", "evil.example:4004")]), Err(403));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "XX"] {
            assert_eq!(asked_of(method, "/", &[HOST]), Err(405), "{method}");
        }
        assert_eq!(asked_of("HEAD", "/board/", &[HOST]), Ok("board/".into()));
        let channel = |origin: &str| asked_of("GET", "/-/live", &[HOST, ("origin", origin)]);
        assert!(asked_of("GET", "/-/live", &[HOST]).is_ok() && channel("http://localhost:4004").is_ok());
        assert_eq!(channel("http://evil.example:4004"), Err(403));
        assert_eq!(channel("null"), Err(403));
        let two = [HOST, ("origin", "http://localhost:4004"), ("origin", "http://evil.example")];
        assert_eq!(asked_of("GET", "/-/live", &two), Err(403));
    }
}
