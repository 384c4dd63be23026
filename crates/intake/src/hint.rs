//! What to write in place of a name that is not known.

/// How many known names a message lists.
const LISTED: usize = 12;

/// The nearest of the known names, where it is near enough to be meant, and some of them all.
pub(crate) fn hint(name: &str, known: &[&str]) -> String {
    let distance = |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), other);
    let nearest = known.iter().min_by_key(|other| distance(other));
    let mut list: Vec<String> = known.iter().map(|other| format!("`{other}`")).collect();
    if list.len() > LISTED {
        list.truncate(LISTED);
        list.push("…".to_owned());
    }
    let list = list.join(", ");
    match nearest {
        // As many changes as a third of the letters are a slip; more are another word.
        Some(nearest) if distance(nearest) <= nearest.len().div_ceil(3) => {
            format!("did you mean `{nearest}`? Known are {list}")
        }
        _ => format!("known are {list}"),
    }
}
