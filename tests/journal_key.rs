//! The journal's key: a file of its own, without which the journal is not used.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/writes.rs"]
mod writes;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use gongji_kiosk::journal::{DigestKey, Journal, JournalError, JournalOptions, KeyPlace, verify};
use writes::{NOW, confirmed, limit};

const KEY: &str = "00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0";

fn db(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("journal.db")
}

fn open(path: &Path) -> Result<Journal, JournalError> {
    Journal::open(&JournalOptions::new(path, "XH03"), NOW)
}

fn write_key(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn a_new_journal_gets_a_key_that_only_its_owner_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = db(&folder);
    let bytes = *open(&path).unwrap().digest_key();
    let file = path.with_extension("key");
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.len(), 65);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(*DigestKey::read(&file).unwrap().bytes(), bytes);
    assert_eq!(*open(&path).unwrap().digest_key(), bytes, "it stays");
    let other = tempfile::tempdir().unwrap();
    assert_ne!(*open(&db(&other)).unwrap().digest_key(), bytes);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap().path();
        if entry != file {
            let stored = std::fs::read(&entry).unwrap();
            assert!(!stored.windows(32).any(|w| w == bytes), "{} has it", entry.display());
        }
    }
}

#[test]
fn a_journal_whose_key_is_gone_or_wrong_is_refused_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = db(&folder);
    let key = path.with_extension("key");
    let mut journal = open(&path).unwrap();
    let id = journal.begin_operation(&limit(1), NOW).unwrap().id;
    drop(journal);
    let right = std::fs::read_to_string(&key).unwrap();
    let said = || open(&path).unwrap_err().to_string();

    std::fs::remove_file(&key).unwrap();
    assert!(said().contains("journal.key, which is gone; put it back"), "{}", said());
    assert!(!key.exists(), "no other key is made in its place");

    write_key(&key, KEY);
    assert!(said().contains("the key is not that of the journal"), "{}", said());
    let wrong = DigestKey::read(&key).unwrap();
    assert!(matches!(verify(&path, Some(&wrong)), Err(JournalError::KeyWrong(_))));

    for garbage in ["", "key", &KEY[1..], &format!("{KEY}0"), &KEY.replace('0', "g")] {
        write_key(&key, garbage);
        assert!(said().contains("takes 64 hexadecimal digits"), "{garbage}: {}", said());
    }
    std::fs::write(&key, [0xFF; 64]).unwrap();
    assert!(said().contains("takes 64 hexadecimal digits"), "{}", said());

    write_key(&key, &right);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(
        said().contains("is open to every user; take that away with `chmod 600`"),
        "{}",
        said()
    );
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(open(&path).unwrap().open_operations().unwrap()[0].id, id);
    assert!(!said_anywhere(&path).contains(right.trim()));
}

fn said_anywhere(path: &Path) -> String {
    let journal = open(path).unwrap();
    format!("{journal:?} {:?}", DigestKey::read(&path.with_extension("key")))
}

#[test]
fn a_key_with_a_place_of_its_own_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = db(&folder);
    let key = folder.path().join("secret.hex");
    let options = JournalOptions { key: Some(key.clone()), ..JournalOptions::new(&path, "XH03") };
    let error = Journal::open(&options, NOW).unwrap_err().to_string();
    assert!(error.contains("secret.hex is not there; make it with `openssl"), "{error}");
    write_key(&key, &format!("{}\r\n", KEY.to_uppercase()));
    drop(Journal::open(&options, NOW).unwrap());
    assert!(!path.with_extension("key").exists());
    let place = KeyPlace::of(&path, Some(&key));
    assert!(verify(&path, Some(&place.read().unwrap())).unwrap().sealed);
    let error = open(&path).unwrap_err().to_string();
    assert!(error.contains("journal.key, which is gone"), "{error}");
}

/// Versions 1 and 2 kept the key in a table.
fn as_version_two(path: &Path, key: &[u8; 32]) {
    let database = rusqlite::Connection::open(path).unwrap();
    database
        .execute_batch(
            "DROP TABLE open_operation; DROP TABLE chain; DROP TABLE chain_end;
             DELETE FROM secret; PRAGMA user_version = 2",
        )
        .unwrap();
    let sql = "INSERT INTO secret (name, value) VALUES ('digest', ?1)";
    database.execute(sql, [key.as_slice()]).unwrap();
    drop(database);
    std::fs::remove_file(path.with_extension("key")).unwrap();
}

#[test]
fn the_key_of_an_earlier_version_moves_from_its_table_to_a_file() {
    let earlier = [0xA7; 32];
    for key_is_there in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let path = db(&folder);
        drop(open(&path).unwrap());
        as_version_two(&path, &earlier);
        assert!(matches!(verify(&path, None), Err(JournalError::NoChain(_))));
        if key_is_there {
            write_key(&path.with_extension("key"), KEY);
        }
        let mut journal = open(&path).unwrap();
        assert_eq!(*journal.digest_key() == earlier, !key_is_there);
        let id = journal.begin_operation(&limit(1), NOW).unwrap().id;
        journal.settle_operation(id, &confirmed("A1"), NOW).unwrap();
        drop(journal);
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(32).any(|w| w == earlier), "it stays in no page");
        let key = DigestKey::read(&path.with_extension("key")).unwrap();
        assert_eq!(verify(&path, Some(&key)).unwrap().confirmed, 1);
        drop(open(&path).unwrap());
    }
}
