//! Remarks in brackets: what happens, and what could not be heard.

use std::ops::Range;

use crate::signs::lang;
use crate::signs::script::{closing_bracket, is_closing};

/// Whether what stands in brackets is a stage direction.
fn is_stage(content: &str) -> bool {
    let content = content
        .trim_matches(|c: char| c.is_whitespace() || is_closing(c) || matches!(c, '。' | '.'))
        .to_lowercase();
    lang::has(&lang::words().stage, &content)
}

/// The first bracketed stage direction of a line, such as `（笑）` or `[Laughter]`.
pub(crate) fn find(line: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let (at, open) = line[from..]
            .char_indices()
            .find(|&(_, c)| closing_bracket(c).is_some())?;
        let start = from + at;
        let inner = start + open.len_utf8();
        let close = closing_bracket(open)?;
        let window = line[inner..].char_indices().take(24);
        if let Some((length, _)) = window.clone().find(|&(_, c)| c == close)
            && is_stage(&line[inner..inner + length])
        {
            return Some(start..inner + length + close.len_utf8());
        }
        from = inner;
    }
}

/// Whether the whole line is one pair of brackets and what they hold.
pub(crate) fn bracketed(line: &str) -> Option<&str> {
    let open = line.chars().next()?;
    let close = closing_bracket(open)?;
    let inner = line.strip_prefix(open)?;
    let end = inner.find(close)?;
    (end + close.len_utf8() == inner.len()).then(|| inner[..end].trim())
}

/// Whether a line of its own is a stage direction: anything in brackets, or the bare word.
pub(crate) fn is_stage_line(line: &str) -> bool {
    match bracketed(line) {
        Some(content) => !is_inaudible(content),
        None => is_stage(line),
    }
}

/// Whether the writer says that something could not be heard.
fn is_inaudible(content: &str) -> bool {
    let content = content.to_lowercase();
    let words = lang::words();
    lang::holds(&content, &words.inaudible) && !lang::holds(&content, &words.heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_directions_are_told_from_inaudible_marks_and_remarks() {
        assert_eq!(find("a (Laughter) b"), Some(2..12));
        assert_eq!(find("协议 (IP) 和 [听不清]"), None);
        for line in [
            "[笑声]",
            "(书记员音频连接中断)",
            "笑声",
            "[Applause]",
            "（播放影片）",
        ] {
            assert!(is_stage_line(line), "{line}");
        }
        for line in ["[听不清]", "(GAC) 主席", "谢谢", "(一) 和 (二)"] {
            assert!(!is_stage_line(line), "{line}");
        }
    }
}
