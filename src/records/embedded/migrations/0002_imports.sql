-- What imports need beyond the records themselves.

-- Accounts whose movements are derived from imported settlements, and the balance last stated for
-- them. An account without a row here is kept by the ledger itself and never rewritten.
CREATE TABLE imported_account (
    person      INTEGER PRIMARY KEY REFERENCES person (id),
    stated_fen  INTEGER CHECK (stated_fen >= 0),
    stated_at   TEXT CHECK (length(stated_at) = 19),
    CHECK ((stated_fen IS NULL) = (stated_at IS NULL))
) STRICT;

-- 90100: what the tax office has booked for a person.
CREATE TABLE collection (
    person      INTEGER NOT NULL REFERENCES person (id),
    poolarea_no TEXT NOT NULL,
    insutype    TEXT NOT NULL,
    clct_type   TEXT NOT NULL,
    clct_flag   TEXT NOT NULL,
    accrym_begn INTEGER NOT NULL CHECK (accrym_begn BETWEEN 190001 AND 999912),
    accrym_end  INTEGER NOT NULL CHECK (accrym_end BETWEEN accrym_begn AND 999912),
    clct_time   TEXT,
    PRIMARY KEY (person, insutype, accrym_begn, accrym_end, clct_type, poolarea_no)
) STRICT, WITHOUT ROWID;

-- 1101 idetinfo: special identities of a person (低保对象 and the like).
CREATE TABLE identity (
    person        INTEGER NOT NULL REFERENCES person (id),
    psn_idet_type TEXT NOT NULL,
    begntime      TEXT NOT NULL,
    endtime       TEXT,
    PRIMARY KEY (person, psn_idet_type, begntime)
) STRICT, WITHOUT ROWID;
