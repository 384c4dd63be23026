//! Meetings as Word documents and web pages.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The bytes of a file. The source of a Word document is the part that holds its text.
pub fn bytes(file: &str, source: &str) -> Vec<u8> {
    if !file.ends_with(".docx") {
        return source.into();
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default())
        .expect("a part");
    zip.write_all(source.as_bytes()).expect("a part");
    zip.finish().expect("an archive").into_inner()
}

/// The text of a Word document, of its paragraphs.
pub fn word(paragraphs: impl Iterator<Item = String>) -> String {
    let paragraphs: String = paragraphs.collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document xmlns:w=\
         \"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\n{paragraphs}\
         </w:body></w:document>\n"
    )
}

/// A paragraph of a Word document: its beginning in bold type, and the lines of the rest.
pub fn paragraph(strong: &str, lines: &[String]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line)))
        .collect();
    let strong = if strong.is_empty() {
        String::new()
    } else {
        format!(
            "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>",
            escape(strong)
        )
    };
    format!("<w:p>{strong}<w:r>{}</w:r></w:p>\n", lines.join("<w:br/>"))
}

/// A page of this title and content.
pub fn page(title: &str, content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>{0}</title></head>\n<body>\n\
         <h1>{0}</h1>\n{content}</body>\n</html>\n",
        escape(title)
    )
}

/// A text as markup.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
