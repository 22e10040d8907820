-- 配偶父母 as a ninth relation: three tables are made anew with a wider check. `foreign_keys` does not
-- stand in the way, as no table refers to these.
CREATE TABLE authorisation_9 (
    donor            INTEGER NOT NULL REFERENCES person (id),
    beneficiary      INTEGER NOT NULL REFERENCES person (id),
    relation         INTEGER NOT NULL CHECK (relation BETWEEN 1 AND 9),
    since            INTEGER NOT NULL CHECK (since BETWEEN 19000101 AND 99991231),
    until            INTEGER CHECK (until >= since),
    annual_limit_fen INTEGER CHECK (annual_limit_fen > 0),
    slot             INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 9),
    PRIMARY KEY (donor, beneficiary, since),
    CHECK (donor <> beneficiary)
) STRICT, WITHOUT ROWID;
INSERT INTO authorisation_9 SELECT
    donor, beneficiary, relation, since, until, annual_limit_fen, slot FROM authorisation;
DROP TABLE authorisation;
ALTER TABLE authorisation_9 RENAME TO authorisation;
CREATE INDEX authorisation_of_beneficiary ON authorisation (beneficiary, slot);

CREATE TABLE movement_9 (
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
    relation           INTEGER CHECK (relation BETWEEN 1 AND 9),
    settlement         INTEGER REFERENCES settlement (id),
    PRIMARY KEY (owner, serial),
    CHECK ((relative IS NULL) = (relation IS NULL)),
    CHECK (relative IS NOT NULL OR kind NOT IN (4, 7)),
    CHECK (relative <> owner),
    CHECK (CASE WHEN kind IN (3, 4, 5) THEN amount_fen < 0
                WHEN kind IN (1, 2, 6, 7, 8) THEN amount_fen > 0
                ELSE 1 END)
) STRICT, WITHOUT ROWID;
INSERT INTO movement_9 SELECT
    owner, serial, day, kind, amount_fen, balance_after_fen, this_year_fen, place,
    relative, relation, settlement FROM movement;
-- Its indexes and its trigger go with it.
DROP TABLE movement;
ALTER TABLE movement_9 RENAME TO movement;
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

CREATE TABLE premium_9 (
    id           INTEGER PRIMARY KEY,
    payer        INTEGER NOT NULL REFERENCES person (id),
    insured      INTEGER NOT NULL REFERENCES person (id),
    relation     INTEGER CHECK (relation BETWEEN 1 AND 9),
    insured_year INTEGER NOT NULL CHECK (insured_year BETWEEN 1900 AND 9999),
    paid_on      INTEGER NOT NULL CHECK (paid_on BETWEEN 19000101 AND 99991231),
    amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
    status       INTEGER NOT NULL CHECK (status IN (1, 2, 3)),
    CHECK ((payer = insured) = (relation IS NULL))
) STRICT;
INSERT INTO premium_9 SELECT
    id, payer, insured, relation, insured_year, paid_on, amount_fen, status FROM premium;
DROP TABLE premium;
ALTER TABLE premium_9 RENAME TO premium;
CREATE INDEX premium_by_payer ON premium (payer, paid_on, id);
-- Nobody pays twice for the same person and year.
CREATE UNIQUE INDEX premium_once ON premium (insured, insured_year) WHERE status <> 3;
