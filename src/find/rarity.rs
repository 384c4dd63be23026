//! How much it says of a turn that a term stands in it.

/// Robertson and Spärck Jones's weight of a term that `found` of `turns` turns have, always above
/// 0.
pub(crate) fn rarity(found: f32, turns: f32) -> f32 {
    natural_logarithm(1.0 + (turns - found + 0.5).max(0.0) / (found + 0.5))
}

/// ln(x) for x of 1 and above, by exact operations only: the platform's own may differ in the last
/// bit between a browser and a command line. x = m·2^e, ln m = 2·artanh((m-1)/(m+1)) as a series.
fn natural_logarithm(x: f32) -> f32 {
    let x = f64::from(x.max(1.0));
    let mut exponent = 0.0;
    let mut mantissa = x;
    while mantissa > 1.5 {
        mantissa *= 0.5;
        exponent += 1.0;
    }
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let mut term = ratio;
    let mut sum = 0.0;
    let mut odd = 1.0;
    while odd <= 11.0 {
        sum += term / odd;
        term *= square;
        odd += 2.0;
    }
    (2.0 * sum + exponent * std::f64::consts::LN_2) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_right_to_six_digits() {
        for x in [1.0f32, 1.2, 1.5, 1.50001, 2.0, 3.0, 10.0, 395.0, 2e5, 3e38] {
            assert!(
                (natural_logarithm(x) - x.ln()).abs() <= 1e-6 * x.ln().max(1.0),
                "{x}"
            );
        }
    }

    #[test]
    fn rare_terms_weigh_more_and_none_weighs_nothing_or_less() {
        assert!(rarity(1.0, 400.0) > rarity(2.0, 400.0));
        assert!(rarity(400.0, 400.0) > 0.0);
    }
}
