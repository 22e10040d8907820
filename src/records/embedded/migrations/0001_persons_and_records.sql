-- Persons and what the ledger knows of them. Money is in fen (1/100 yuan), days are yyyymmdd.
CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    psn_no        TEXT NOT NULL UNIQUE CHECK (psn_no <> ''),
    psn_name      TEXT NOT NULL CHECK (psn_name <> ''),
    psn_cert_type TEXT NOT NULL,
    certno        TEXT NOT NULL UNIQUE CHECK (certno <> ''),
    gend          INTEGER NOT NULL CHECK (gend IN (1, 2)),
    naty          TEXT NOT NULL,
    brdy          INTEGER CHECK (brdy BETWEEN 18800101 AND 99991231)
) STRICT;

CREATE TABLE card (
    card_no TEXT PRIMARY KEY CHECK (card_no <> ''),
    person  INTEGER NOT NULL REFERENCES person (id),
    expires INTEGER CHECK (expires BETWEEN 19000101 AND 99991231),
    lost    INTEGER NOT NULL DEFAULT 0 CHECK (lost IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX card_of_person ON card (person);

CREATE TABLE insurance (
    person         INTEGER NOT NULL REFERENCES person (id),
    insutype       TEXT NOT NULL,
    psn_type       TEXT NOT NULL,
    psn_insu_stas  TEXT NOT NULL CHECK (psn_insu_stas IN ('0', '1', '2', '3')),
    psn_insu_date  INTEGER CHECK (psn_insu_date BETWEEN 19000101 AND 99991231),
    insuplc_admdvs TEXT NOT NULL CHECK (length(insuplc_admdvs) = 6),
    emp_name       TEXT NOT NULL,
    PRIMARY KEY (person, insutype)
) STRICT, WITHOUT ROWID;

-- Who may use whose account. A release sets the last day; the row stays, since old records name it.
CREATE TABLE authorisation (
    donor            INTEGER NOT NULL REFERENCES person (id),
    beneficiary      INTEGER NOT NULL REFERENCES person (id),
    relation         INTEGER NOT NULL CHECK (relation BETWEEN 1 AND 8),
    since            INTEGER NOT NULL CHECK (since BETWEEN 19000101 AND 99991231),
    until            INTEGER CHECK (until >= since),
    annual_limit_fen INTEGER CHECK (annual_limit_fen > 0),
    slot             INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 9),
    PRIMARY KEY (donor, beneficiary, since),
    CHECK (donor <> beneficiary)
) STRICT, WITHOUT ROWID;
CREATE INDEX authorisation_of_beneficiary ON authorisation (beneficiary, slot);

-- Institutions, employers, tax offices: named once.
CREATE TABLE place (
    id   INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    UNIQUE (code, name)
) STRICT;

-- Settled visits with the amounts of transaction 5203.
CREATE TABLE settlement (
    id                    INTEGER PRIMARY KEY,
    setl_id               TEXT NOT NULL UNIQUE CHECK (setl_id <> ''),
    mdtrt_id              TEXT NOT NULL,
    patient               INTEGER NOT NULL REFERENCES person (id),
    insutype              TEXT NOT NULL,
    psn_type              TEXT NOT NULL,
    place                 INTEGER NOT NULL REFERENCES place (id),
    med_type              TEXT NOT NULL,
    begndate              INTEGER CHECK (begndate BETWEEN 19000101 AND 99991231),
    enddate               INTEGER CHECK (enddate BETWEEN 19000101 AND 99991231),
    setl_time             TEXT NOT NULL CHECK (length(setl_time) = 19),
    medfee_sumamt         INTEGER NOT NULL,
    fulamt_ownpay_amt     INTEGER NOT NULL,
    overlmt_selfpay       INTEGER NOT NULL,
    preselfpay_amt        INTEGER NOT NULL,
    inscp_scp_amt         INTEGER NOT NULL,
    act_pay_dedc          INTEGER NOT NULL,
    hifp_pay              INTEGER NOT NULL,
    pool_prop_selfpay_1e4 INTEGER NOT NULL,
    cvlserv_pay           INTEGER NOT NULL,
    hifes_pay             INTEGER NOT NULL,
    hifmi_pay             INTEGER NOT NULL,
    hifob_pay             INTEGER NOT NULL,
    maf_pay               INTEGER NOT NULL,
    oth_pay               INTEGER NOT NULL,
    fund_pay_sumamt       INTEGER NOT NULL,
    psn_pay               INTEGER NOT NULL,
    acct_pay              INTEGER NOT NULL,
    cash_payamt           INTEGER NOT NULL,
    balc                  INTEGER,
    acct_mulaid_pay       INTEGER NOT NULL,
    refd_setl_flag        INTEGER NOT NULL CHECK (refd_setl_flag IN (0, 1)),
    -- 0: an identity of the interface does not hold for this row as it was delivered.
    identities_hold       INTEGER NOT NULL CHECK (identities_hold = (
        medfee_sumamt = fund_pay_sumamt + psn_pay
        AND psn_pay = acct_pay + cash_payamt
        AND abs(acct_mulaid_pay) <= abs(acct_pay)
        AND acct_mulaid_pay * acct_pay >= 0))
) STRICT;
CREATE INDEX settlement_of_patient ON settlement (patient, setl_time);

-- Movements of personal accounts. Each account counts its own rows from 1 in order of time, so that
-- a span of days is a span of serials and any page of it is found without a scan.
-- kind: 1 contribution, 2 interest, 3 own care, 4 family care, 5 premium, 6 own care refunded,
-- 7 family care refunded, 8 premium refunded, 9 adjustment.
CREATE TABLE movement (
    owner              INTEGER NOT NULL REFERENCES person (id),
    serial             INTEGER NOT NULL CHECK (serial >= 1),
    day                INTEGER NOT NULL CHECK (day BETWEEN 19000101 AND 99991231),
    kind               INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 9),
    amount_fen         INTEGER NOT NULL CHECK (amount_fen <> 0),
    balance_after_fen  INTEGER NOT NULL CHECK (balance_after_fen >= 0),
    -- The part of balance_after_fen that came in during the year of `day` (当年).
    this_year_fen      INTEGER NOT NULL CHECK (this_year_fen BETWEEN 0 AND balance_after_fen),
    place              INTEGER NOT NULL REFERENCES place (id),
    relative           INTEGER REFERENCES person (id),
    relation           INTEGER CHECK (relation BETWEEN 1 AND 8),
    settlement         INTEGER REFERENCES settlement (id),
    PRIMARY KEY (owner, serial),
    CHECK ((relative IS NULL) = (relation IS NULL)),
    CHECK (relative IS NOT NULL OR kind NOT IN (4, 7)),
    CHECK (relative <> owner),
    CHECK (CASE WHEN kind IN (3, 4, 5) THEN amount_fen < 0
                WHEN kind IN (1, 2, 6, 7, 8) THEN amount_fen > 0
                ELSE 1 END)
) STRICT, WITHOUT ROWID;
-- Serials without gaps, days that never go back, balances that add up: held here, for every writer.
CREATE TRIGGER movement_follows BEFORE INSERT ON movement
WHEN NOT (
    (NEW.serial = 1 AND NEW.balance_after_fen = NEW.amount_fen)
    OR EXISTS (
        SELECT 1 FROM movement AS earlier
        WHERE earlier.owner = NEW.owner AND earlier.serial = NEW.serial - 1
            AND earlier.day <= NEW.day
            AND earlier.balance_after_fen + NEW.amount_fen = NEW.balance_after_fen))
BEGIN
    SELECT RAISE(ABORT, 'a movement does not follow from the one before it');
END;
CREATE INDEX movement_by_day ON movement (owner, day, serial);
CREATE INDEX movement_family_use ON movement (owner, day, serial, relative, relation, amount_fen)
    WHERE kind IN (4, 7);

-- Premiums of the residents' insurance paid from an account (共济缴费).
-- status: 1 pending, 2 arrived, 3 refunded.
CREATE TABLE premium (
    id           INTEGER PRIMARY KEY,
    payer        INTEGER NOT NULL REFERENCES person (id),
    insured      INTEGER NOT NULL REFERENCES person (id),
    relation     INTEGER CHECK (relation BETWEEN 1 AND 8),
    insured_year INTEGER NOT NULL CHECK (insured_year BETWEEN 1900 AND 9999),
    paid_on      INTEGER NOT NULL CHECK (paid_on BETWEEN 19000101 AND 99991231),
    amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
    status       INTEGER NOT NULL CHECK (status IN (1, 2, 3)),
    CHECK ((payer = insured) = (relation IS NULL))
) STRICT;
CREATE INDEX premium_by_payer ON premium (payer, paid_on, id);
-- Nobody pays twice for the same person and year.
CREATE UNIQUE INDEX premium_once ON premium (insured, insured_year) WHERE status <> 3;
