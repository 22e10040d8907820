//! Who may use the account, a card a relative, and what can be done besides.

use super::{
    Account, Amount, Donors, Invitations, MembersPage, Purpose, Records, Relative, drafts,
    may_write,
};
use crate::policy::schema::MoneyModel;
use crate::records::port::Member;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::home::Home;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// Cards on a page; the screen has no room for more.
pub(crate) const CARDS_PER_PAGE: usize = 3;

/// Something to do besides opening a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// 看看谁邀请我
    Invitations,
    /// 开通家庭共济
    Open,
    /// 添加家人
    Add,
    /// 划拨
    Transfer,
    /// 谁的账户给我用
    Donors,
    /// 授权记录
    Records,
}

impl Way {
    /// What a touch of it means.
    pub(crate) fn tap(self) -> Tap {
        match self {
            Self::Invitations => Tap::Act(Act::Invitation),
            Self::Open => Tap::Confirm,
            Self::Add => Tap::AddMember,
            Self::Transfer => Tap::Act(Act::Transfer),
            Self::Donors => Tap::Act(Act::Donors),
            Self::Records => Tap::Act(Act::Records),
        }
    }
}

/// The cards.
pub(crate) struct MemberList {
    pub account: Account,
    /// The page of cards, from 0.
    pub index: usize,
}

impl MemberList {
    pub(super) fn enter(account: Account, index: usize) -> Page {
        Page::Members(MembersPage::List(Self { account, index }))
    }

    /// The page with the card of a member.
    pub(super) fn enter_at(account: Account, member: usize) -> Page {
        Self::enter(account, member / CARDS_PER_PAGE)
    }

    /// The cards of this page.
    pub(crate) fn cards(&self) -> &[Member] {
        self.account.members.chunks(CARDS_PER_PAGE).nth(self.index).unwrap_or_default()
    }

    /// How many pages there are, at least one.
    pub(crate) fn pages(&self) -> usize {
        self.account.members.len().div_ceil(CARDS_PER_PAGE).max(1)
    }

    /// What can be done, the most important first.
    pub(crate) fn ways(&self, patron: &Patron, writes_possible: bool) -> Vec<Way> {
        let owner = patron.has_account();
        let writes = owner && may_write(patron, writes_possible);
        let opened = self.account.opened_on.is_some();
        let model = patron.policy.as_ref().and_then(|policy| policy.rules.money_model.as_ref());
        let pool = model.is_some_and(|stated| stated.value == MoneyModel::Pool);
        [
            (!self.account.invitations.is_empty(), Way::Invitations),
            (writes && !opened, Way::Open),
            (writes && opened, Way::Add),
            (writes && opened && pool, Way::Transfer),
            (!self.account.donors.is_empty(), Way::Donors),
            (owner, Way::Records),
        ]
        .into_iter()
        .filter_map(|(offered, way)| offered.then_some(way))
        .collect()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return Home::enter().into(),
            Event::Tap(Tap::NextPage) if self.index.saturating_add(1) < self.pages() => {
                self.index = self.index.saturating_add(1);
            }
            Event::Tap(Tap::PreviousPage) if self.index > 0 => {
                self.index = self.index.saturating_sub(1);
            }
            Event::Tap(Tap::Row(row)) if usize::from(row) < self.cards().len() => {
                let member = self.index.saturating_mul(CARDS_PER_PAGE);
                let member = member.saturating_add(usize::from(row));
                return Relative::enter(self.account, member).into();
            }
            Event::Tap(tap) => {
                let ways = self.ways(patron, cx.writes_possible());
                if let Some(way) = ways.into_iter().find(|way| way.tap() == tap) {
                    return self.go(cx, patron, way);
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::List(self)).into()
    }

    fn go(self, cx: &mut Cx, patron: &Patron, way: Way) -> Next {
        let account = self.account;
        match way {
            Way::Invitations => Invitations::enter(account, 0).into(),
            Way::Open => {
                let before = Self::enter(account, self.index);
                Review::enter(drafts::open(patron, before)).into()
            }
            // A relative is added by pages of their own; without them the family stays as it is.
            Way::Add => Self::enter(account, self.index).into(),
            Way::Transfer => Amount::enter(account, Purpose::Transfer).into(),
            Way::Donors => Donors::enter(cx, account).into(),
            Way::Records => Records::enter(cx, patron, account).into(),
        }
    }
}
