//! Output that is written whole or not at all.
//!
//! Everything goes to a draft beside the place that was asked for, and moving it there is one step.
//! A draft that is not finished is removed: when an error drops it, and when the command is
//! interrupted.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::CliError;

/// Exit status of a command that Ctrl-C ended, as shells count it: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// The draft that has to go when the command is interrupted. Whoever writes to it holds the lock,
/// so that nothing is written after it was removed.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Makes Ctrl-C, and a polite kill, remove the draft before the command ends.
///
/// # Errors
/// Where the system refuses the handler.
pub fn remove_when_interrupted() -> Result<(), CliError> {
    let handler = || {
        // Held until the process is gone.
        let unfinished = unfinished();
        if let Some(path) = &*unfinished {
            remove(path);
        }
        eprintln!("turnsearch: interrupted; nothing was written");
        std::process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(handler)
        .map_err(|error| CliError::Bundle(format!("cannot watch for Ctrl-C: {error}")))
}

/// A folder or file on its way.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    target: PathBuf,
}

impl Draft {
    /// Whether a folder may be written to `target`.
    ///
    /// # Errors
    /// Where something is there already that is no empty folder.
    pub fn check_folder(target: &Path) -> Result<(), CliError> {
        if target.file_name().is_none() {
            // `.` and `/` are no places that something can be moved to.
            return Err(occupied(
                target,
                "the bundle is moved to its place whole, and this one is in use; name a new folder \
                 below it",
            ));
        }
        match std::fs::read_dir(target).map(|mut entries| entries.next().is_some()) {
            Ok(true) => Err(occupied(
                target,
                "the folder is not empty; name another one or empty it",
            )),
            Ok(false) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotADirectory => Err(occupied(
                target,
                "a file of this name is in the way; name another folder",
            )),
            Err(error) => Err(CliError::io(target)(error)),
        }
    }

    /// Whether a file may be written to `target`.
    ///
    /// # Errors
    /// Where something is there already.
    pub fn check_file(target: &Path) -> Result<(), CliError> {
        if target.exists() {
            return Err(occupied(
                target,
                "there is something already; name another file or remove it",
            ));
        }
        Ok(())
    }

    /// A folder that will stand at `target`.
    ///
    /// # Errors
    /// Where something is there already that is no empty folder, or no folder can be made there.
    pub fn folder(target: &Path) -> Result<Self, CliError> {
        Self::check_folder(target)?;
        let draft = Self::beside(target);
        std::fs::create_dir_all(&draft.path).map_err(|error| draft.not_written(error))?;
        Ok(draft)
    }

    /// A file that will stand at `target`.
    ///
    /// # Errors
    /// Where something is there already.
    pub fn file(target: &Path) -> Result<Self, CliError> {
        Self::check_file(target)?;
        Ok(Self::beside(target))
    }

    fn beside(target: &Path) -> Self {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or("bundle".as_ref()));
        name.push(format!(".{}", std::process::id()));
        let path = target.with_file_name(name);
        *unfinished() = Some(path.clone());
        Self {
            path,
            target: target.to_owned(),
        }
    }

    /// Writes a file of the folder, or the file itself where `name` is empty.
    ///
    /// # Errors
    /// Where it cannot be written, such as on a full disk.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), CliError> {
        let _held = unfinished();
        let path = if name.is_empty() {
            self.path.clone()
        } else {
            self.path.join(name)
        };
        let folder = path.parent().unwrap_or(&self.path);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, bytes))
            .map_err(|error| self.not_written(error))
    }

    /// Moves the draft to its place.
    ///
    /// # Errors
    /// Where it cannot be moved, as when somebody else has put something there in the meantime.
    pub fn finish(self) -> Result<(), CliError> {
        let mut unfinished = unfinished();
        if self.path.is_dir() {
            // An empty folder in the way is replaced.
            let _ = std::fs::remove_dir(&self.target);
        }
        let moved = std::fs::rename(&self.path, &self.target);
        if moved.is_ok() {
            *unfinished = None;
        }
        drop(unfinished);
        moved.map_err(|error| self.not_written(error))
    }

    fn not_written(&self, error: std::io::Error) -> CliError {
        CliError::NotWritten {
            path: self.target.clone(),
            error,
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = unfinished().take() {
            remove(&path);
        }
    }
}

fn occupied(target: &Path, what: &str) -> CliError {
    CliError::Bundle(format!("{}: {what}", target.display()))
}

/// A lock that a panic left behind still names what has to go.
fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes a draft as far as the system lets it; an error on the way out would hide the first one.
fn remove(path: &Path) {
    let _ = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
}
