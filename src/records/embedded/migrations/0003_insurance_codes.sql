-- One-time 医保码: what a patron's phone shows for a while.

-- Keys of this ledger, made at the first need.
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL CHECK (length(value) = 32)
) STRICT, WITHOUT ROWID;

-- Of a code only its keyed digest is kept. Times are seconds since 1970 in UTC.
CREATE TABLE insurance_code (
    digest  BLOB PRIMARY KEY CHECK (length(digest) = 32),
    person  INTEGER NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX insurance_code_by_age ON insurance_code (made_at);
