//! Calling other programs so that a failure says what was called and what it answered.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a long silent step says that it is still at work.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Runs a program whose output the reader shall see.
///
/// # Errors
///
/// When the program cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// What a program prints to standard output, without white space at the ends.
///
/// # Errors
///
/// When the program cannot be started or does not succeed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({}): {}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What a program printed on both streams, and how it ended.
pub struct Captured {
    pub status: ExitStatus,
    pub text: String,
}

/// Runs a program and keeps its output; meanwhile a line from time to time tells where it is.
///
/// # Errors
///
/// When the program cannot be started or waited for.
pub fn capture(command: &mut Command) -> Result<Captured> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    let started = Instant::now();
    let (lines, received) = mpsc::channel();
    if let Some(stream) = child.stdout.take() {
        send_lines(stream, lines.clone());
    }
    if let Some(stream) = child.stderr.take() {
        send_lines(stream, lines);
    }

    let mut text = String::new();
    let mut latest = String::new();
    let mut beat = started + HEARTBEAT;
    loop {
        match received.recv_timeout(beat.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                text.push_str(&line);
                text.push('\n');
                if !line.trim().is_empty() {
                    latest = line;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                println!(
                    "      … {} s: {}",
                    started.elapsed().as_secs(),
                    latest.trim()
                );
                beat += HEARTBEAT;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait().context("cannot wait for a program")?;
    Ok(Captured { status, text })
}

/// Sends every line of a stream from a thread of its own; bytes that are not UTF-8 are replaced.
fn send_lines(stream: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line)
                .trim_end_matches('\r')
                .to_owned();
            if lines.send(line).is_err() {
                break;
            }
        }
    });
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let mut line = program
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned();
    for argument in command.get_args() {
        let _ = write!(line, " {}", argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_call_and_the_answer() {
        let mut command = Command::new("rustc");
        command.arg("--no-such-flag");
        let message = format!("{:#}", output(&mut command).unwrap_err());
        assert!(
            message.contains("`rustc --no-such-flag` failed"),
            "{message}"
        );
        assert!(message.contains("no-such-flag"), "{message}");
    }

    #[test]
    fn captures_both_streams_and_the_status() {
        let captured = capture(Command::new("rustc").arg("--version")).unwrap();
        assert!(captured.status.success());
        assert!(captured.text.starts_with("rustc "), "{}", captured.text);

        let captured = capture(Command::new("rustc").arg("--no-such-flag")).unwrap();
        assert!(!captured.status.success());
        assert!(captured.text.contains("no-such-flag"), "{}", captured.text);
    }
}
