//! A folder over HTTP on this machine, the way a good host would serve it.
//!
//! hyper speaks HTTP; tower-http finds the files, chooses the compressed copy that a browser takes,
//! and knows about tags, ranges and parent folders. What is added here: a base path, hidden files
//! that stay hidden, the media types of [`media`], and the policy.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::uri::PathAndQuery;
use http::{Request, Response, StatusCode, Uri};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tower_http::services::ServeDir;

use crate::media;

/// How many ports are tried when the first is taken.
const PORTS_TRIED: u16 = 20;

/// What a page may do: run its own scripts and wasm, load its own files, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; \
    base-uri 'none'; form-action 'self'";

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There is no such folder.
    #[error("cannot serve the folder {}", path.display())]
    NoFolder {
        /// The folder that was named.
        path: PathBuf,
    },
    /// The base cannot stand in an address as it is.
    #[error("the base {base:?} is not a path of letters, digits, `-`, `.`, `_` and `~`")]
    Base {
        /// The base that was named.
        base: String,
    },
    /// All ports that were tried are taken.
    #[error("the ports {first} to {last} are all taken; choose another")]
    Taken {
        /// The port that was asked for.
        first: u16,
        /// The last that was tried.
        last: u16,
    },
    /// The system does not let us listen.
    #[error("cannot listen on 127.0.0.1: {0}")]
    Listen(#[from] io::Error),
}

/// A folder on a port of 127.0.0.1.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    folder: Folder,
}

impl Server {
    /// Opens the port, or the next free one, for the folder `root` below the path `base` of the
    /// address. Port 0 means any free port.
    ///
    /// # Errors
    /// Where there is no such folder, the base is no plain path, or no port is free.
    pub fn open(root: &Path, base: &str, port: u16) -> Result<Self, ServeError> {
        let folder = Folder::new(root, base)?;
        let listener = listen(port)?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            folder,
        })
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of the folder, with a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}{}/", self.address, self.folder.base)
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// Where the system takes the port away.
    pub fn run(self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        self.listener.set_nonblocking(true)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            loop {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                let folder = self.folder.clone();
                let answer = move |request| {
                    let folder = folder.clone();
                    async move { Ok::<_, Infallible>(folder.answer(request).await) }
                };
                let connection = http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service_fn(answer));
                // A connection that breaks is the client's affair.
                tokio::spawn(connection);
            }
        })
    }
}

/// Opens the port, or the next free one.
fn listen(port: u16) -> Result<TcpListener, ServeError> {
    let last = match port {
        0 => 0,
        port => port.saturating_add(PORTS_TRIED),
    };
    for candidate in port..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            opened => return Ok(opened?),
        }
    }
    Err(ServeError::Taken { first: port, last })
}

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// What is served, and the path of the address below which it is.
#[derive(Debug, Clone)]
struct Folder {
    files: ServeDir,
    /// Without a slash at its end, so empty at the top.
    base: String,
}

impl Folder {
    fn new(root: &Path, base: &str) -> Result<Self, ServeError> {
        if !root.is_dir() {
            return Err(ServeError::NoFolder {
                path: root.to_owned(),
            });
        }
        let inner = base.trim_matches('/');
        let is_plain = |segment: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
            !segment.is_empty() && !segment.starts_with('.') && segment.chars().all(plain)
        };
        let base = match inner {
            "" => String::new(),
            inner if inner.split('/').all(is_plain) => format!("/{inner}"),
            _ => {
                return Err(ServeError::Base {
                    base: base.to_owned(),
                });
            }
        };
        let files = ServeDir::new(root)
            .precompressed_br()
            .precompressed_gzip()
            .redirect_path_prefix(&base);
        Ok(Self { files, base })
    }

    async fn answer(mut self, request: Request<Incoming>) -> Response<Body> {
        let mut response = match self.inner_path(request.uri()) {
            Inner::Path(inner) => {
                let (mut parts, _) = request.into_parts();
                let path = inner.path().to_owned();
                parts.uri = inner.into();
                let request = Request::from_parts(parts, Empty::<Bytes>::new());
                match self.files.try_call(request).await {
                    Ok(response) => typed(response.map(BodyExt::boxed_unsync), &path),
                    Err(error) => problem(status_of(&error)),
                }
            }
            Inner::Base(location) => {
                let mut moved = problem(StatusCode::TEMPORARY_REDIRECT);
                moved.headers_mut().insert(header::LOCATION, location);
                moved
            }
            Inner::Nothing => problem(StatusCode::NOT_FOUND),
        };
        for (name, value) in [
            (header::CACHE_CONTROL, "no-cache"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            let value = HeaderValue::from_static(value);
            response.headers_mut().insert(name, value);
        }
        response
    }

    /// Where the address of a request leads.
    fn inner_path(&self, uri: &Uri) -> Inner {
        let query = uri
            .query()
            .map_or(String::new(), |query| format!("?{query}"));
        match uri.path().strip_prefix(&self.base) {
            Some("") => HeaderValue::try_from(format!("{}/{query}", self.base))
                .map_or(Inner::Nothing, Inner::Base),
            Some(path) if path.starts_with('/') && !is_hidden(path) => {
                PathAndQuery::try_from(format!("{path}{query}")).map_or(Inner::Nothing, Inner::Path)
            }
            _ => Inner::Nothing,
        }
    }
}

/// Where an address leads.
enum Inner {
    /// To this place in the folder, if there is something.
    Path(PathAndQuery),
    /// To the folder, but for the slash at its end; the address with it.
    Base(HeaderValue),
    /// Outside of the folder, or to a hidden file.
    Nothing,
}

/// Whether a file, or a folder that it is in, begins with a dot.
fn is_hidden(path: &str) -> bool {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    decoded.contains("/.")
}

/// The answer with the media type of the file at `path`, or with the words of its status.
fn typed(mut response: Response<Body>, path: &str) -> Response<Body> {
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let headers = std::mem::take(response.headers_mut());
        response = problem(status);
        response.headers_mut().extend(headers);
    } else if status.is_success() {
        let name = if path.ends_with('/') {
            "index.html"
        } else {
            path
        };
        let media_type = HeaderValue::from_static(media::media_type(name));
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
    }
    response
}

/// What a file that cannot be opened is answered with.
fn status_of(error: &io::Error) -> StatusCode {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied => {
            StatusCode::NOT_FOUND
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// An answer that only tells its status.
fn problem(status: StatusCode) -> Response<Body> {
    let text = Full::from(format!("{status}\n")).map_err(|never| match never {});
    let mut response = Response::new(text.boxed_unsync());
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_plain_path() {
        let folder = tempfile::tempdir().expect("a folder");
        for (base, plain) in [
            ("/", Some("")),
            ("/some/path/", Some("/some/path")),
            ("some/path", Some("/some/path")),
            ("/a//b/", None),
            ("/../", None),
            ("/a b/", None),
            ("/a?b/", None),
            ("/会议/", None),
            ("/.x/", None),
        ] {
            let made = Folder::new(folder.path(), base).map(|folder| folder.base);
            assert_eq!(made.ok().as_deref(), plain, "{base}");
        }
        let absent = Folder::new(&folder.path().join("absent"), "/");
        assert!(matches!(absent, Err(ServeError::NoFolder { .. })));
    }

    #[test]
    fn the_next_port_is_opened_where_one_is_taken() {
        let first = listen(0).expect("a free port");
        let taken = first.local_addr().expect("an address").port();
        if taken > u16::MAX - PORTS_TRIED {
            return;
        }
        let second = listen(taken).expect("a free port");
        assert!(second.local_addr().expect("an address").port() > taken);
    }
}
