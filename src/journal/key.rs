//! The key of the journal's digests and seals: a file of its own, never in the database.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::JournalError;
use super::number::random;

/// Bytes of a key; its file holds twice as many hexadecimal digits.
const KEY_BYTES: usize = 32;
/// Most bytes of a key file that are looked at: the digits and a line end.
const FILE_BYTES_MAX: u64 = 80;
/// A key file that is made can be read by its owner only.
const FILE_MODE: u32 = 0o600;
/// Permissions that others must not have on a key file.
const OTHERS: u32 = 0o007;

/// The secret from which digests and seals are made.
#[derive(Clone)]
pub struct DigestKey(Zeroizing<[u8; KEY_BYTES]>);

impl core::fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("DigestKey(…)")
    }
}

impl DigestKey {
    /// The key itself.
    pub fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Begins an HMAC-SHA-256 (RFC 2104) for one use of the key; the word keeps the uses apart.
    pub fn mac(&self, word: &str) -> Hmac<Sha256> {
        let mut block = Zeroizing::new([0; 64]);
        for (to, from) in block.iter_mut().zip(self.0.iter()) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha256> as hmac::digest::KeyInit>::new((&*block).into());
        mac.update(word.as_bytes());
        mac.update(&[0]);
        mac
    }

    /// A word by which a journal knows its key again.
    pub fn check(&self) -> [u8; 32] {
        self.mac("gongji journal key").finalize().into_bytes().into()
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// [`JournalError::KeyMissing`] when there is none; [`JournalError::KeyFile`] when it cannot be
    /// read, is no key, or others may read it.
    pub fn read(path: &Path) -> Result<Self, JournalError> {
        use std::io::Read;
        let wrong = |why: String| JournalError::KeyFile(path.to_owned(), why);
        let file = File::open(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => JournalError::KeyMissing(path.to_owned()),
            _ => wrong(format!("cannot be read ({error}); let the kiosk's user read it")),
        })?;
        let meta = file.metadata().map_err(|error| wrong(format!("cannot be read ({error})")))?;
        if meta.permissions().mode() & OTHERS != 0 {
            return Err(wrong("is open to every user; take that away with `chmod 600`".into()));
        }
        let mut text = Zeroizing::new(String::new());
        let no_key = "holds no key; it takes 64 hexadecimal digits";
        file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(|_| wrong(no_key.into()))?;
        parse(text.trim()).map(Self).ok_or_else(|| wrong(no_key.into()))
    }

    /// Makes a key file that only its owner can read, and has it on the disk before it returns.
    ///
    /// # Errors
    /// [`JournalError::KeyFile`], [`JournalError::Random`].
    fn make(path: &Path, from: Option<[u8; KEY_BYTES]>) -> Result<Self, JournalError> {
        let key = Zeroizing::new(match from {
            Some(key) => key,
            None => random::<KEY_BYTES>()?,
        });
        let mut digits = Zeroizing::new(hex(&*key));
        digits.push('\n');
        write_new(path, digits.as_bytes()).map_err(|error| {
            let why = format!("cannot be made ({error}); check that its folder is writable");
            JournalError::KeyFile(path.to_owned(), why)
        })?;
        Ok(Self(key))
    }
}

/// Where a journal's key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    path: PathBuf,
    /// Nobody has chosen the place: the kiosk may make the file.
    own: bool,
}

impl KeyPlace {
    /// The file that was configured, else `journal.key` beside `journal.db`.
    pub fn of(db: &Path, configured: Option<&Path>) -> Self {
        match configured {
            Some(path) => Self { path: path.to_owned(), own: false },
            None => Self { path: db.with_extension("key"), own: true },
        }
    }

    /// The key of a journal that has one already.
    ///
    /// # Errors
    /// As [`DigestKey::read`].
    pub fn read(&self) -> Result<DigestKey, JournalError> {
        DigestKey::read(&self.path)
    }

    /// The key of a journal that has none yet: it is read, or made in the usual place, there of
    /// `earlier`, the key that older versions kept in the database.
    ///
    /// # Errors
    /// As [`DigestKey::read`], and when the file cannot be made.
    pub fn read_or_make(&self, earlier: Option<[u8; 32]>) -> Result<DigestKey, JournalError> {
        match DigestKey::read(&self.path) {
            Err(JournalError::KeyMissing(_)) if self.own => DigestKey::make(&self.path, earlier),
            Err(JournalError::KeyMissing(path)) => Err(JournalError::KeyFile(
                path,
                "is not there; make it with `openssl rand -hex 32`, readable by the kiosk only"
                    .into(),
            )),
            other => other,
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use core::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn parse(text: &str) -> Option<Zeroizing<[u8; KEY_BYTES]>> {
    if text.len() != KEY_BYTES * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    for (byte, at) in key.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(key)
}

/// Writes a file that does not exist yet, whole or not at all, down to the disk.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let half = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(FILE_MODE);
    let mut file = options.open(&half)?;
    file.set_permissions(std::fs::Permissions::from_mode(FILE_MODE))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&half, path)?;
    sync_folder(path)
}

/// Makes a new name in a folder last.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
