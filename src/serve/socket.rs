//! Listening, and how many connections there may be for how long.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep};

use super::http::Desk;

/// The port that is tried first where none is named.
pub const PORT: u16 = 4004;
/// So many ports after it are tried.
const TRIED: u16 = 100;
/// A connection on which nothing moves for so long is closed.
const IDLE: Duration = Duration::from_secs(30);
/// More connections than this are not held.
const CONNECTIONS: usize = 256;
/// All headers of a request together, and how many they may be.
const HEADER_BYTES: usize = 64 * 1024;
const HEADERS: usize = 100;

/// Listens on a port: on a named one or not at all, else on the first that is free. `host` absent means this machine
/// only, by both kinds of addresses. The error is a whole sentence.
pub(super) fn bind(host: Option<IpAddr>, port: Option<u16>) -> Result<Vec<std::net::TcpListener>, String> {
    let first = host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let told = |port: u16, error: &io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => format!("port {port} is taken; name another one, or none"),
        _ => format!("can't listen on {}: {error}", SocketAddr::new(first, port)),
    };
    let last = port.unwrap_or(PORT.saturating_add(TRIED));
    for port in port.unwrap_or(PORT)..=last {
        match both(first, host.is_none(), port) {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => {}
            Err(error) => return Err(told(port, &error)),
        }
    }
    Err(format!("no port from {PORT} to {last} is free"))
}

/// The newer kind of address is listened on beside the older one where the machine has it.
fn both(first: IpAddr, beside: bool, port: u16) -> io::Result<Vec<std::net::TcpListener>> {
    let listener = std::net::TcpListener::bind((first, port))?;
    let port = listener.local_addr()?.port();
    let second = if beside { Some(std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, port))) } else { None };
    match second {
        Some(Ok(second)) => Ok(vec![listener, second]),
        Some(Err(error)) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        _ => Ok(vec![listener]),
    }
}

/// Answers whoever comes, for ever.
pub(super) async fn answer(listener: TcpListener, desk: Arc<Desk>) {
    let mut open: Vec<(JoinHandle<()>, Arc<AtomicUsize>)> = Vec::new();
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            // no file handle is left, perhaps; some will be
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        open.retain(|(task, _)| !task.is_finished());
        if open.len() >= CONNECTIONS {
            // the one that has waited longest without asking makes room
            let idle = open.iter().position(|(_, busy)| busy.load(Ordering::Relaxed) == 0);
            let Some(idle) = idle else { continue };
            open.remove(idle).0.abort();
        }
        let busy = Arc::new(AtomicUsize::new(0));
        let (desk, counted) = (Arc::clone(&desk), Arc::clone(&busy));
        open.push((tokio::spawn(connection(stream, peer.ip(), desk, counted)), busy));
    }
}

async fn connection(stream: TcpStream, peer: IpAddr, desk: Arc<Desk>, busy: Arc<AtomicUsize>) {
    // answers are written as a whole, and channels in single lines that are to go at once
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| Arc::clone(&desk).respond(request, peer, Arc::clone(&busy)));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(IDLE).max_headers(HEADERS).max_buf_size(HEADER_BYTES);
    // whatever a stranger sends, it ends this connection and nothing else
    let _: Result<(), hyper::Error> = builder.serve_connection(TokioIo::new(Moving::new(stream)), service).await;
}

/// A connection that fails when nothing moves on it.
struct Moving {
    stream: TcpStream,
    patience: Pin<Box<Sleep>>,
}

impl Moving {
    fn new(stream: TcpStream) -> Moving {
        Moving { stream, patience: Box::pin(tokio::time::sleep(IDLE)) }
    }

    fn moved<T>(&mut self, context: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match polled {
            Poll::Ready(done) => {
                self.patience.as_mut().reset(Instant::now() + IDLE);
                Poll::Ready(done)
            }
            Poll::Pending => self.patience.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into())),
        }
    }
}

impl AsyncRead for Moving {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(context, into);
        self.moved(context, polled)
    }
}

impl AsyncWrite for Moving {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.moved(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
