//! What is the relative to the patron? Only what the region takes, five at most at a time.

use super::BindPage;
use super::quest::{Quest, Step};
use crate::domain::family::Relation;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Choices of a page.
const CHOICES_MAX: usize = 5;
/// The nearest come first (domain: 近亲).
const NEAR: [Relation; 3] = [Relation::Spouse, Relation::Parent, Relation::Child];

/// The choice.
pub(crate) struct Relations {
    pub quest: Box<Quest>,
    /// Which page of the choices.
    pub page: usize,
}

impl Relations {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Relation(Self { quest, page: 0 }))
    }

    /// The choices of this page, and whether there are more.
    pub(crate) fn choices(&self) -> (Vec<Relation>, bool) {
        let pages = pages(self.allowed());
        let more = self.page + 1 < pages.len();
        (pages.into_iter().nth(self.page).unwrap_or_default(), more)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let (choices, more) = self.choices();
        match event {
            Event::Tap(Tap::Row(n)) if usize::from(n) < choices.len() => {
                self.quest.relation = choices.get(usize::from(n)).copied();
                return self.quest.answered(Step::Relation, cx, patron).into();
            }
            Event::Tap(Tap::NextPage) if more => self.page += 1,
            Event::Tap(Tap::Back) if self.page > 0 => self.page -= 1,
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Relation(self)).into()
    }

    fn allowed(&self) -> &[Relation] {
        self.quest.policy.rules.relatives.as_ref().map_or(&[], |stated| &stated.value)
    }
}

/// The relations in pages, in the order patrons meet them; every page but the last has room for 其他亲属.
fn pages(allowed: &[Relation]) -> Vec<Vec<Relation>> {
    let all: Vec<Relation> = Relation::ALL.into_iter().filter(|r| allowed.contains(r)).collect();
    if all.len() <= CHOICES_MAX {
        return vec![all];
    }
    let (near, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|r| NEAR.contains(r));
    let mut pages: Vec<Vec<Relation>> = if near.is_empty() { Vec::new() } else { vec![near] };
    while rest.len() > CHOICES_MAX {
        let later = rest.split_off(CHOICES_MAX - 1);
        pages.push(std::mem::replace(&mut rest, later));
    }
    pages.push(rest);
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_has_more_than_five_choices_and_none_is_lost() {
        for count in 0..=Relation::ALL.len() {
            let allowed: Vec<Relation> = Relation::ALL.into_iter().rev().take(count).collect();
            let pages = pages(&allowed);
            for (n, page) in pages.iter().enumerate() {
                let more = usize::from(n + 1 < pages.len());
                assert!(page.len() + more <= CHOICES_MAX, "{count}: {page:?}");
                assert!(count == 0 || !page.is_empty(), "{count}");
            }
            let mut shown = pages.concat();
            shown.sort_unstable();
            let mut wanted = allowed;
            wanted.sort_unstable();
            assert_eq!(shown, wanted);
        }
        assert_eq!(pages(&Relation::ALL).first().map(Vec::as_slice), Some(NEAR.as_slice()));
    }
}
