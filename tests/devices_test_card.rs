//! `devices test card` beside `devices simulate`: the PIN is checked when told to, and never told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{Outcome, Program, Simulator, fails, kiosk_folder, run, write_cards};

const PIN: &str = "240517";
const WRONG: &str = "999310";

fn put_in(folder: &Path, simulator: &Simulator, change: &str) {
    let card = std::fs::read_to_string(folder.join("cards/showcase.toml")).unwrap();
    let card: String =
        card.lines().filter(|line| !line.starts_with("pin")).map(|l| format!("{l}\n")).collect();
    std::fs::write(folder.join("card.toml"), format!("{change}\n{card}")).unwrap();
    simulator.must(&format!("card insert {}/card.toml", folder.display()));
}

fn set_up(change: &str) -> (tempfile::TempDir, Simulator) {
    let folder = kiosk_folder();
    write_cards(&folder.path().join("records.db"), &folder.path().join("cards"));
    let simulator = Simulator::start(folder.path());
    put_in(folder.path(), &simulator, change);
    (folder, simulator)
}

/// Gives the command a PIN by its input.
fn verify(folder: &Path, pin: &str) -> Outcome {
    let line = "devices test card --config kiosk.toml --verify-pin --pin-stdin --log debug";
    let mut program = Program::start(folder, &line.split(' ').collect::<Vec<_>>());
    program.say(pin);
    let outcome = program.end();
    for secret in [PIN, WRONG] {
        let told = outcome.out.contains(secret) || outcome.err.contains(secret);
        assert!(!told, "{outcome:?}");
    }
    outcome
}

/// The last line of the errors: the log comes before.
fn sentence(outcome: &Outcome) -> &str {
    outcome.err.lines().last().unwrap_or_default()
}

#[test]
fn right_wrong_and_blocked_are_told_apart() {
    for protocol in ["T=0", "T=1"] {
        let change = format!("pin = \"{PIN}\"\nprotocol = \"{protocol}\"");
        let (folder, simulator) = set_up(&change);
        let right = verify(folder.path(), PIN);
        assert_eq!(right.status, Some(0), "{right:?}");
        assert!(right.out.ends_with("hall/card: the PIN is right\n"), "{right:?}");

        for left in ["2 tries are left", "1 try is left"] {
            let wrong = verify(folder.path(), WRONG);
            assert_eq!(wrong.status, Some(1), "{wrong:?}");
            assert!(sentence(&wrong).contains(&format!("the PIN is wrong; {left}")), "{wrong:?}");
        }
        for _ in 0..2 {
            let blocked = verify(folder.path(), WRONG);
            assert_eq!(blocked.status, Some(1), "{blocked:?}");
            assert!(sentence(&blocked).contains("the PIN is blocked; the card's issuer must help"));
        }
        assert!(
            sentence(&verify(folder.path(), PIN)).contains("blocked"),
            "even with the right one"
        );
        simulator.must("card remove");
    }
}

#[test]
fn nothing_is_sent_that_is_no_pin_and_nothing_without_the_word() {
    let (folder, _simulator) = set_up(&format!("pin = \"{PIN}\""));
    for (text, words) in [
        ("12", "a PIN has 4 to 12 digits; nothing was sent"),
        ("12345x", "a PIN is of digits only; nothing was sent"),
        (&"1".repeat(200), "a PIN has 4 to 12 digits; nothing was sent"),
        ("", "a PIN has 4 to 12 digits; nothing was sent"),
    ] {
        let outcome = verify(folder.path(), text);
        assert!(matches!(outcome.status, Some(1 | 2)), "{outcome:?}");
        assert!(sentence(&outcome).contains(words), "{outcome:?}");
    }
    let read = run(folder.path(), &["devices", "test", "card", "--config", "kiosk.toml"]);
    assert_eq!((read.status, read.err.as_str()), (Some(0), ""), "{read:?}");
    assert!(read.out.contains("the card was read: number ****"), "{read:?}");
    // All tries are still there.
    assert!(sentence(&verify(folder.path(), WRONG)).contains("2 tries are left"));

    for (more, words) in [
        (&["card", "--pin-stdin"][..], "--pin-stdin: only with --verify-pin"),
        (&["card", "--verify-pin"], "standard input is no terminal; add --pin-stdin"),
        (&["printer", "--verify-pin"], "only with `devices test card`"),
    ] {
        let args = [&["devices", "test", "--config", "kiosk.toml"], more].concat();
        let (status, sentence) = fails(folder.path(), &args);
        assert_eq!(status, Some(2), "{sentence}");
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn a_card_that_checks_no_pin_says_so() {
    let (folder, _simulator) = set_up("");
    let outcome = verify(folder.path(), PIN);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    assert!(sentence(&outcome).contains("take another card"), "{outcome:?}");
}
