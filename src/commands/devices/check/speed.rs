//! Finds the speed of a device that does not answer at the configured one.

use gongji_hal::printer::baud;

/// One sentence: at which other speed the device answers, or that it does not.
pub(super) fn explain(configured: u32, mut answers_at: impl FnMut(u32) -> bool) -> String {
    match baud::others(configured).find(|baud| answers_at(*baud)) {
        Some(baud) => format!(
            "it answers at {baud} bits a second, not at {configured}; write `baud = {baud}` in its \
             section of the configuration"
        ),
        None => "it does not answer at any usual speed; switch it on, or look at its cable".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speed_that_answers_is_named_and_the_configured_one_is_not_tried_again() {
        let mut tried = Vec::new();
        let sentence = explain(115_200, |baud| {
            tried.push(baud);
            baud == 230_400
        });
        assert!(sentence.contains("`baud = 230400`"), "{sentence}");
        assert!(!tried.contains(&115_200) && tried.len() == baud::RATES.len() - 1, "{tried:?}");
        assert!(explain(9600, |_| false).contains("any usual speed"));
    }
}
