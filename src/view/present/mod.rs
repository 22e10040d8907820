//! `Kiosk -> ViewModel`, one file per page.

mod bind;
mod bind_choices;
mod bind_media;
mod bind_papers;
mod card;
mod care;
mod format;
mod help;
mod home;
mod idle;
mod lists;
mod members;
mod months;
mod outcome;
mod pay;
mod pay_due;
mod printing;
mod record;
mod refused;
mod slips;
mod typed;
mod waiting;
mod whose;
mod write;

use jiff::civil::Date;

use super::messages;
use super::model::{Button, MessageView, Overlay, PageView, ViewModel};
use crate::visit::Kiosk;
use crate::visit::event::Now;
use crate::visit::state::page::Page;
use crate::visit::state::{Stage, Visit};

/// A page and its footer.
struct Screen {
    page: PageView,
    back: Option<Button>,
    primary: Option<Button>,
    notice: Option<String>,
}

impl Screen {
    fn new(page: PageView) -> Self {
        Self { page, back: None, primary: None, notice: None }
    }

    fn message(view: MessageView) -> Self {
        Self::new(PageView::Message(view))
    }

    fn back(mut self, back: Option<Button>) -> Self {
        self.back = back;
        self
    }

    fn primary(mut self, primary: Option<Button>) -> Self {
        self.primary = primary;
        self
    }
}

/// What the screen shows now. A healthy kiosk that serves nobody shows [`ViewModel::idle`].
pub fn present(kiosk: &Kiosk, now: Now) -> ViewModel {
    let screen = stage(kiosk, now.wall.date());
    ViewModel {
        page: screen.page,
        back: screen.back,
        primary: screen.primary,
        overlay: overlay(kiosk, now),
        notice: screen.notice,
        staff_called: kiosk.staff().asked() && kiosk.settings().staff_told,
    }
}

fn stage(kiosk: &Kiosk, today: Date) -> Screen {
    match kiosk.stage() {
        Stage::Idle(idle) => idle::present(kiosk, *idle),
        Stage::HallHelp(state) => help::present(kiosk, state.policy.as_deref(), &state.help),
        Stage::Reading(_) => waiting::reading(),
        Stage::Refused(state) => refused::present(kiosk, state),
        Stage::Identifying(state) => waiting::identifying(state),
        Stage::Typing(state) => typed::typing(state),
        Stage::Proving(state) => typed::proving(state),
        Stage::Visit(visit) => self::visit(kiosk, visit, today),
        Stage::Finishing(state) => outcome::finishing(state),
        Stage::TakeCard(_) => card::take_card(kiosk),
        Stage::TakeDocument(_) => card::take_document(),
        Stage::TakeSlip(_) => card::take_slip(),
    }
}

fn visit(kiosk: &Kiosk, visit: &Visit, today: Date) -> Screen {
    let patron = &visit.patron;
    if let Some(other) = visit.other() {
        return whose::present(patron, other);
    }
    let mut screen = match &visit.page {
        Page::Opening(page) => waiting::opening(page, patron.medium()),
        Page::Home(_) => home::present(kiosk, patron),
        Page::List(page) => lists::present(kiosk, patron, page, today),
        Page::Record(page) => record::present(kiosk, patron, page, today),
        Page::Months(page) => months::present(page, today),
        Page::Slips(page) => slips::choice(page, today),
        Page::Preparing(page) => waiting::preparing(page),
        Page::TooMany(page) => slips::too_many(page),
        Page::Preview(page) => slips::preview(patron, page),
        Page::Blocked(page) => printing::blocked(kiosk, page),
        Page::Printing(page) => printing::printing(kiosk, page),
        Page::Printed(page) => printing::printed(patron, page),
        Page::Unfinished(page) => printing::unfinished(patron, page),
        Page::Help(page) => help::present(kiosk, patron.policy.as_deref(), page),
        Page::Pay(page) => pay::present(kiosk, patron, page),
        Page::Stuck(page) => refused::stuck(page, patron.medium()),
        Page::Bind(page) => bind::present(kiosk, patron, page, today),
        Page::Members(page) => members::present(kiosk, patron, page, today),
        Page::Write(page) => write::present(kiosk, patron, page),
    };
    if patron.card.is_some() && !kiosk.devices().reader_working {
        screen.notice = Some(messages::NOTICE_NO_READER.into());
    }
    if visit.second.unused() {
        let notice = match kiosk.settings().codes {
            true => messages::media::NOTICE_UNUSED_OR_CODE,
            false => messages::media::NOTICE_UNUSED,
        };
        screen.notice = Some(notice.into());
    }
    screen
}

fn overlay(kiosk: &Kiosk, now: Now) -> Option<Overlay> {
    if let Some(seconds) = kiosk.stage().seconds_left(now.uptime_ms) {
        return Some(Overlay::StillThere { seconds });
    }
    kiosk.staff().overlay().then(|| {
        let settings = kiosk.settings();
        let text = match &settings.hotline {
            _ if !settings.staff_told => messages::STAFF_NOT_TOLD.into(),
            Some(hotline) => messages::staff_called_with_hotline(hotline),
            None => messages::STAFF_CALLED.into(),
        };
        Overlay::StaffCalled { text }
    })
}
