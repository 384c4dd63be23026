//! What the server answers, asked over TCP as a browser does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;

use tempfile::TempDir;
use turnsearch_bundle::serve::Server;

/// An answer as it came.
struct Answer {
    status: u16,
    /// Lower-case names.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

/// One connection, which is kept.
struct Client(BufReader<TcpStream>);

impl Client {
    /// A client of a server for `root` below `base`.
    fn of(root: &Path, base: &str) -> Self {
        let server = Server::open(root, base, 0).expect("it opens");
        let stream = TcpStream::connect(("127.0.0.1", server.port())).expect("it listens");
        std::thread::spawn(|| server.run());
        Self(BufReader::new(stream))
    }

    fn get(&mut self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    fn ask(&mut self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += "\r\n";
        self.0
            .get_mut()
            .write_all(request.as_bytes())
            .expect("it is sent");
        self.answer(method)
    }

    fn answer(&mut self, method: &str) -> Answer {
        let mut line = || {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a line");
            line.trim_end().to_owned()
        };
        let status = line();
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut headers = Vec::new();
        loop {
            let line = line();
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let mut answer = Answer {
            status: status.expect("a status"),
            headers,
            body: Vec::new(),
        };
        let length = answer.header("content-length");
        let length: usize = length.map_or(0, |length| length.parse().expect("a number"));
        if method != "HEAD" {
            answer.body = vec![0; length];
            self.0.read_exact(&mut answer.body).expect("a body");
        }
        answer
    }
}

/// A folder `site` beside a file that must not be served.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    std::fs::create_dir_all(site.join("parts")).expect("a folder");
    for (name, content) in [
        ("site/index.html", "<p>"),
        ("site/engine.js", "as it is"),
        ("site/engine.js.br", "as brotli"),
        ("site/engine.js.gz", "as gzip"),
        ("site/LICENSES.txt", "Apache"),
        ("site/会议.turns", "pack"),
        ("site/.hidden", "secret"),
        ("site/parts/list.js", "list"),
        ("secret", "secret"),
    ] {
        std::fs::write(folder.path().join(name), content).expect("written");
    }
    folder
}

fn client(folder: &TempDir, base: &str) -> Client {
    Client::of(&folder.path().join("site"), base)
}

#[test]
fn files_have_their_media_types_and_the_policy() {
    let folder = folder();
    let mut client = client(&folder, "/");
    for (target, media_type, body) in [
        ("/", "text/html; charset=utf-8", "<p>"),
        ("/?q=1", "text/html; charset=utf-8", "<p>"),
        (
            "/engine.js?v=2",
            "text/javascript; charset=utf-8",
            "as it is",
        ),
        ("/parts/list.js", "text/javascript; charset=utf-8", "list"),
        ("/LICENSES.txt", "text/plain; charset=utf-8", "Apache"),
        (
            "/%E4%BC%9A%E8%AE%AE.turns",
            "application/octet-stream",
            "pack",
        ),
    ] {
        let answer = client.get(target);
        assert_eq!(answer.status, 200, "{target}");
        assert_eq!(answer.header("content-type"), Some(media_type), "{target}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"));
        assert_eq!(answer.body, body.as_bytes(), "{target}");
    }
    for target in ["/", "/absent", "/parts"] {
        let answer = client.get(target);
        let policy = answer.header("content-security-policy");
        let policy = policy.expect("a policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{target}"
        );
        assert!(!policy.contains("  "), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn the_copy_that_the_client_takes_is_sent() {
    let folder = folder();
    let mut client = client(&folder, "/");
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "as brotli"),
        ("gzip", Some("gzip"), "as gzip"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "as gzip"),
        ("identity", None, "as it is"),
    ] {
        let answer = client.ask("GET", "/engine.js", &[("Accept-Encoding", accepted)]);
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{accepted}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8"),
            "{accepted}"
        );
        assert_eq!(answer.body, body.as_bytes(), "{accepted}");
    }
}

#[test]
fn heads_ranges_and_files_that_the_client_has_are_answered_in_brief() {
    let folder = folder();
    let mut client = client(&folder, "/");
    let head = client.ask("HEAD", "/engine.js", &[]);
    assert_eq!(
        (head.status, head.header("content-length")),
        (200, Some("8"))
    );

    let range = client.ask("GET", "/engine.js", &[("Range", "bytes=0-1")]);
    assert_eq!((range.status, &range.body[..]), (206, &b"as"[..]));

    let tag = head.header("etag").expect("a tag").to_owned();
    let again = client.ask("GET", "/engine.js", &[("If-None-Match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    std::fs::write(folder.path().join("site/engine.js"), "changed").expect("written");
    let changed = client.ask("GET", "/engine.js", &[("If-None-Match", &tag)]);
    assert_eq!((changed.status, &changed.body[..]), (200, &b"changed"[..]));
}

#[test]
fn what_is_not_served_is_told_by_the_status() {
    let folder = folder();
    let mut client = client(&folder, "/");
    for target in [
        "/absent.js",
        "/parts/",
        "/index.html/",
        "/.hidden",
        "/%2ehidden",
        "/../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/parts/../../secret",
        "/parts/%2E%2E/%2e%2e/secret",
        "/%00",
        "/%ff",
    ] {
        let answer = client.get(target);
        assert!(
            matches!(answer.status, 400 | 404),
            "{target}: {}",
            answer.status
        );
        assert!(!answer.body.ends_with(b"secret"), "{target}");
    }
    let post = client.ask("POST", "/engine.js", &[]);
    assert_eq!((post.status, post.header("allow")), (405, Some("GET,HEAD")));
}

#[test]
fn below_a_base_only_the_base_is_served() {
    let folder = folder();
    let mut client = client(&folder, "/some/path/");
    assert_eq!(client.get("/some/path/").body, b"<p>");
    assert_eq!(client.get("/some/path/parts/list.js").body, b"list");
    for (target, location) in [
        ("/some/path?q", "/some/path/?q"),
        ("/some/path/parts?q", "/some/path/parts/?q"),
    ] {
        let answer = client.get(target);
        assert_eq!(answer.status, 307, "{target}");
        assert_eq!(answer.header("location"), Some(location), "{target}");
    }
    for target in [
        "/",
        "/index.html",
        "/some/",
        "/some/pathindex.html",
        "/some/path/../x",
    ] {
        assert_eq!(client.get(target).status, 404, "{target}");
    }
}
