//! Why a meeting cannot be written.

use thiserror::Error;

use super::Target;

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
        /// The format of captions.
        target: Target,
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
