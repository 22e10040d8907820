//! Patrons and relatives of every region, and a hall in which a relative is being added.

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};

use super::hall::Hall;
use super::persons::{self, TODAY};
use crate::domain::id_number::{IdNumber, check_digit};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::person::{CardNo, Gender, Insured, PersonName, PersonNo};
use crate::policy::{Packs, built_in};
use crate::records::port::{Action, Binding, Candidate, FamilyAccount};
use crate::view::model::PageView;
use crate::view::words::{NEXT_PAGE, touchables};
use crate::visit::Settings;
use crate::visit::cx::Cx;
use crate::visit::event::{
    Answer, CardHolder, CardNews, DocumentHolder, DocumentNews, Effect, Event, Pen, Tap,
};
use crate::visit::patron::Patron;
use crate::visit::settings::Rulebook;
use crate::visit::state::Stage;
use crate::visit::state::bind;
use crate::visit::state::idle::Idle;
use crate::visit::state::page::Page;
use crate::visit::state::write::{Draft, WritePage};

/// The name of every relative of these tests, and what may be seen of it.
pub const RELATIVE: (&str, &str) = ("欧阳画眉", "欧阳*");

/// The built-in packs, of a kiosk whose own region is 全国.
pub fn settings() -> Settings {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    let packs = PACKS.get_or_init(|| Arc::new(built_in::packs().unwrap()));
    Settings { rules: Some(Rulebook::new(Arc::clone(packs), "national")), ..Settings::default() }
}

/// Somebody insured in a place.
pub fn person(no: u16, birth: Date, insurance: InsuranceType, place: &str) -> Insured {
    let (y, m, d) = (birth.year(), birth.month(), birth.day());
    let body = format!("310101{y:04}{m:02}{d:02}{no:03}");
    let number = format!("{body}{}", char::from(check_digit(body.as_bytes())));
    Insured {
        psn_no: PersonNo::new(format!("Q{no}")),
        name: PersonName::new(RELATIVE.0),
        id_number: IdNumber::parse(&number).unwrap(),
        gender: if no % 2 == 1 { Gender::Male } else { Gender::Female },
        insurance,
        status: InsuranceStatus::Normal,
        region: place.into(),
    }
}

/// A woman of 74 in 居民医保.
pub fn mother(place: &str) -> Insured {
    person(102, date(1952, 3, 3), InsuranceType::Resident, place)
}

/// A patron of 职工医保.
pub fn donor(place: &str) -> Insured {
    Insured { region: place.into(), ..persons::insured() }
}

pub fn candidate(insured: Insured) -> Candidate {
    let birth = insured.id_number.birth();
    Candidate { insured, birth, employer: None, card: None, other_donors: 0 }
}

pub fn document(of: &Insured) -> DocumentHolder {
    let (id_number, name) = (of.id_number.clone(), of.name.clone());
    DocumentHolder { id_number, name, expires: None }
}

pub fn card(of: &Insured) -> CardHolder {
    let number = CardNo::new(format!("KIN{:0>6}", of.psn_no.reveal().trim_start_matches('Q')));
    CardHolder { number, id_number: Some(of.id_number.clone()), expires: None }
}

/// A family account with nobody in it.
pub fn empty_account() -> FamilyAccount {
    FamilyAccount { opened_on: Some(TODAY), ..FamilyAccount::default() }
}

impl Hall {
    /// A patron at home by card, insured as given.
    pub fn at_home_as(patron: Insured) -> Self {
        let mut hall = Self::with(settings());
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        hall.answer_with(Ok(Answer::Identified(patron)));
        hall.answer();
        hall
    }

    /// The same, by document, which was taken up again.
    pub fn at_home_by_document_as(patron: Insured) -> Self {
        let mut hall = Self::with(settings());
        hall.put_down(document(&patron));
        hall.answer_with(Ok(Answer::Identified(patron)));
        hall.answer();
        hall.document(DocumentNews::Lifted);
        hall
    }

    /// Begins what leads to a page of adding a relative, as the page before it would.
    pub fn begin(&mut self, begin: impl FnOnce(&mut Cx, &Patron) -> Page) {
        let mut effects = Vec::new();
        let now = self.now();
        let kiosk = &mut self.kiosk;
        let Stage::Visit(mut visit) = std::mem::replace(&mut kiosk.stage, Idle::enter()) else {
            panic!("nobody is served")
        };
        let mut cx = Cx {
            now,
            limits: &kiosk.limits,
            settings: &kiosk.settings,
            devices: &kiosk.devices,
            journal: kiosk.journal,
            staff: &mut kiosk.staff,
            ignored: &mut kiosk.ignored,
            effects: &mut effects,
            last_id: &mut kiosk.last_id,
        };
        visit.page = begin(&mut cx, &visit.patron);
        kiosk.stage = Stage::Visit(visit);
        self.effects.extend(effects);
        // The devices are told what the page accepts.
        self.step(Event::Tick);
    }

    /// Begins to add a relative.
    pub fn add(&mut self, account: FamilyAccount) {
        self.begin(|cx, patron| bind::enter(cx, patron, Arc::new(account)));
    }

    /// A patron of a place who has agreed to the documents, and is asked for the relative.
    pub fn asked_who(place: &str) -> Self {
        let mut hall = Self::at_home_as(donor(place));
        hall.add(empty_account());
        hall.agree();
        assert_eq!(hall.title(), "要添加哪位家人？");
        hall
    }

    /// The same by document, so that no card binds the visit.
    pub fn asked_who_by_document(place: &str) -> Self {
        let mut hall = Self::at_home_by_document_as(donor(place));
        hall.add(empty_account());
        hall.agree();
        assert_eq!(hall.title(), "要添加哪位家人？");
        hall
    }

    /// A relative has put the document down, and the patron is asked what they are.
    pub fn asked_relation(place: &str, candidate: &Candidate) -> Self {
        let mut hall = Self::asked_who(place);
        hall.put_down(document(&candidate.insured));
        hall.tell(candidate);
        hall
    }

    /// The ledger tells who it is.
    pub fn tell(&mut self, candidate: &Candidate) {
        self.answer_with(Ok(Answer::Candidate(Box::new(candidate.clone()))));
    }

    /// Reads a document to its end and agrees.
    pub fn agree(&mut self) {
        let PageView::Document(_) = self.view().page else { panic!("{}", self.title()) };
        while self.can_press(NEXT_PAGE) {
            assert!(!self.can_press("同意"), "agreed before the end");
            self.press(NEXT_PAGE);
        }
        self.press("同意");
    }

    /// A signature that is more than a dot.
    pub fn sign(&mut self) {
        self.tap(Tap::Pen(Pen::Down(100, 100)));
        self.tap(Tap::Pen(Pen::To(400, 180)));
        self.press("签好了");
    }

    pub fn can_press(&self, words: &str) -> bool {
        touchables(&self.view()).iter().any(|(label, _)| label == words)
    }

    /// Touches what bears these words.
    #[track_caller]
    pub fn press(&mut self, words: &str) -> Vec<Effect> {
        let touchables = touchables(&self.view());
        let found = touchables.iter().find(|(label, _)| label == words);
        let Some((_, tap)) = found else {
            let labels: Vec<&str> = touchables.iter().map(|(label, _)| label.as_str()).collect();
            panic!("no {words} on {}: {labels:?}", self.title());
        };
        self.tap(*tap)
    }

    /// Types on a pad.
    pub fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.press(&c.to_string());
        }
    }

    /// Everything that is to be read on the page.
    pub fn read(&self) -> String {
        let view = self.view();
        format!("{:?} {:?}", view.page, view.notice)
    }

    /// The write that is shown for review.
    pub fn draft(&self) -> &Draft {
        match &self.visit().unwrap().page {
            Page::Write(WritePage::Review(review)) => &review.draft,
            _ => panic!("no review but {}", self.title()),
        }
    }

    /// The binding that is shown for review.
    pub fn binding(&self) -> &Binding {
        match &self.draft().action {
            Action::Bind(binding) => binding,
            other => panic!("{other:?}"),
        }
    }

    /// Label and value of the review.
    pub fn field(&self, label: &str) -> Option<String> {
        let fields = &self.draft().fields;
        fields.iter().find(|(l, _)| l == label).map(|(_, value)| value.clone())
    }

    /// Nothing of the relative is to be seen, nor kept.
    pub fn assert_nothing_of_the_relative(&self) {
        assert!(self.visit().is_none());
        let text = format!("{:?}", self.view());
        for canary in [RELATIVE.0, RELATIVE.1, "19520303"] {
            assert!(!text.contains(canary), "{canary} is still in {text}");
        }
    }
}
