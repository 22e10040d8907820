//! Keyed digests: whose write it was and what it said, readable by nobody, comparable by whoever has
//! the key and the facts.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::key::DigestKey;
use crate::domain::money::Money;
use crate::domain::person::{Gender, PersonNo};
use crate::records::port::{
    Action, Agreement, Binding, ConsentRecord, OperationRequest, OrderPlace, ProvenFactor,
};

/// The digest of a person, by the ledger's number.
pub fn person(key: &DigestKey, person: &PersonNo) -> [u8; 32] {
    let mut mac = key.mac("person");
    mac.update(person.reveal().as_bytes());
    mac.finalize().into_bytes().into()
}

/// The digest of all that a request says. A password token is no part of it: it is good once.
pub fn request(key: &DigestKey, request: &OperationRequest) -> [u8; 32] {
    let OperationRequest { person, action, consent, factor, at, region } = request;
    let mut fields = Fields(key.mac("request"));
    fields.text(person.reveal());
    fields.text(action.kind().code());
    fields.action(action);
    fields.option(consent.as_ref(), Fields::consent);
    fields.text(match factor {
        ProvenFactor::CardPin => "card_pin",
        ProvenFactor::QueryPassword(_) => "query_password",
    });
    fields.text(&at.to_string());
    fields.text(region);
    fields.0.finalize().into_bytes().into()
}

/// Each field with its length, so that no two requests spell the same bytes.
struct Fields(Hmac<Sha256>);

impl Fields {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        self.bytes(&number.to_be_bytes());
    }

    fn money(&mut self, amount: Money) {
        self.text(&amount.to_string());
    }

    fn option<T>(&mut self, value: Option<T>, add: impl FnOnce(&mut Self, T)) {
        self.number(value.is_some().into());
        if let Some(value) = value {
            add(self, value);
        }
    }

    fn action(&mut self, action: &Action) {
        match action {
            Action::Open => {}
            Action::Bind(binding) => self.binding(binding),
            Action::Accept { invitation } | Action::Decline { invitation } => {
                self.number(*invitation);
            }
            Action::Release { relative } => self.text(relative.reveal()),
            Action::Order { accounts } => {
                for place in accounts {
                    match place {
                        OrderPlace::Own => self.option(None, Self::text),
                        OrderPlace::Donor(donor) => self.option(Some(donor.reveal()), Self::text),
                    }
                }
            }
            Action::Limit { relative, annual } => {
                self.text(relative.reveal());
                self.option(*annual, Self::money);
            }
            Action::Transfer { amount } => self.money(*amount),
            Action::Quota { relative, amount } => {
                self.text(relative.reveal());
                self.money(*amount);
            }
            Action::PayPremium { due, relative, insured_year, amount, retained } => {
                self.number(*due);
                self.text(relative.reveal());
                self.number((*insured_year).into());
                self.money(*amount);
                self.money(*retained);
            }
            Action::CancelPremium { payment } => self.number(*payment),
        }
    }

    fn binding(&mut self, binding: &Binding) {
        let Binding {
            relative,
            relation,
            since,
            until,
            annual_limit,
            money,
            amount,
            agreement,
            slots,
            entries,
        } = binding;
        self.text(relative.reveal());
        self.text(relation.label(Gender::Female));
        self.text(&since.to_string());
        self.option(*until, |fields, day| fields.text(&day.to_string()));
        self.option(*annual_limit, Self::money);
        self.text(money.key());
        self.option(*amount, Self::money);
        self.text(match agreement {
            Agreement::NotNeeded => "not_needed",
            Agreement::JoinsAlone => "joins_alone",
            Agreement::GivenHere => "given_here",
            Agreement::Awaited => "awaited",
        });
        self.number((*slots).into());
        self.option(entries.card.as_ref(), |fields, text| fields.text(text));
        self.option(entries.insured_place.as_deref(), Self::text);
        self.option(entries.employer.as_ref(), |fields, text| fields.text(text));
        self.option(entries.phone.as_ref(), |fields, text| fields.text(text));
    }

    fn consent(&mut self, consent: &ConsentRecord) {
        for document in &consent.documents {
            self.text(&document.title);
            self.text(&document.version);
            self.text(&document.digest);
            self.text(&document.accepted_at.to_string());
        }
        self.option(consent.signature, |fields, digest| fields.bytes(&digest));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::journal::key::KeyPlace;
    use jiff::civil::date;

    #[test]
    fn every_fact_of_a_request_changes_its_digest_and_the_token_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| KeyPlace::of(&folder.path().join(name), None);
        let (key, other) =
            (place("a.db").read_or_make(None).unwrap(), place("b.db").read_or_make(None).unwrap());
        let limit = |relative: &str, fen: Option<i64>| OperationRequest {
            person: PersonNo::new("1"),
            action: Action::Limit {
                relative: PersonNo::new(relative),
                annual: fen.map(Money::from_fen),
            },
            consent: None,
            factor: ProvenFactor::CardPin,
            at: date(2026, 11, 20).at(9, 0, 0, 0),
            region: "310000".into(),
        };
        let base = limit("23", Some(1));
        let mut changed = vec![limit("23", None), limit("2", Some(1)), limit("23", Some(2))];
        changed.push(OperationRequest { person: PersonNo::new("12"), ..base.clone() });
        changed.push(OperationRequest { region: "320000".into(), ..base.clone() });
        let consent = ConsentRecord { documents: Vec::new(), signature: None };
        changed.push(OperationRequest { consent: Some(consent.clone()), ..base.clone() });
        let signed = ConsentRecord { signature: Some([0; 32]), ..consent };
        changed.push(OperationRequest { consent: Some(signed), ..base.clone() });
        let token = |text: &str| {
            ProvenFactor::QueryPassword(crate::domain::person::PasswordToken::new(text))
        };
        changed.push(OperationRequest { factor: token("a"), ..base.clone() });
        let mut seen = vec![request(&key, &base)];
        for request in changed.iter().map(|changed| request(&key, changed)) {
            assert!(!seen.contains(&request));
            seen.push(request);
        }
        let again = OperationRequest { factor: token("b"), ..base.clone() };
        assert_eq!(seen.last(), Some(&request(&key, &again)));
        assert_ne!(request(&other, &base), request(&key, &base));
        assert_ne!(person(&key, &base.person), person(&other, &base.person));
    }
}
