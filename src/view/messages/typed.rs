//! Beginning a visit by typing: the way in, the two pads, and the words for whatever is wrong, which
//! never tell what it was.

use super::faults::Fault;
use super::help::{Question, Said, question};

/// Among the questions before a visit.
pub const QUESTION: Question = question('号', "没有带卡和证件怎么办", "输入身份证号码和查询密码");
/// Its answer.
pub const ANSWER: [Said; 2] = [
    ("可以输入号码", "输入您自己的身份证号码，再输入六位查询密码。两样都对，才能看到您的信息。"),
    ("没有查询密码", "没有设过，或者不记得，请带身份证到窗口办理。"),
];
/// The answer's one action.
pub const BEGIN: &str = "输入身份证号码";

/// The pad of the number: heading and lines.
pub const NUMBER: (&str, [&str; 2]) =
    ("请输入您的身份证号码", ["一共 18 位，最后一位可能是 X", "请用手遮住，不要让旁人看到"]);
/// Its one action.
pub const NUMBER_IN: &str = "输好了";

/// Whatever is wrong with number or password; so many tries are left.
pub fn wrong(tries_left: u8) -> String {
    format!("号码或者密码不对，还可以试 {tries_left} 次。没有设过密码，或者密码锁住，也会这样。")
}
/// The ledger was asked, and gave no answer.
pub const NO_ANSWER: &str =
    "没有等到医保系统的回答，这一次可能已经算试过。可以再输一次，也可以到窗口办理。";
/// Being checked: seal, heading, lines.
pub const PROVING: (char, &str, [&str; 2]) = ('核', "正在核对号码和密码", ["请稍等", "请不要走开"]);

/// Wrong too often.
pub const NOT_PROVED: Fault = Fault {
    seal: '核',
    title: "号码或者密码不对",
    reassurance: Some("屏幕上没有留下您输的号码和密码"),
    lines: &["没有设过查询密码，或者密码已经锁住，也会这样", "请不要再试，带身份证到窗口问一问"],
    other_ways: true,
};
/// The password is not known.
pub const NO_PASSWORD: Fault = Fault {
    seal: '忘',
    title: "不记得查询密码",
    reassurance: Some("屏幕上没有留下您输的号码"),
    lines: &["请不要随便试，试错几次会锁住", "请带身份证到窗口重设密码"],
    other_ways: true,
};
