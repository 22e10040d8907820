-- The family account: who may use whose money and how far that is, the order in which accounts are
-- drawn, and money set aside. Money is in fen (1/100 yuan), days are yyyymmdd.

-- 组建: nobody is bound before it.
CREATE TABLE family_account (
    person        INTEGER PRIMARY KEY REFERENCES person (id),
    opened_on     INTEGER NOT NULL CHECK (opened_on BETWEEN 19000101 AND 99991231),
    acceptance_no TEXT UNIQUE
) STRICT;
INSERT INTO family_account (person, opened_on)
    SELECT donor, min(since) FROM authorisation GROUP BY donor;

-- Every authorisation that is or was. state: 1 invited, 2 bound, 3 declined or run out
-- before it was accepted, 4 released or taken back, 5 ended by its last day. money: 1 stays with the donor, 2 common account, 3 quota. agreement: how
-- the relative agreed: 1 not needed, 2 joins alone, 3 given at the kiosk, 4 awaited (invited).
CREATE TABLE authorisation_5 (
    id               INTEGER PRIMARY KEY,
    donor            INTEGER NOT NULL REFERENCES person (id),
    beneficiary      INTEGER NOT NULL REFERENCES person (id),
    relation         INTEGER NOT NULL CHECK (relation BETWEEN 1 AND 9),
    since            INTEGER NOT NULL CHECK (since BETWEEN 19000101 AND 99991231),
    until            INTEGER CHECK (until >= since),
    annual_limit_fen INTEGER CHECK (annual_limit_fen > 0),
    -- 第一顺位 is 1; above 9 only while an order is changed.
    slot             INTEGER CHECK (slot BETWEEN 1 AND 19),
    -- The most donors that may have a place with the beneficiary.
    slots            INTEGER NOT NULL DEFAULT 9 CHECK (slots BETWEEN 1 AND 9),
    state            INTEGER NOT NULL DEFAULT 2 CHECK (state BETWEEN 1 AND 5),
    -- The day of the binding or of the invitation, and the day it came to its end.
    asked_on         INTEGER NOT NULL CHECK (asked_on BETWEEN 19000101 AND 99991231),
    closed_on        INTEGER CHECK (closed_on BETWEEN 19000101 AND 99991231),
    money            INTEGER NOT NULL DEFAULT 1 CHECK (money BETWEEN 1 AND 3),
    agreement        INTEGER NOT NULL DEFAULT 1 CHECK (agreement BETWEEN 1 AND 4),
    region           TEXT CHECK (length(region) = 6),
    acceptance_no    TEXT UNIQUE,
    entered_card     TEXT,
    entered_place    TEXT,
    entered_employer TEXT,
    entered_phone    TEXT,
    CHECK (donor <> beneficiary),
    CHECK ((state = 2) = (slot IS NOT NULL)),
    CHECK ((state IN (1, 2)) = (closed_on IS NULL))
) STRICT;
-- Of a pair the latest holds, if its last day has not passed; places are numbered without a gap.
INSERT INTO authorisation_5 (donor, beneficiary, relation, since, until, annual_limit_fen, slot,
        state, asked_on, closed_on)
    SELECT donor, beneficiary, relation, since, until, annual_limit_fen,
        iif(holds, row_number() OVER (PARTITION BY beneficiary, holds ORDER BY slot, since, donor),
            NULL),
        iif(holds, 2, 5), since,
        iif(holds, NULL, coalesce(until, since))
    FROM (SELECT *, (until IS NULL OR until >= strftime('%Y%m%d', 'now', 'localtime') + 0)
            AND since = max(since) OVER (PARTITION BY donor, beneficiary) AS holds
        FROM authorisation)
    ORDER BY since, donor, beneficiary;
DROP TABLE authorisation;
ALTER TABLE authorisation_5 RENAME TO authorisation;
-- No pair twice, and no place twice.
CREATE UNIQUE INDEX authorisation_pair ON authorisation (donor, beneficiary) WHERE state IN (1, 2);
CREATE UNIQUE INDEX authorisation_place ON authorisation (beneficiary, slot) WHERE state = 2;
CREATE INDEX authorisation_of_donor ON authorisation (donor, since, id);
CREATE INDEX authorisation_of_beneficiary ON authorisation (beneficiary, state);
CREATE INDEX authorisation_by_end ON authorisation (until) WHERE state IN (1, 2);

-- Where one's own account stands among the donors', for those who have set it.
CREATE TABLE own_place (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    slot   INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 10)
) STRICT;
CREATE TRIGGER own_place_is_free BEFORE INSERT ON own_place
WHEN EXISTS (SELECT 1 FROM authorisation
    WHERE beneficiary = NEW.person AND slot = NEW.slot AND state = 2)
BEGIN
    SELECT RAISE(ABORT, 'a donor has this place');
END;
CREATE TRIGGER own_place_stays BEFORE UPDATE ON own_place
BEGIN
    SELECT RAISE(ABORT, 'take the place away and give another');
END;
CREATE TRIGGER authorisation_place_is_free BEFORE INSERT ON authorisation
WHEN EXISTS (SELECT 1 FROM own_place WHERE person = NEW.beneficiary AND slot = NEW.slot)
BEGIN
    SELECT RAISE(ABORT, 'the own account has this place');
END;
CREATE TRIGGER authorisation_place_stays_free BEFORE UPDATE OF slot ON authorisation
WHEN EXISTS (SELECT 1 FROM own_place WHERE person = NEW.beneficiary AND slot = NEW.slot)
BEGIN
    SELECT RAISE(ABORT, 'the own account has this place');
END;
-- What has come to its end stays there; a relative comes back by a new authorisation.
CREATE TRIGGER authorisation_ends_once BEFORE UPDATE OF state ON authorisation
WHEN OLD.state > 2 OR (OLD.state = 2 AND NEW.state = 1)
BEGIN
    SELECT RAISE(ABORT, 'this authorisation has ended');
END;

-- Money set aside from a personal account: the common account of a family (划拨; no authorisation),
-- or an amount locked for one relative. Only movements change it: see the triggers below.
CREATE TABLE reserve (
    id            INTEGER PRIMARY KEY,
    owner         INTEGER NOT NULL REFERENCES person (id),
    authorisation INTEGER UNIQUE REFERENCES authorisation (id),
    balance_fen   INTEGER NOT NULL DEFAULT 0 CHECK (balance_fen >= 0)
) STRICT;
CREATE UNIQUE INDEX reserve_common ON reserve (owner) WHERE authorisation IS NULL;

-- Movements with four more kinds: 10 into the common account, 11 back from it, 12 locked for a
-- relative, 13 back from the lock. Each row is one entry of double-entry book-keeping: its amount
-- goes into the owner's account and out of the other one, which kind, place and reserve name.
CREATE TABLE movement_5 (
    owner              INTEGER NOT NULL REFERENCES person (id),
    serial             INTEGER NOT NULL CHECK (serial >= 1),
    day                INTEGER NOT NULL CHECK (day BETWEEN 19000101 AND 99991231),
    kind               INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 13),
    amount_fen         INTEGER NOT NULL CHECK (amount_fen <> 0),
    balance_after_fen  INTEGER NOT NULL CHECK (balance_after_fen >= 0),
    -- The part of balance_after_fen that came in during the year of `day` (当年).
    this_year_fen      INTEGER NOT NULL CHECK (this_year_fen BETWEEN 0 AND balance_after_fen),
    place              INTEGER NOT NULL REFERENCES place (id),
    relative           INTEGER REFERENCES person (id),
    relation           INTEGER CHECK (relation BETWEEN 1 AND 9),
    settlement         INTEGER REFERENCES settlement (id),
    reserve            INTEGER REFERENCES reserve (id),
    PRIMARY KEY (owner, serial),
    CHECK ((relative IS NULL) = (relation IS NULL)),
    CHECK (relative IS NOT NULL OR kind NOT IN (4, 7)),
    CHECK (relative <> owner),
    CHECK ((reserve IS NULL) = (kind <= 9)),
    CHECK (CASE WHEN kind IN (3, 4, 5, 10, 12) THEN amount_fen < 0
                WHEN kind IN (1, 2, 6, 7, 8, 11, 13) THEN amount_fen > 0
                ELSE 1 END)
) STRICT, WITHOUT ROWID;
INSERT INTO movement_5 SELECT
    owner, serial, day, kind, amount_fen, balance_after_fen, this_year_fen, place,
    relative, relation, settlement, NULL FROM movement;
-- Its indexes and its trigger go with it.
DROP TABLE movement;
ALTER TABLE movement_5 RENAME TO movement;
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
CREATE TRIGGER movement_stays BEFORE UPDATE ON movement
BEGIN
    SELECT RAISE(ABORT, 'a movement never changes; book another one');
END;
-- Only an account that is derived from imports is ever written anew.
CREATE TRIGGER movement_is_kept BEFORE DELETE ON movement
WHEN NOT EXISTS (SELECT 1 FROM imported_account WHERE person = OLD.owner)
BEGIN
    SELECT RAISE(ABORT, 'a movement never goes; book another one');
END;
-- The other side of what is set aside moves with it, in the same step.
CREATE TRIGGER movement_into_reserve AFTER INSERT ON movement
WHEN NEW.reserve IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the money set aside is another one''s')
    WHERE NOT EXISTS (SELECT 1 FROM reserve WHERE id = NEW.reserve AND owner = NEW.owner
        AND (authorisation IS NULL) = (NEW.kind IN (10, 11)));
    UPDATE reserve SET balance_fen = balance_fen - NEW.amount_fen WHERE id = NEW.reserve;
END;
-- What is set aside is the sum of its movements, whoever writes it.
CREATE TRIGGER reserve_moves_by_movements BEFORE UPDATE OF balance_fen ON reserve
WHEN NEW.balance_fen <> (SELECT -coalesce(sum(amount_fen), 0) FROM movement
    WHERE owner = NEW.owner AND reserve = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'money set aside is not the sum of its movements');
END;
CREATE TRIGGER reserve_begins_empty BEFORE INSERT ON reserve WHEN NEW.balance_fen <> 0
BEGIN
    SELECT RAISE(ABORT, 'money is set aside by a movement');
END;
CREATE TRIGGER reserve_stays BEFORE DELETE ON reserve
BEGIN
    SELECT RAISE(ABORT, 'what was set aside is kept on record');
END;
CREATE INDEX movement_by_day ON movement (owner, day, serial);
CREATE INDEX movement_family_use ON movement (owner, day, serial, relative, relation, amount_fen)
    WHERE kind IN (4, 7);
CREATE INDEX movement_of_reserve ON movement (owner, reserve, amount_fen) WHERE reserve IS NOT NULL;

-- Both legs of every entry. An account outside the ledger (an institution, the fund, the tax office)
-- has the sum of its legs as its balance.
CREATE VIEW posting (owner, serial, account, amount_fen) AS
    SELECT owner, serial, 'personal:' || owner, amount_fen FROM movement
    UNION ALL
    SELECT owner, serial, CASE
        WHEN kind IN (1, 2) THEN 'fund'
        WHEN kind IN (3, 4, 6, 7) THEN 'institution:' || place
        WHEN kind IN (5, 8) THEN 'tax_office'
        WHEN kind = 9 THEN 'carried_over'
        ELSE 'reserve:' || reserve END, -amount_fen FROM movement;
