//! Which compressed form of a file a browser wants (RFC 9110, section 12.5.3).

/// A form in which a file can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The name in `Accept-Encoding` and `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The ending of a file's copy in this form.
    pub fn ending(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gz"),
            Self::Identity => None,
        }
    }
}

/// The forms that an `Accept-Encoding` header admits, best first. The file as it is comes last and is
/// always among them: an answer that the browser did not wish for is better than none.
pub fn acceptable(header: Option<&str>) -> Vec<Encoding> {
    let header = header.unwrap_or_default();
    let mut weighed: Vec<(u16, Encoding)> = [Encoding::Brotli, Encoding::Gzip]
        .into_iter()
        .map(|encoding| (weight(header, encoding.name()), encoding))
        .filter(|(weight, _)| *weight > 0)
        .collect();
    // A stable sort: of two equal weights, brotli, the smaller one, stays first.
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    weighed
        .into_iter()
        .map(|(_, encoding)| encoding)
        .chain([Encoding::Identity])
        .collect()
}

/// How much an encoding is wanted, in thousandths; `*` stands for those that are not named.
fn weight(header: &str, name: &str) -> u16 {
    let mut others = 0;
    for item in header.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|parameter| {
                parameter
                    .strip_prefix("q=")
                    .or(parameter.strip_prefix("Q="))
            })
            .map_or(1000, thousandths);
        if coding.eq_ignore_ascii_case(name) {
            return weight;
        }
        if coding == "*" {
            others = weight;
        }
    }
    others
}

/// A weight such as `0.5`; one that cannot be read counts as not wanted.
fn thousandths(weight: &str) -> u16 {
    weight
        .parse::<f32>()
        .ok()
        .filter(|weight| (0.0..=1.0).contains(weight))
        .map_or(0, |weight| (weight * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip, Identity};
    use super::*;

    #[test]
    fn follows_the_wishes_of_the_browser() {
        for (header, expected) in [
            (None, vec![Identity]),
            (Some(""), vec![Identity]),
            (
                Some("gzip, deflate, br, zstd"),
                vec![Brotli, Gzip, Identity],
            ),
            (Some("gzip"), vec![Gzip, Identity]),
            (Some("GZIP;q=1.0, br; q=0.5"), vec![Gzip, Brotli, Identity]),
            (Some("br;q=0, gzip;q=0.001"), vec![Gzip, Identity]),
            (Some("br;q=0, *"), vec![Gzip, Identity]),
            (Some("*"), vec![Brotli, Gzip, Identity]),
            (Some("*;q=0"), vec![Identity]),
            (Some("identity"), vec![Identity]),
            (Some("br;q=x, gzip;q=7"), vec![Identity]),
            (Some("bread, brr, xgzip"), vec![Identity]),
            (Some(",;,q=1;br"), vec![Identity]),
        ] {
            assert_eq!(acceptable(header), expected, "{header:?}");
        }
    }
}
