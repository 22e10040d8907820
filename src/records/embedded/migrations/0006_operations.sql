-- What kiosks write, each once; premiums that are asked; query passwords.

-- The first outcome of every operation id. outcome: 1 confirmed, 2 refused. An id that was asked
-- for before it arrived is here as refused ('voided'), without a kind or a person.
CREATE TABLE operation (
    id                BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind              TEXT,
    person            INTEGER REFERENCES person (id),
    -- When the person said so, by the hall's clock, and the region whose rules allowed it.
    asked_at          TEXT CHECK (length(asked_at) = 19),
    region            TEXT,
    factor            TEXT CHECK (factor IN ('card_pin', 'query_password')),
    outcome           INTEGER NOT NULL CHECK (outcome IN (1, 2)),
    refusal           TEXT,
    acceptance_no     TEXT UNIQUE CHECK (length(acceptance_no) = 16),
    accepted_at       TEXT CHECK (length(accepted_at) = 19),
    balance_after_fen INTEGER CHECK (balance_after_fen >= 0),
    pending           INTEGER CHECK (pending IN (0, 1)),
    signature         BLOB CHECK (length(signature) = 32),
    CHECK ((outcome = 1) = (refusal IS NULL)),
    CHECK ((outcome = 1) = (acceptance_no IS NOT NULL)),
    CHECK ((outcome = 1) = (accepted_at IS NOT NULL)),
    CHECK ((outcome = 1) = (pending IS NOT NULL)),
    CHECK (outcome = 1 OR balance_after_fen IS NULL)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
BEGIN
    SELECT RAISE(ABORT, 'the first outcome stays');
END;
CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation
BEGIN
    SELECT RAISE(ABORT, 'an outcome is kept');
END;

-- What was read and accepted for an operation, in the order in which it was read.
CREATE TABLE consent (
    operation   BLOB NOT NULL REFERENCES operation (id),
    position    INTEGER NOT NULL CHECK (position >= 1),
    title       TEXT NOT NULL,
    version     TEXT NOT NULL,
    digest      TEXT NOT NULL,
    accepted_at TEXT NOT NULL CHECK (length(accepted_at) = 19),
    PRIMARY KEY (operation, position)
) STRICT, WITHOUT ROWID;

-- What the tax office asks of a person for a year (应缴记录).
CREATE TABLE premium_due (
    id           INTEGER PRIMARY KEY,
    insured      INTEGER NOT NULL REFERENCES person (id),
    insured_year INTEGER NOT NULL CHECK (insured_year BETWEEN 1900 AND 9999),
    amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
    person_group TEXT NOT NULL,
    assistance   TEXT,
    UNIQUE (insured, insured_year)
) STRICT;

-- Premiums paid by an operation: for which record, and by which movement.
CREATE TABLE premium_payment (
    premium   INTEGER PRIMARY KEY REFERENCES premium (id),
    due       INTEGER NOT NULL REFERENCES premium_due (id),
    operation BLOB NOT NULL UNIQUE REFERENCES operation (id) DEFERRABLE INITIALLY DEFERRED,
    owner     INTEGER NOT NULL,
    serial    INTEGER NOT NULL,
    UNIQUE (owner, serial),
    FOREIGN KEY (owner, serial) REFERENCES movement (owner, serial)
) STRICT;
-- What is asked is what is paid, by whom it is paid.
CREATE TRIGGER premium_payment_agrees BEFORE INSERT ON premium_payment
WHEN NOT EXISTS (SELECT 1 FROM premium AS p
    JOIN premium_due AS d ON d.id = NEW.due
    JOIN movement AS m ON m.owner = NEW.owner AND m.serial = NEW.serial
    WHERE p.id = NEW.premium AND p.payer = NEW.owner AND p.insured = d.insured
        AND p.insured_year = d.insured_year AND p.amount_fen = d.amount_fen
        AND m.kind = 5 AND m.amount_fen = -p.amount_fen AND m.relative = p.insured)
BEGIN
    SELECT RAISE(ABORT, 'the payment is not what is asked');
END;
-- What was given back stays so; the year can then be paid anew.
CREATE TRIGGER premium_ends_once BEFORE UPDATE OF status ON premium
WHEN OLD.status = 3 AND NEW.status <> 3
BEGIN
    SELECT RAISE(ABORT, 'this premium was given back');
END;
CREATE INDEX premium_pending ON premium (paid_on) WHERE status = 1;

-- Six-digit query passwords: PBKDF2-HMAC-SHA-256, never the password itself.
CREATE TABLE query_password (
    person     INTEGER PRIMARY KEY REFERENCES person (id),
    salt       BLOB NOT NULL CHECK (length(salt) = 16),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    rounds     INTEGER NOT NULL CHECK (rounds >= 1),
    tries_left INTEGER NOT NULL DEFAULT 5 CHECK (tries_left BETWEEN 0 AND 5)
) STRICT;

-- Of the word that a password was right only the digest is kept, for a few minutes. Times are
-- seconds since 1970 in UTC.
CREATE TABLE password_token (
    digest  BLOB PRIMARY KEY CHECK (length(digest) = 32),
    person  INTEGER NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX password_token_by_age ON password_token (made_at);
