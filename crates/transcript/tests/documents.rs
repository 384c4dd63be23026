//! Word documents, OpenDocument texts and pages: what in them is text, and whose.

use std::io::{Cursor, Write};

use turnsearch_model::Field;
use turnsearch_transcript::{Corrections, Parsed, Reason, parse};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word document with these paragraphs and other parts.
fn word(body: &str, parts: &[(&str, &str)]) -> Parsed {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = parts.iter().copied();
    for (name, text) in parts.chain([("word/document.xml", document.as_str())]) {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    let bytes = zip.finish().expect("an archive").into_inner();
    read("talk.docx", &bytes)
}

fn page(body: &str) -> Parsed {
    read("talk.html", body.as_bytes())
}

fn read(name: &str, bytes: &[u8]) -> Parsed {
    let parsed = parse(name, bytes, &Corrections::NONE).unwrap_or_else(|error| panic!("{error}"));
    assert!(parsed.account.is_balanced(), "{:?}", parsed.account);
    parsed
}

fn said(parsed: &Parsed) -> Vec<(&str, &str)> {
    let turns = parsed.meeting.turns.iter();
    turns
        .map(|turn| {
            let name = turn
                .speaker
                .map(|at| parsed.speakers[at.index()].name.as_str());
            (name.unwrap_or("-"), turn.text.as_str())
        })
        .collect()
}

fn furniture(parsed: &Parsed, reason: Reason) -> Vec<&str> {
    let pieces = parsed.furniture.iter();
    let pieces = pieces.filter(|piece| piece.reason == reason);
    pieces.map(|piece| piece.text.as_str()).collect()
}

/// Paragraphs that make a transcript of what stands before them.
const REST: &str = "<w:p><w:r><w:t>Bo: Yes.</w:t></w:r></w:p>\
    <w:p><w:r><w:t>Ann: No.</w:t></w:r></w:p><w:p><w:r><w:t>Bo: Well.</w:t></w:r></w:p>";

#[test]
fn what_was_deleted_is_hidden_or_is_code_is_no_text() {
    for (what, paragraph) in [
        (
            "a deletion",
            "<w:r><w:t>Ann: Go</w:t></w:r><w:del><w:r><w:delText>ne</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t>od.</w:t></w:r></w:ins>",
        ),
        (
            "what was moved away",
            "<w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>Ann: \
             </w:t></w:r></w:moveTo><w:r><w:t>Good.</w:t></w:r>",
        ),
        (
            "hidden text",
            "<w:r><w:t>Ann: </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>\
             <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Good.</w:t></w:r>",
        ),
        (
            "a field",
            "<w:r><w:t>Ann: </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>\
             <w:r><w:instrText>DOCPROPERTY a</w:instrText></w:r><w:r><w:t>x</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Good.</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r>",
        ),
        (
            "a drawing, for programs that know it and for those that do not",
            "<w:r><w:t>Ann: Good.</w:t></w:r><w:r><w:drawing><wp:posOffset>12</wp:posOffset>\
             <a:t>x</a:t></w:drawing></w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:r>\
             <w:t>x</w:t></w:r></mc:Fallback></mc:AlternateContent>",
        ),
        (
            "a paragraph whose end was deleted",
            "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Ann: </w:t></w:r></w:p><w:p><w:r>\
             <w:t>Good.</w:t></w:r>",
        ),
    ] {
        let parsed = word(&format!("<w:p>{paragraph}</w:p>{REST}"), &[]);
        let wanted = [
            ("Ann", "Good."),
            ("Bo", "Yes."),
            ("Ann", "No."),
            ("Bo", "Well."),
        ];
        assert_eq!(said(&parsed), wanted, "{what}");
    }
}

#[test]
fn notes_and_boxes_are_nobodys_and_stand_below_the_text() {
    let relations = format!(
        "<Relationships><Relationship Type='{OFFICE}/footnotes' Target='footnotes.xml'/>\
         <Relationship Type='{OFFICE}/header' Target='/word/header1.xml'/></Relationships>"
    );
    let notes = "<w:footnotes><w:footnote w:type='separator'><w:p><w:r><w:t>x</w:t></w:r></w:p>\
         </w:footnote><w:footnote w:id='1'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Since \
         Ann: she said so.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let header = "<w:hdr><w:p><w:r><w:t>Ann: a running head</w:t></w:r></w:p></w:hdr>";
    let parsed = word(
        &format!(
            "<w:p><w:r><w:t>Ann: Good.</w:t><w:footnoteReference w:id='1'/></w:r></w:p>\
             <w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Box: 5</w:t></w:r></w:p>\
             </w:txbxContent></w:pict></w:r><w:r><w:t>More of it.</w:t></w:r></w:p>{REST}"
        ),
        &[
            ("word/_rels/document.xml.rels", relations.as_str()),
            ("word/footnotes.xml", notes),
            ("word/header1.xml", header),
        ],
    );
    assert_eq!(
        said(&parsed),
        [
            ("Ann", "Good.\nMore of it."),
            ("Bo", "Yes."),
            ("Ann", "No."),
            ("Bo", "Well."),
            ("-", "Since Ann: she said so."),
            ("-", "Box: 5"),
        ]
    );
    assert_eq!(
        furniture(&parsed, Reason::RunningHead),
        ["Ann: a running head"]
    );
}

#[test]
fn properties_of_a_file_hold_where_its_text_states_nothing() {
    let relations = format!(
        "<Relationships><Relationship Type='{OFFICE}/officeDocument' Target='word/document.xml'/>\
         <Relationship Type='http://schemas.openxmlformats.org/package/2006/relationships/metadata/\
         core-properties' Target='docProps/core.xml'/></Relationships>"
    );
    let core = |description: &str| {
        format!(
            "<cp:coreProperties><dc:title>Crane &amp; gate</dc:title><dc:description>{description}\
             </dc:description><dcterms:created>2024-03-05T09:00:00Z</dcterms:created>\
             <dc:language>en</dc:language></cp:coreProperties>"
        )
    };
    let own = "<w:p><w:r><w:t>Harbour board</w:t></w:r></w:p>\
         <w:p><w:r><w:t>12 March 2024</w:t></w:r></w:p>";
    let ann = "<w:p><w:r><w:t>Ann: Good.</w:t></w:r></w:p>";
    for (head, description, title, date) in [
        ("", "", "Crane & gate", Some("2024-03-05")),
        (own, "", "Harbour board", Some("2024-03-12")),
        ("", "generated by python-docx", "Crane & gate", None),
    ] {
        let parsed = word(
            &format!("{head}{ann}{REST}"),
            &[
                ("_rels/.rels", relations.as_str()),
                ("docProps/core.xml", &core(description)),
            ],
        );
        let meta = &parsed.meeting.meta;
        assert_eq!(meta.get(Field::Title), Some(title));
        assert_eq!(meta.get(Field::Date), date);
        assert_eq!(meta.get(Field::Language), Some("en"));
    }
}

#[test]
fn a_line_all_in_bold_type_sets_no_label_apart() {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let plain = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let talk = [
        bold("Q: Is it back?"),
        plain("A: Since Monday."),
        bold("Q: Who pays?"),
        plain("A: We do."),
        bold("Q: Thank you."),
        plain("A: Gladly."),
    ];
    let parsed = word(&talk.concat(), &[]);
    let names: Vec<&str> = said(&parsed).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["Q", "A", "Q", "A", "Q", "A"]);
}

#[test]
fn pages_are_read_as_browsers_set_them() {
    for (what, text) in [
        (
            "no end tags",
            "<p>Ann: Good.<p>Bo: Yes.<p>Ann: No.<p>Bo: Well.",
        ),
        (
            "line breaks",
            "Ann: Good.<br>Bo: Yes.<br>Ann: No.<br>Bo: Well.",
        ),
        (
            "text as it is typed",
            "<pre>Ann: Good.\nBo: Yes.\nAnn: No.\nBo: Well.</pre>",
        ),
        (
            "a list, with white space and references",
            "<ul>\n <li>Ann:\n  G&#111;od.</li>\n <li>Bo:&nbsp;Yes.</li><li>Ann: No.<li>Bo: Well.</ul>",
        ),
        (
            "headings as labels",
            "<h3>Ann:</h3><p>Good.</p><h3>Bo:</h3><p>Yes.</p><h3>Ann:</h3>No.<h3>Bo:</h3>Well.",
        ),
        (
            "a table",
            "<table><tr><td>Ann<td>Good.<tr><td>Bo<td>Yes.<tr><td>Ann<td>No.<tr><td>Bo<td>Well.</table>",
        ),
        (
            "a table that lays out the page",
            "<table><tr><td>Menu</td><td><table><tr><td>Ann:</td><td>Good.</td></tr><tr><td>Bo:</td>\
             <td>Yes.</td></tr></table><p>Ann: No.</p><p>Bo: Well.</p></td></tr></table>",
        ),
        (
            "classes that name speakers",
            "<div class=turn><span class='speaker'>Ann</span> <span>Good.</span></div>\
             <div><b class='speaker-name'>Bo</b> Yes.</div><div><span class=speaker>Ann</span>No.</div>\
             <div><span class=speaker>Bo</span>Well.</div>",
        ),
        (
            "crossed tags",
            "<p><b>Ann:</p></b> Good.<p><b>Bo:</b> Yes.</p><p><b>Ann:</b> No.</i></p><b>Bo:</b> Well.",
        ),
    ] {
        let parsed = page(text);
        let turns = said(&parsed);
        let wanted = [
            ("Ann", "Good."),
            ("Bo", "Yes."),
            ("Ann", "No."),
            ("Bo", "Well."),
        ];
        let turns: Vec<_> = turns.into_iter().filter(|turn| turn.1 != "Menu").collect();
        assert_eq!(turns, wanted, "{what}");
    }
}

#[test]
fn what_readers_do_not_see_of_a_page_is_furniture() {
    let talk = "<p>Ann: Good.<p>Bo: Yes.<p>Ann: No.<p>Bo: Well.";
    for (piece, reason) in [
        ("<script>Ann: 1 < 2</script>", Reason::Markup),
        ("<style>Ann: { }</style>", Reason::Markup),
        ("<div hidden><p>Ann: no</div>", Reason::Markup),
        (
            "<p style='color: red; DISPLAY : none'>Ann: no</p>",
            Reason::Markup,
        ),
        ("<nav><p>Ann: profile</p></nav>", Reason::Other),
        ("<div role=navigation>Ann: profile</div>", Reason::Other),
        ("<button>Ann: play</button>", Reason::Other),
        ("<title>Ann: a talk</title>", Reason::Metadata),
        (
            "<script type='application/ld+json'>{\"Ann\": 1}</script>",
            Reason::Metadata,
        ),
    ] {
        let parsed = page(&format!("{piece}{talk}"));
        assert_eq!(said(&parsed).len(), 4, "{piece}");
        assert_eq!(furniture(&parsed, reason).len(), 1, "{piece}");
    }
    assert_eq!(said(&page(&format!("<!-- Ann: no -->{talk}"))).len(), 4);
}
