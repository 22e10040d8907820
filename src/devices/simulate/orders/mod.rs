//! The orders by which a person or a script plays the simulated devices.

mod card;
mod code;
mod idcard;
mod printer;

use super::SimulatedHall;

/// The answer to an order that is carried out.
pub(super) const DONE: &str = "ok";

/// What an order comes to: `None` when it is not known.
type Answer = Option<Result<String, String>>;

pub(super) fn carry_out(hall: &SimulatedHall, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let answer = match words.as_slice() {
        [] => Some(Ok(String::new())),
        ["help"] => Some(Ok(help())),
        ["card", rest @ ..] => card::carry_out(hall, rest, line),
        ["code", rest @ ..] => code::carry_out(hall, rest, line),
        ["idcard", rest @ ..] => idcard::carry_out(hall, rest, line),
        ["printer", rest @ ..] => printer::carry_out(hall, rest),
        ["fault", "card", rest @ ..] if !rest.is_empty() => Some(card::fault(hall, rest)),
        ["fault", "code", rest @ ..] if !rest.is_empty() => Some(code::fault(hall, rest)),
        ["fault", "idcard", rest @ ..] if !rest.is_empty() => Some(idcard::fault(hall, rest)),
        ["fault", "printer", rest @ ..] if !rest.is_empty() => Some(printer::fault(hall, rest)),
        _ => None,
    };
    answer.unwrap_or_else(|| Err(format!("'{line}' is not known; `help` lists what is")))
}

fn help() -> String {
    let faults = printer::fault_help();
    [card::HELP, idcard::HELP, code::HELP, printer::HELP, &faults, "help"].join("\n")
}

fn done() -> Result<String, String> {
    Ok(DONE.into())
}

fn plug(result: std::io::Result<()>) -> Result<String, String> {
    result.map(|()| DONE.into()).map_err(|e| format!("no pseudo-terminal is to be had: {e}"))
}

/// What stands in `line` after its first two words: a file's name or a code, which may hold blanks.
fn after_two_words(line: &str) -> &str {
    let after_word = |text: &str| -> usize { text.find(char::is_whitespace).unwrap_or(text.len()) };
    let rest = line.trim_start();
    let rest = rest.get(after_word(rest)..).unwrap_or_default().trim_start();
    rest.get(after_word(rest)..).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::after_two_words;

    #[test]
    fn the_rest_of_a_line_keeps_its_blanks() {
        for (line, rest) in [
            ("card insert a b.toml", "a b.toml"),
            ("  card \t insert   a  b.toml  ", "a  b.toml"),
            ("code scan code scan", "code scan"),
            ("code scan", ""),
            ("code", ""),
            ("", ""),
            ("码　扫　一 二", "一 二"),
        ] {
            assert_eq!(after_two_words(line), rest, "{line}");
        }
    }
}
