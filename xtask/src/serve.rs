//! Showing the built page on this machine, the way a good host would serve it.
//!
//! Threads and the standard library are enough for one reader; what comes from the network is bounded:
//! the head of a request, the number of connections, and the time a connection may be silent.

mod encoding;
mod files;
mod http;
pub mod media;

use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::site::with_ending;
use crate::workspace::Workspace;

use self::encoding::Encoding;
use self::files::{Found, Site};
use self::http::{Method, Request, Requests, Response, Status};

/// How the page is served.
#[derive(Args)]
pub struct Options {
    /// The port; when it is taken, the next free one. 0 means any free port
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve below this path of the address, as a page in a sub-folder
    #[arg(long, default_value = "/", value_name = "/PATH/")]
    base: String,
    /// Serve this folder instead of target/site (nothing is built)
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// Serve what was built before
    #[arg(long)]
    no_build: bool,
}

impl Options {
    /// Whether the page has to be built before it is served.
    pub fn needs_build(&self) -> bool {
        !self.no_build && self.root.is_none()
    }
}

/// How many ports are tried when the first is taken.
const PORTS_TRIED: u16 = 20;

/// The most connections at a time; a browser opens six for each page.
const MOST_CONNECTIONS: usize = 64;

/// How long a connection may be silent, or a client refuse to take an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the page may do: run its own scripts and wasm, load its own files, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; \
    base-uri 'none'; form-action 'self'";

/// Serves until the process is ended.
///
/// # Errors
///
/// When there is nothing to serve, or no port is free.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let root = options.root.clone().unwrap_or_else(|| workspace.site());
    if options.root.is_none() && !root.join("index.html").is_file() {
        bail!("target/site has no page; run `cargo xtask build` first");
    }
    let site = Arc::new(Site::new(&root, &options.base)?);
    let listener = listen(options.port)?;
    let address = listener.local_addr()?;
    println!("serving http://{address}{} (Ctrl-C stops)", site.base());

    // Every connection holds a clone of the site as long as it lasts, and so is counted.
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        if Arc::strong_count(&site) > MOST_CONNECTIONS {
            continue;
        }
        let site = Arc::clone(&site);
        thread::spawn(move || {
            // A connection that breaks is the client's affair.
            let _ = converse(&site, stream);
        });
    }
    Ok(())
}

/// Opens the port, or the next free one.
fn listen(port: u16) -> Result<TcpListener> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORTS_TRIED)
    };
    for candidate in port..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                println!("port {candidate} is taken, trying the next");
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on port {candidate}"));
            }
        }
    }
    bail!("the ports {port} to {last} are all taken; choose another with --port");
}

/// Answers the requests of one connection.
fn converse(site: &Site, mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut requests = Requests::new(stream.try_clone()?);
    while let Some(request) = requests.next()? {
        match request {
            Ok(request) => {
                answer(site, &request).write(&mut stream, request.method, request.keep_alive)?;
                if !request.keep_alive {
                    break;
                }
            }
            Err(refusal) => {
                problem(refusal.status()).write(&mut stream, Method::Get, false)?;
                break;
            }
        }
    }
    Ok(())
}

/// The answer to one request.
fn answer(site: &Site, request: &Request) -> Response {
    if request.method == Method::Other {
        return problem(Status::MethodNotAllowed).header("Allow", "GET, HEAD");
    }
    match site.find(&request.target) {
        Found::File(file) => {
            send(&file, request).unwrap_or_else(|_| problem(Status::InternalError))
        }
        Found::Moved(target) => problem(Status::Moved).header("Location", target),
        Found::Nothing => problem(Status::NotFound),
    }
}

/// A file in the best form that the client takes, or word that the client has it already.
fn send(file: &Path, request: &Request) -> io::Result<Response> {
    let (encoding, source) = best_copy(file, request.accept_encoding.as_deref())?;
    let tag = tag(&source, encoding)?;
    let has_it = request
        .if_none_match
        .as_deref()
        .is_some_and(|known| names_tag(known, &tag));
    let mut response = guarded(if has_it {
        Status::NotModified
    } else {
        Status::Ok
    })
    .header("Cache-Control", "no-cache")
    .header("ETag", tag)
    .header("Vary", "Accept-Encoding");
    if has_it {
        return Ok(response);
    }
    response = response.header("Content-Type", media::media_type(file));
    if encoding != Encoding::Identity {
        response = response.header("Content-Encoding", encoding.name());
    }
    response.body = fs::read(source)?;
    Ok(response)
}

/// The copy of a file in the best form that the client takes; one older than the file is stale.
fn best_copy(file: &Path, accepted: Option<&str>) -> io::Result<(Encoding, PathBuf)> {
    let modified = fs::metadata(file)?.modified()?;
    let is_current = |copy: &Path| {
        fs::symlink_metadata(copy).is_ok_and(|copy| {
            copy.is_file() && copy.modified().is_ok_and(|copied| copied >= modified)
        })
    };
    for encoding in encoding::acceptable(accepted) {
        if let Some(ending) = encoding.ending() {
            let copy = with_ending(file, ending);
            if is_current(&copy) {
                return Ok((encoding, copy));
            }
        }
    }
    Ok((Encoding::Identity, file.to_owned()))
}

/// A tag that changes whenever the file does.
fn tag(file: &Path, encoding: Encoding) -> io::Result<String> {
    let metadata = fs::metadata(file)?;
    let modified = metadata
        .modified()?
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ok(format!(
        "\"{:x}-{:x}-{}\"",
        modified.as_nanos(),
        metadata.len(),
        encoding.name()
    ))
}

/// Whether an `If-None-Match` header names this tag, weakly compared.
fn names_tag(header: &str, tag: &str) -> bool {
    header
        .split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// A page that only tells the status.
fn problem(status: Status) -> Response {
    let mut response = guarded(status)
        .header("Cache-Control", "no-store")
        .header("Content-Type", "text/html; charset=utf-8");
    response.body = format!(
        "<!doctype html>\n<html lang=\"en\"><title>{0}</title><h1>{0}</h1>\n",
        status.line()
    )
    .into_bytes();
    response
}

/// An answer with the fields that keep a page to itself.
fn guarded(status: Status) -> Response {
    Response::new(status)
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("index.html", "<p>"),
            ("engine.js", "as it is"),
            ("engine.js.br", "as brotli"),
            ("engine.js.gz", "as gzip"),
        ] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        fs::create_dir(folder.path().join("parts")).unwrap();
        folder
    }

    fn request(target: &str) -> Request {
        Request {
            method: Method::Get,
            target: target.to_owned(),
            accept_encoding: None,
            if_none_match: None,
            keep_alive: true,
        }
    }

    fn field<'response>(response: &'response Response, name: &str) -> Option<&'response str> {
        let (_, value) = response.headers.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }

    #[test]
    fn sends_the_form_that_the_client_takes() {
        let folder = folder();
        let site = Site::new(folder.path(), "/").unwrap();
        for (accepted, encoding, body) in [
            (Some("gzip, br"), Some("br"), "as brotli"),
            (Some("gzip"), Some("gzip"), "as gzip"),
            (None, None, "as it is"),
        ] {
            let mut request = request("/engine.js");
            request.accept_encoding = accepted.map(str::to_owned);
            let response = answer(&site, &request);
            assert_eq!(response.status, Status::Ok);
            assert_eq!(response.body, body.as_bytes());
            assert_eq!(field(&response, "Content-Encoding"), encoding);
            assert_eq!(field(&response, "Vary"), Some("Accept-Encoding"));
            assert_eq!(
                field(&response, "Content-Type"),
                Some("text/javascript; charset=utf-8")
            );
        }
    }

    #[test]
    fn a_copy_older_than_its_file_is_not_sent() {
        let folder = folder();
        let site = Site::new(folder.path(), "/").unwrap();
        let newer = fs::metadata(folder.path().join("engine.js.br"))
            .unwrap()
            .modified()
            .unwrap()
            + Duration::from_secs(1);
        let file = fs::File::options()
            .write(true)
            .open(folder.path().join("engine.js"))
            .unwrap();
        file.set_modified(newer).unwrap();
        let mut request = request("/engine.js");
        request.accept_encoding = Some("br, gzip".to_owned());
        assert_eq!(answer(&site, &request).body, b"as it is");
    }

    #[test]
    fn a_file_that_the_client_has_is_not_sent_again() {
        let folder = folder();
        let site = Site::new(folder.path(), "/").unwrap();
        let mut request = request("/engine.js");
        let first = answer(&site, &request);
        let tag = field(&first, "ETag").unwrap().to_owned();
        assert_eq!(field(&first, "Cache-Control"), Some("no-cache"));

        request.if_none_match = Some(format!("\"other\", W/{tag}"));
        let again = answer(&site, &request);
        assert_eq!(again.status, Status::NotModified);
        assert!(again.body.is_empty());

        request.accept_encoding = Some("br".to_owned());
        assert_eq!(answer(&site, &request).status, Status::Ok);
        request.accept_encoding = None;
        fs::write(folder.path().join("engine.js"), "changed").unwrap();
        assert_eq!(answer(&site, &request).status, Status::Ok);
    }

    #[test]
    fn tells_what_it_does_not_serve() {
        let folder = folder();
        let site = Site::new(folder.path(), "/base/").unwrap();
        let status = |target| answer(&site, &request(target)).status;
        assert_eq!(status("/base/absent.js"), Status::NotFound);
        assert_eq!(status("/engine.js"), Status::NotFound);

        let moved = answer(&site, &request("/base/parts"));
        assert_eq!(moved.status, Status::Moved);
        assert_eq!(field(&moved, "Location"), Some("/base/parts/"));

        let mut post = request("/base/");
        post.method = Method::Other;
        let refused = answer(&site, &post);
        assert_eq!(refused.status, Status::MethodNotAllowed);
        assert_eq!(field(&refused, "Allow"), Some("GET, HEAD"));
    }

    #[test]
    fn every_answer_carries_the_policy() {
        let folder = folder();
        let site = Site::new(folder.path(), "/").unwrap();
        for target in ["/", "/absent", "/parts"] {
            let response = answer(&site, &request(target));
            let policy = field(&response, "Content-Security-Policy").unwrap();
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self'"),
                "{target}"
            );
            assert!(!policy.contains('\n') && !policy.contains("  "), "{policy}");
        }
    }

    #[test]
    fn a_taken_port_gives_the_next() {
        let first = listen(0).unwrap();
        let taken = first.local_addr().unwrap().port();
        if taken > u16::MAX - PORTS_TRIED {
            return;
        }
        let second = listen(taken).unwrap();
        assert!(second.local_addr().unwrap().port() > taken);
    }
}
