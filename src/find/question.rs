//! Whether a query is a question.

use turnsearch_text::compatibility_form;

use crate::compact::chars::pieces;
use crate::compact::strings::contains;

/// Words that make a sentence a question, folded; a question mark does so, too.
const INTERROGATIVES: &str = "?|谁|什么|哪|几|多少|多久|怎|为何|如何|何时|吗|\
    who |what |when |where |why |how |which ";

/// Whether `query` asks something.
pub(crate) fn is_question(query: &str) -> bool {
    let folded = compatibility_form(query);
    let words = pieces(INTERROGATIVES, |c| c == '|');
    words.iter().any(|word| contains(&folded, word))
}
