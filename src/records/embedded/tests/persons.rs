//! Who a credential belongs to.

use super::*;

#[test]
fn a_card_names_its_owner() {
    let mut ledger = ledger();
    let good = generate::cards(&SHARED.1, CardKind::Normal, TODAY, 2).unwrap();
    let lost = generate::cards(&SHARED.1, CardKind::Lost, TODAY, 1).unwrap();
    let (mine, other) = (&good[0], &good[1]);
    let card = |number: &CardNo, id: Option<&IdNumber>| Credential::Card {
        number: number.clone(),
        id_number: id.cloned(),
    };
    let unknown_card = CardNo::new("Z99999999");
    let unknown_id = IdNumber::parse("11010519491231002X").unwrap();
    for (credential, expected) in [
        (card(&mine.number, Some(&mine.id_number)), Ok(&mine.name)),
        // A version 3.00 card gives only its number.
        (card(&mine.number, None), Ok(&mine.name)),
        (card(&mine.number, Some(&other.id_number)), Err(LedgerError::CredentialMismatch)),
        (card(&mine.number, Some(&unknown_id)), Err(LedgerError::CredentialMismatch)),
        // The owner has another card by now.
        (card(&unknown_card, Some(&mine.id_number)), Err(LedgerError::CredentialMismatch)),
        (card(&unknown_card, Some(&unknown_id)), Err(LedgerError::UnknownPerson)),
        (card(&unknown_card, None), Err(LedgerError::UnknownPerson)),
        (card(&lost[0].number, None), Err(LedgerError::CardReportedLost)),
        (card(&lost[0].number, Some(&lost[0].id_number)), Err(LedgerError::CardReportedLost)),
    ] {
        let found = ledger.identify(&credential);
        assert_eq!(
            found.as_ref().map(|insured| &insured.name),
            expected.as_ref().map(|name| *name)
        );
    }
    let nobody = PersonNo::new("nobody");
    assert_eq!(ledger.overview(&nobody, TODAY), Err(LedgerError::UnknownPerson));
}

#[test]
fn an_old_document_number_finds_the_person() {
    let (_dir, path) = own_ledger();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute("UPDATE person SET certno = '11010519491231002X' WHERE id = 1", []).unwrap();
    let card = generate::showcase(&path).unwrap();
    let old = IdNumber::parse("110105491231002").unwrap();
    let credential = Credential::Card { number: card.number, id_number: Some(old) };
    assert!(EmbeddedLedger::open(&path).unwrap().identify(&credential).is_ok());
}

#[test]
fn a_document_of_a_person_whose_card_is_lost_still_works() {
    let lost = generate::cards(&SHARED.1, CardKind::Lost, TODAY, 1).unwrap().remove(0);
    let mut ledger = ledger();
    assert_eq!(ledger.identify(&credential(&lost)), Err(LedgerError::CardReportedLost));
    let found = ledger.identify(&Credential::IdNumber(lost.id_number.clone())).unwrap();
    assert_eq!(found.name, lost.name);
}
