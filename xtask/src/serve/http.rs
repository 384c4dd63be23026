//! Just enough of HTTP/1.1 to hand out files: reading the head of a request within bounds, writing an
//! answer. `httparse` does the parsing.

use std::io::{self, Read, Write};
use std::time::SystemTime;

/// The longest head of a request, in bytes; browsers stay far below.
const LONGEST_HEAD: usize = 16 * 1024;

/// The most header fields of a request.
const MOST_HEADERS: usize = 64;

/// How a request wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    /// The head of the answer only.
    Head,
    /// What a server of files does not do.
    Other,
}

/// The parts of a request's head that matter for files.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Path and query, as sent.
    pub target: String,
    pub accept_encoding: Option<String>,
    pub if_none_match: Option<String>,
    /// Whether the client may send another request on the same connection.
    pub keep_alive: bool,
}

/// Why a request is not read to its end; the connection closes after the answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    Malformed,
    HeadTooLong,
    /// No file is asked for with a body.
    HasBody,
}

impl Refusal {
    /// The status of the answer.
    pub fn status(&self) -> Status {
        match self {
            Self::Malformed => Status::BadRequest,
            Self::HeadTooLong => Status::HeaderFieldsTooLarge,
            Self::HasBody => Status::ContentTooLarge,
        }
    }
}

/// Reads the requests of one connection.
pub struct Requests<Stream> {
    stream: Stream,
    /// What has come, but belongs to no request read so far.
    pending: Vec<u8>,
}

impl<Stream: Read> Requests<Stream> {
    /// Reads from the start of a connection.
    pub fn new(stream: Stream) -> Self {
        Self {
            stream,
            pending: Vec::new(),
        }
    }

    /// The next request; none when the client has closed the connection between two requests.
    ///
    /// # Errors
    ///
    /// When the connection breaks or falls silent.
    pub fn next(&mut self) -> io::Result<Option<Result<Request, Refusal>>> {
        loop {
            match parse(&self.pending) {
                Ok(Some((request, length))) => {
                    self.pending.drain(..length);
                    return Ok(Some(Ok(request)));
                }
                Ok(None) if self.pending.len() >= LONGEST_HEAD => {
                    return Ok(Some(Err(Refusal::HeadTooLong)));
                }
                Ok(None) => {}
                Err(refusal) => return Ok(Some(Err(refusal))),
            }
            let mut piece = [0; 4096];
            let room = piece.len().min(LONGEST_HEAD - self.pending.len());
            let length = match self.stream.read(&mut piece[..room]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                length => length?,
            };
            if length == 0 {
                return if self.pending.is_empty() {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                };
            }
            self.pending.extend_from_slice(&piece[..length]);
        }
    }
}

/// The request whose whole head stands at the start of `bytes`, and the head's length.
fn parse(bytes: &[u8]) -> Result<Option<(Request, usize)>, Refusal> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::HeadTooLong),
        Err(_) => return Err(Refusal::Malformed),
    };
    let field = |name: &str| {
        let header = head
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(header.value).into_owned())
    };
    let has_body = field("transfer-encoding").is_some()
        || field("content-length").is_some_and(|length| length.trim() != "0");
    if has_body {
        return Err(Refusal::HasBody);
    }
    let connection = field("connection").unwrap_or_default().to_ascii_lowercase();
    let keep_alive = match head.version {
        Some(1) => !connection.contains("close"),
        _ => connection.contains("keep-alive"),
    };
    let method = match head.method {
        Some("GET") => Method::Get,
        Some("HEAD") => Method::Head,
        _ => Method::Other,
    };
    let request = Request {
        method,
        target: head.path.unwrap_or_default().to_owned(),
        accept_encoding: field("accept-encoding"),
        if_none_match: field("if-none-match"),
        keep_alive,
    };
    Ok(Some((request, length)))
}

/// The outcomes that a server of files knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Ok,
    NotModified,
    Moved,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    ContentTooLarge,
    HeaderFieldsTooLarge,
    InternalError,
}

impl Status {
    /// Number and name, as in the first line of an answer.
    pub fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::NotModified => "304 Not Modified",
            Self::Moved => "308 Permanent Redirect",
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::ContentTooLarge => "413 Content Too Large",
            Self::HeaderFieldsTooLarge => "431 Request Header Fields Too Large",
            Self::InternalError => "500 Internal Server Error",
        }
    }
}

/// An answer; the fields that depend on the connection are added when it is written.
#[derive(Debug)]
pub struct Response {
    pub status: Status,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Response {
    /// An answer without fields and body.
    pub fn new(status: Status) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Adds a field.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends the answer; without its body where only the head was asked for.
    ///
    /// # Errors
    ///
    /// When the connection breaks.
    pub fn write(
        &self,
        stream: &mut impl Write,
        method: Method,
        keep_alive: bool,
    ) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(1024 + self.body.len());
        write!(bytes, "HTTP/1.1 {}\r\n", self.status.line())?;
        write!(
            bytes,
            "Date: {}\r\n",
            httpdate::fmt_http_date(SystemTime::now())
        )?;
        for (name, value) in &self.headers {
            write!(bytes, "{name}: {value}\r\n")?;
        }
        if self.status != Status::NotModified {
            write!(bytes, "Content-Length: {}\r\n", self.body.len())?;
        }
        let connection = if keep_alive { "keep-alive" } else { "close" };
        write!(bytes, "Connection: {connection}\r\n\r\n")?;
        if method != Method::Head {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes one at a time, as the slowest of networks.
    struct Trickle<'bytes>(&'bytes [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(buffer.len()).min(1);
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn first(bytes: &[u8]) -> Result<Request, Refusal> {
        Requests::new(bytes).next().unwrap().unwrap()
    }

    #[test]
    fn reads_requests_one_after_the_other() {
        let bytes = b"GET /a?b HTTP/1.1\r\nHost: x\r\naccept-ENCODING: br\r\n\r\n\
            HEAD /c HTTP/1.1\r\nIf-None-Match: \"1\"\r\nConnection: close\r\n\r\n";
        let mut requests = Requests::new(Trickle(bytes));
        assert_eq!(
            requests.next().unwrap().unwrap().unwrap(),
            Request {
                method: Method::Get,
                target: "/a?b".to_owned(),
                accept_encoding: Some("br".to_owned()),
                if_none_match: None,
                keep_alive: true,
            }
        );
        assert_eq!(
            requests.next().unwrap().unwrap().unwrap(),
            Request {
                method: Method::Head,
                target: "/c".to_owned(),
                accept_encoding: None,
                if_none_match: Some("\"1\"".to_owned()),
                keep_alive: false,
            }
        );
        assert!(requests.next().unwrap().is_none());
    }

    #[test]
    fn old_clients_close_unless_they_say_otherwise() {
        assert!(!first(b"GET / HTTP/1.0\r\n\r\n").unwrap().keep_alive);
        let kept = first(b"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        assert!(kept.unwrap().keep_alive);
    }

    #[test]
    fn refuses_what_it_would_have_to_store() {
        let mut long = b"GET / HTTP/1.1\r\nCookie: ".to_vec();
        long.resize(10 * LONGEST_HEAD, b'x');
        assert_eq!(first(&long), Err(Refusal::HeadTooLong));

        let many = format!(
            "GET / HTTP/1.1\r\n{}\r\n",
            "A: b\r\n".repeat(MOST_HEADERS + 1)
        );
        assert_eq!(first(many.as_bytes()), Err(Refusal::HeadTooLong));

        let body = b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(first(body), Err(Refusal::HasBody));
        let chunked = b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(first(chunked), Err(Refusal::HasBody));
        assert_eq!(first(b"\x16\x03\x01 TLS\r\n\r\n"), Err(Refusal::Malformed));
    }

    #[test]
    fn a_request_cut_short_is_an_error() {
        assert!(Requests::new(&b"GET / HT"[..]).next().is_err());
    }

    #[test]
    fn the_head_tells_the_length_that_the_body_would_have() {
        let mut response = Response::new(Status::Ok).header("ETag", "\"1\"");
        response.body = b"turns".to_vec();
        let written = |method| {
            let mut bytes = Vec::new();
            response.write(&mut bytes, method, true).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let whole = written(Method::Get);
        assert!(whole.starts_with("HTTP/1.1 200 OK\r\nDate: "), "{whole}");
        assert!(whole.contains("\r\nETag: \"1\"\r\n"), "{whole}");
        assert!(whole.contains("\r\nContent-Length: 5\r\n"), "{whole}");
        assert!(whole.ends_with("\r\n\r\nturns"), "{whole}");
        assert!(written(Method::Head).ends_with("\r\nConnection: keep-alive\r\n\r\n"));
    }
}
