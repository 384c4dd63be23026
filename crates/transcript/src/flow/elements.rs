//! Elements that mean the same in every format.

/// Elements that are paragraphs, or lists and tables of them, in every format.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "seg"
            | "ab"
            | "lg"
            | "l"
            | "li"
            | "ul"
            | "ol"
            | "list"
            | "item"
            | "blockList"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "row"
            | "cell"
            | "blockquote"
            | "quote"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "br"
            | "eol"
            | "lb"
            | "hr"
            | "block"
            | "foreign"
            | "pre"
            | "content"
            | "paragraph"
            | "section"
            | "tblock"
            | "toc"
            | "dl"
            | "dt"
            | "dd"
    )
}

/// Elements whose content is for machines.
pub(crate) fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "iframe" | "noscript" | "object")
}
