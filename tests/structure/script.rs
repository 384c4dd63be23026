//! What a JavaScript module imports and mentions.

use crate::rust::Mention;

/// The modules that a file imports: their addresses, which all begin with `.`, as paths from the
/// top folder. Imports of types stand in comments and are no imports.
pub fn imports(name: &str, text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut import_since = None;
    for (index, line) in code_lines(text) {
        if line.starts_with("import ") || line.starts_with("export ") || line.contains("import(") {
            import_since = Some(index + 1);
        }
        let address = line.rsplit_once(" from \"").map(|(_, rest)| rest);
        let address = address.or_else(|| line.split_once("import(\"").map(|(_, rest)| rest));
        let address = address.or_else(|| line.strip_prefix("import \""));
        if let (Some(address), Some(since)) = (address, import_since)
            && let Some((address, _)) = address.split_once('"')
            && address.starts_with('.')
        {
            found.push(Mention {
                what: resolve(name, address),
                line: since,
            });
        }
    }
    found
}

/// The lines of a module that are no comment, with their numbers from 0.
pub fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_comment = false;
    text.lines().enumerate().filter(move |(_, line)| {
        let line = line.trim_start();
        let starts = line.starts_with("/*");
        let is_comment = in_comment || starts || line.starts_with("//");
        in_comment = (in_comment || starts) && !line.contains("*/");
        !is_comment
    })
}

/// The path of a relative address in the file `name`.
fn resolve(name: &str, address: &str) -> String {
    let mut folders: Vec<&str> = name.split('/').collect();
    folders.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                folders.pop();
            }
            _ => folders.push(part),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_every_kind_are_found_and_those_of_types_are_not() {
        let text = r#"/** @import { T } from "./types.js" */
/*
 import "./not.js";
*/
import { a } from "./a.js";
import {
  b,
} from "../b.js";
export { c } from "./c.js";
const d = await import("./d.js");
import "./e.js";
"#;
        let found: Vec<_> = imports("www/parts/x.js", text)
            .into_iter()
            .map(|import| (import.what, import.line))
            .collect();
        let expected = [
            ("www/parts/a.js", 5),
            ("www/b.js", 6),
            ("www/parts/c.js", 9),
            ("www/parts/d.js", 10),
            ("www/parts/e.js", 11),
        ];
        assert_eq!(found, expected.map(|(what, line)| (what.to_owned(), line)));
    }
}
