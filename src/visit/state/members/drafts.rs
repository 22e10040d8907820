//! The writes of the family pages, put together for their review.

use crate::domain::account::RelativeRef;
use crate::domain::family::Beneficiary;
use crate::domain::masking::mask_name;
use crate::domain::money::Money;
use crate::policy::rules::{LimitAnswer, limit_in_force};
use crate::policy::{Policy, words};
use crate::records::port::{Action, Donor, Invitation, Member, MemberState, OrderPlace};
use crate::view::messages::members::{OWN_ACCOUNT, account_of, slot};
use crate::view::messages::{effects as texts, yuan};
use crate::visit::patron::Patron;
use crate::visit::state::page::Page;
use crate::visit::state::write::Draft;

/// 组建家庭账户
pub(super) fn open(patron: &Patron, before: Page) -> Draft {
    let model = patron.policy.as_ref().and_then(|policy| policy.rules.money_model.as_ref());
    let money = model.map(|stated| words::money(stated.value).to_owned());
    let effects = [texts::OPEN_LETS_ADD.to_owned(), texts::OPEN_COSTS_NOTHING.to_owned()];
    draft(Action::Open, None, Vec::new(), effects.into_iter().chain(money).collect(), before)
}

/// Release, or take an invitation back.
pub(super) fn release(member: &Member, pool: Option<Money>, before: Page) -> Draft {
    let who = who(&member.who);
    let mut effects = match member.state {
        MemberState::Invited => vec![texts::invitation_back(&who)],
        MemberState::Active | MemberState::NotYet => {
            vec![texts::release_stops(&who), texts::RELEASE_KEEPS.to_owned()]
        }
    };
    effects
        .extend(member.quota.filter(|quota| !quota.is_zero()).map(|_| texts::RELEASE_QUOTA.into()));
    effects.extend(pool.map(|_| texts::RELEASE_POOL.into()));
    let action = Action::Release { relative: member.who.psn_no.clone() };
    draft(action, Some(&member.who), Vec::new(), effects, before)
}

/// A limit that the rules let be.
pub(super) fn limit(
    policy: &Policy,
    member: &Member,
    annual: Option<Money>,
    answer: LimitAnswer,
    before: Page,
) -> Draft {
    let who = who(&member.who);
    let effects = match annual {
        Some(most) => {
            let over = member.used_this_year > most;
            let used = match over {
                true => texts::limit_used_up(member.used_this_year),
                false => texts::limit_used(member.used_this_year),
            };
            [Some(texts::limit_most(&who, most)), Some(used), words::limit(answer)]
        }
        None => {
            let regions = limit_in_force(policy, None);
            [Some(texts::limit_none(&who)), regions.map(texts::limit_of_the_region), None]
        }
    };
    let value = annual.map_or_else(|| texts::VALUE_NO_LIMIT.to_owned(), yuan);
    let fields = vec![(texts::FIELD_LIMIT.to_owned(), value)];
    let action = Action::Limit { relative: member.who.psn_no.clone(), annual };
    draft(action, Some(&member.who), fields, effects.into_iter().flatten().collect(), before)
}

/// 划拨
pub(super) fn transfer(amount: Money, before: Page) -> Draft {
    let fields = vec![(texts::FIELD_TRANSFER.to_owned(), yuan(amount))];
    let effects = vec![texts::transfer_moves(amount), texts::TRANSFER_LESS.to_owned()];
    draft(Action::Transfer { amount }, None, fields, effects, before)
}

/// A locked amount, in the place of what was locked before.
pub(super) fn quota(member: &Member, amount: Money, before: Page) -> Draft {
    let who = who(&member.who);
    let fields = vec![(texts::FIELD_QUOTA.to_owned(), yuan(amount))];
    let effects = match amount.is_zero() {
        true => vec![texts::quota_returns(&who)],
        false => vec![texts::quota_locks(&who, amount), texts::QUOTA_LOCKED.to_owned()],
    };
    let action = Action::Quota { relative: member.who.psn_no.clone(), amount };
    draft(action, Some(&member.who), fields, effects, before)
}

/// The order of accounts.
pub(super) fn order<'a>(
    order: &[OrderPlace],
    donor: impl Fn(&OrderPlace) -> Option<&'a Donor>,
    before: Page,
) -> Draft {
    let label = |place: &OrderPlace| match donor(place) {
        Some(donor) => donor.who.relation.label_back(donor.who.gender),
        None => OWN_ACCOUNT,
    };
    let named = |place: &OrderPlace| match donor(place) {
        Some(donor) => self::donor(&donor.who),
        None => OWN_ACCOUNT.to_owned(),
    };
    let fields = (1usize..).zip(order);
    let fields = fields.map(|(n, place)| (slot(n), label(place).to_owned())).collect();
    let named: Vec<String> = order.iter().map(named).collect();
    let effects = vec![texts::order_is(&named), texts::ORDER_NEXT.to_owned()];
    draft(Action::Order { accounts: order.to_vec() }, None, fields, effects, before)
}

/// Accept an invitation.
pub(in crate::visit::state) fn accept(invitation: &Invitation, before: Page) -> Draft {
    let mut effects = vec![texts::accept_lets_use(&mask_name(&invitation.from.name))];
    effects.extend(invitation.annual_limit.map(texts::accept_limit));
    effects.push(texts::ACCEPT_OWN_MONEY.to_owned());
    let action = Action::Accept { invitation: invitation.serial };
    draft(action, None, Vec::new(), effects, before)
}

/// Turn an invitation down.
pub(super) fn decline(invitation: &Invitation, before: Page) -> Draft {
    let effects = vec![
        texts::decline_means(&mask_name(&invitation.from.name)),
        texts::DECLINE_ASK_AGAIN.to_owned(),
    ];
    let action = Action::Decline { invitation: invitation.serial };
    draft(action, None, Vec::new(), effects, before)
}

fn draft(
    action: Action,
    relative: Option<&Beneficiary>,
    fields: Vec<(String, String)>,
    effects: Vec<String>,
    before: Page,
) -> Draft {
    let relative = relative.map(|who| RelativeRef {
        psn_no: who.psn_no.clone(),
        name: who.name.clone(),
        gender: who.gender,
        relation: who.relation,
    });
    Draft { action, relative, consent: None, fields, effects, before: Box::new(before) }
}

/// 母亲李*, in a sentence.
fn who(who: &Beneficiary) -> String {
    format!("{}{}", who.relation.label(who.gender), mask_name(&who.name))
}

/// 女儿李*的账户
fn donor(who: &RelativeRef) -> String {
    account_of(who.relation.label_back(who.gender), &mask_name(&who.name))
}
