//! What the writes of the family account do, and their terms on the receipt.

use crate::domain::money::Money;

/// Official terms for review and receipt.
pub const FIELD_LIMIT: &str = "年度限额";
/// See [`FIELD_LIMIT`].
pub const FIELD_TRANSFER: &str = "划拨金额";
/// See [`FIELD_LIMIT`].
pub const FIELD_QUOTA: &str = "锁定额度";
/// See [`FIELD_LIMIT`].
pub const VALUE_NO_LIMIT: &str = "不另设限额";

/// The family account is opened.
pub const OPEN_LETS_ADD: &str = "开通以后，您可以添加家人，让他们用您账户里的钱看病买药。";
/// See [`OPEN_LETS_ADD`].
pub const OPEN_COSTS_NOTHING: &str = "只是开通，不扣钱。";
/// A relative is released.
pub fn release_stops(who: &str) -> String {
    format!("从现在起，{who}不能再用您的账户。")
}
/// See [`release_stops`].
pub const RELEASE_KEEPS: &str = "以前用掉的钱不退，记录还可以查。";
/// See [`release_stops`].
pub const RELEASE_QUOTA: &str = "锁定的钱没用完的，退回您的账户。";
/// See [`release_stops`].
pub const RELEASE_POOL: &str = "家庭账户没有别的成员以后，里面的钱退回您的个人账户。";
/// An invitation is taken back.
pub fn invitation_back(who: &str) -> String {
    format!("给{who}的邀请收回，他不能再接受。")
}
/// A limit is set.
pub fn limit_most(who: &str, most: Money) -> String {
    format!("{who}一年最多用您账户里的 {most} 元。")
}
/// See [`limit_most`].
pub fn limit_used(used: Money) -> String {
    format!("今年已经用了 {used} 元，也算在里面。")
}
/// See [`limit_most`].
pub fn limit_used_up(used: Money) -> String {
    format!("今年已经用了 {used} 元，比这个限额多，今年不能再用。")
}
/// See [`limit_most`].
pub fn limit_none(who: &str) -> String {
    format!("{who}用您账户里的钱，不再另外设限。")
}
/// See [`limit_most`].
pub fn limit_of_the_region(most: Money) -> String {
    format!("这里规定的年度限额还是有效，不超过 {most} 元。")
}
/// Money goes into the common account.
pub fn transfer_moves(amount: Money) -> String {
    format!("从您的个人账户划拨 {amount} 元到家庭账户，由成员使用。")
}
/// See [`transfer_moves`].
pub const TRANSFER_LESS: &str = "您的个人账户会少这么多钱。";
/// An amount is locked.
pub fn quota_locks(who: &str, amount: Money) -> String {
    format!("从您的账户给{who}锁定 {amount} 元，代替以前锁定的。")
}
/// See [`quota_locks`].
pub const QUOTA_LOCKED: &str = "锁定的钱您自己不能用，解除的时候退回没用完的。";
/// A locked amount returns.
pub fn quota_returns(who: &str) -> String {
    format!("给{who}锁定的钱，没用完的全部退回您的账户。")
}
/// The order of accounts is set.
pub fn order_is(names: &[String]) -> String {
    format!("您看病买药，依次用：{}。", names.join("，"))
}
/// See [`order_is`].
pub const ORDER_NEXT: &str = "前一个账户用完了，才用下一个。";
/// An invitation is accepted.
pub fn accept_lets_use(name: &str) -> String {
    format!("接受以后，您看病买药可以用{name}的账户。")
}
/// See [`accept_lets_use`].
pub fn accept_limit(most: Money) -> String {
    format!("一年最多用 {most} 元。")
}
/// See [`accept_lets_use`].
pub const ACCEPT_OWN_MONEY: &str = "看病还是用您自己的卡，钱从对方的账户扣。";
/// An invitation is turned down.
pub fn decline_means(name: &str) -> String {
    format!("回复不接受以后，您不能用{name}的账户。")
}
/// See [`decline_means`].
pub const DECLINE_ASK_AGAIN: &str = "以后想用，要请对方再邀请一次。";
