//! Why a meeting cannot be written.

use thiserror::Error;

/// Why a meeting cannot be written in a format.
#[derive(Debug, Error)]
pub enum ExportError {
    /// Captions need times and the meeting has none.
    #[error(
        "{source_name}: no turn has a time, and {target} needs times; write one of the other formats"
    )]
    NoTimes {
        /// File name of the source of the meeting.
        source_name: String,
        /// Name of the format of captions.
        target: &'static str,
    },
    /// The meeting cannot be put into JSON.
    #[error("{source_name}: {error}")]
    Json {
        /// File name of the source of the meeting.
        source_name: String,
        /// What went wrong.
        #[source]
        error: serde_json::Error,
    },
}
