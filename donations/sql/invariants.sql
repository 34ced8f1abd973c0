-- What must always hold of money. Each statement returns the rows that break its rule,
-- none when all is well; run by `aixin check`, after tests and after benchmarks.
-- Portable: PostgreSQL and SQLite. In the ledger debit is positive, so what a fund
-- received is negative: board + ledger = 0.
-- A reversal counts as the kind of entry that it takes back.
-- :'need_funds' and the like are codes and prefixes of the chart of accounts
-- (donations/chart.py), which psql takes as `-v need_funds=…`.

-- name: I1 every entry has at least two legs
SELECT e.id AS entry_id, e.key AS entry_key, COUNT(p.id) AS legs
FROM donations_entry e
LEFT JOIN donations_posting p ON p.entry_id = e.id
GROUP BY e.id, e.key
HAVING COUNT(p.id) < 2;

-- name: I1 every entry sums to zero in each currency
SELECT entry_id, currency, SUM(amount_minor) AS off_by
FROM donations_posting
GROUP BY entry_id, currency
HAVING SUM(amount_minor) <> 0;

-- name: I5 gifts collected are the gifts booked, for each purpose
SELECT need_id, campaign_id, SUM(minor) AS off_by
FROM (
    SELECT need_id, campaign_id, amount_minor AS minor
    FROM donations_donation
    WHERE status IN ('collected', 'refunded')
    UNION ALL
    SELECT e.need_id, e.campaign_id, p.amount_minor
    FROM donations_entry e
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id AND a.kind = 'fund'
    WHERE e.kind = 'gift'
) both_sides
GROUP BY need_id, campaign_id
HAVING SUM(minor) <> 0;

-- name: I5 every collected gift has one succeeded payment
SELECT d.code AS donation, COUNT(p.id) AS payments
FROM donations_donation d
LEFT JOIN donations_payment p ON p.donation_id = d.id AND p.status = 'succeeded'
WHERE d.status IN ('collected', 'refunded') AND d.source = 'online'
GROUP BY d.code
HAVING COUNT(p.id) <> 1;

-- name: I5 a charge collects one gift and is booked under it
SELECT p.charge_id, d.code AS donation
FROM donations_payment p
JOIN donations_donation d ON d.id = p.donation_id
LEFT JOIN donations_entry e ON e.key = p.provider || ':' || p.charge_id || ':collected'
LEFT JOIN donations_posting l ON l.entry_id = e.id AND l.amount_minor = d.amount_minor
WHERE p.status = 'succeeded' AND d.source = 'online' AND l.id IS NULL;

-- name: I6 a gift's match is what its reservations captured
SELECT d.code AS donation, d.matched_minor, COALESCE(SUM(r.amount_minor), 0) AS captured_minor
FROM donations_donation d
LEFT JOIN matching_matchreservation r ON r.reference = d.code AND r.state = 'captured'
GROUP BY d.id, d.code, d.matched_minor
HAVING d.matched_minor <> COALESCE(SUM(r.amount_minor), 0);

-- name: I6 match captured is match booked, for each fund
SELECT fund_code, SUM(minor) AS off_by
FROM (
    SELECT f.code AS fund_code, r.amount_minor - r.reversed_minor AS minor
    FROM matching_matchreservation r
    JOIN matching_matchfund f ON f.id = r.fund_id
    WHERE r.state = 'captured'
    UNION ALL
    SELECT SUBSTR(a.code, LENGTH(:'match_funds') + 1), -p.amount_minor
    FROM donations_entry e
    LEFT JOIN donations_entry taken_back ON taken_back.id = e.reverses_id
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id AND a.code LIKE :'match_funds' || '%'
    WHERE COALESCE(taken_back.kind, e.kind) IN ('match', 'match_reversal')
) both_sides
GROUP BY fund_code
HAVING SUM(minor) <> 0;

-- name: I7 the board is the ledger, for each campaign and township
SELECT campaign_id, township_code, SUM(cash) AS cash_off, SUM(matched) AS matched_off,
    SUM(goods) AS goods_off
FROM (
    SELECT campaign_id, township_code, cash_minor AS cash, matched_minor AS matched,
        goods_minor AS goods
    FROM donations_tallycounter
    UNION ALL
    SELECT campaign_id, township_code, cash_minor, matched_minor, goods_minor
    FROM donations_tallydelta
    WHERE folded_at IS NULL
    UNION ALL
    SELECT e.campaign_id, e.township_code,
        CASE WHEN a.kind = 'fund' AND COALESCE(taken_back.kind, e.kind) IN ('gift', 'refund', 'chargeback')
            THEN p.amount_minor ELSE 0 END,
        CASE WHEN a.kind = 'fund'
                AND COALESCE(taken_back.kind, e.kind) IN ('match', 'match_reversal')
            THEN p.amount_minor ELSE 0 END,
        CASE WHEN a.kind = 'goods_fund' AND COALESCE(taken_back.kind, e.kind) = 'goods'
            THEN p.amount_minor ELSE 0 END
    FROM donations_entry e
    LEFT JOIN donations_entry taken_back ON taken_back.id = e.reverses_id
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id
    WHERE e.campaign_id IS NOT NULL
) both_sides
GROUP BY campaign_id, township_code
HAVING SUM(cash) <> 0 OR SUM(matched) <> 0 OR SUM(goods) <> 0;

-- name: I7 the counters are the changes folded into them
SELECT campaign_id, township_code, SUM(gifts) AS gifts_off, SUM(cash) AS cash_off
FROM (
    SELECT campaign_id, township_code, gifts, cash_minor AS cash
    FROM donations_tallycounter
    UNION ALL
    SELECT campaign_id, township_code, -gifts, -cash_minor
    FROM donations_tallydelta
    WHERE folded_at IS NOT NULL
) both_sides
GROUP BY campaign_id, township_code
HAVING SUM(gifts) <> 0 OR SUM(cash) <> 0;

-- name: I7 every donor is counted once
SELECT campaign_id, township_code, SUM(donors) AS off_by
FROM (
    SELECT campaign_id, township_code, donors
    FROM donations_tallycounter
    UNION ALL
    SELECT campaign_id, township_code, -1
    FROM donations_campaigndonor
) both_sides
GROUP BY campaign_id, township_code
HAVING SUM(donors) <> 0;

-- name: I10 receipt numbers have no gap
SELECT r.year, COUNT(*) AS receipts, MIN(r.serial) AS lowest, MAX(r.serial) AS highest,
    MAX(c.last) AS counted
FROM donations_receipt r
LEFT JOIN donations_receiptcounter c ON c.year = r.year
GROUP BY r.year
HAVING MIN(r.serial) <> 1 OR MAX(r.serial) <> COUNT(*) OR COALESCE(MAX(c.last), 0) <> COUNT(*);

-- name: I10 a receipt stands for money that arrived
SELECT r.number, d.status
FROM donations_receipt r
JOIN donations_donation d ON d.id = r.donation_id
WHERE d.status NOT IN ('collected', 'refunded');

-- name: I11 no more went back than came
SELECT d.code AS donation, d.amount_minor, p.refunded_minor
FROM donations_payment p
JOIN donations_donation d ON d.id = p.donation_id
WHERE p.refunded_minor + p.lost_minor > d.amount_minor
    OR (p.refunded_minor + p.lost_minor > 0 AND p.status <> 'succeeded')
    OR p.returned_minor > p.refunded_minor;

-- name: I11 disputes lost are chargebacks booked, for each purpose
SELECT need_id, campaign_id, SUM(minor) AS off_by
FROM (
    SELECT d.need_id, d.campaign_id, x.covered_minor AS minor
    FROM donations_dispute x
    JOIN donations_payment p ON p.id = x.payment_id
    JOIN donations_donation d ON d.id = p.donation_id
    UNION ALL
    SELECT e.need_id, e.campaign_id, -p.amount_minor
    FROM donations_entry e
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id AND a.kind = 'fund'
    WHERE e.kind = 'chargeback'
) both_sides
GROUP BY need_id, campaign_id
HAVING SUM(minor) <> 0;

-- name: I11 what payers took back is what their disputes say
SELECT p.charge_id, p.lost_minor, COALESCE(SUM(x.amount_minor), 0) AS disputed_minor
FROM donations_payment p
LEFT JOIN donations_dispute x ON x.payment_id = p.id AND x.status = 'lost'
GROUP BY p.id, p.charge_id, p.lost_minor
HAVING p.lost_minor <> COALESCE(SUM(x.amount_minor), 0);

-- name: I11 refunds that came back are held for their donors
SELECT SUM(minor) AS off_by
FROM (
    SELECT returned_minor AS minor FROM donations_payment
    UNION ALL
    SELECT p.amount_minor
    FROM donations_entry e
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id AND a.code = :'returned'
    WHERE e.kind = 'refund_returned'
) both_sides
HAVING SUM(minor) <> 0;

-- name: I11 refunds recorded are refunds booked, for each purpose
SELECT need_id, campaign_id, SUM(minor) AS off_by
FROM (
    SELECT d.need_id, d.campaign_id, p.refunded_minor AS minor
    FROM donations_payment p
    JOIN donations_donation d ON d.id = p.donation_id
    UNION ALL
    SELECT e.need_id, e.campaign_id, -p.amount_minor
    FROM donations_entry e
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id AND a.kind = 'fund'
    WHERE e.kind = 'refund'
) both_sides
GROUP BY need_id, campaign_id
HAVING SUM(minor) <> 0;

-- name: I12 what arrived for a need is what its account received
SELECT need_code, SUM(minor) AS off_by
FROM (
    SELECT code AS need_code, collected_minor AS minor
    FROM matching_need
    UNION ALL
    SELECT SUBSTR(a.code, LENGTH(:'need_funds') + 1), p.amount_minor
    FROM donations_posting p
    JOIN donations_account a ON a.id = p.account_id AND a.code LIKE :'need_funds' || '%'
    JOIN donations_entry e ON e.id = p.entry_id
    LEFT JOIN donations_entry taken_back ON taken_back.id = e.reverses_id
    WHERE COALESCE(taken_back.kind, e.kind) <> 'disbursement'
) both_sides
GROUP BY need_code
HAVING SUM(minor) <> 0;

-- name: I12 what arrived for a pairing is what its account received
SELECT agreement_code, SUM(minor) AS off_by
FROM (
    SELECT a.code AS agreement_code, i.amount_minor AS minor
    FROM donations_instalment i
    JOIN matching_milestone m ON m.id = i.milestone_id
    JOIN matching_pairingagreement a ON a.id = m.agreement_id
    WHERE i.status = 'confirmed'
    UNION ALL
    SELECT SUBSTR(a.code, LENGTH(:'pairing_funds') + 1), p.amount_minor
    FROM donations_posting p
    JOIN donations_account a ON a.id = p.account_id AND a.code LIKE :'pairing_funds' || '%'
    JOIN donations_entry e ON e.id = p.entry_id
    LEFT JOIN donations_entry taken_back ON taken_back.id = e.reverses_id
    WHERE COALESCE(taken_back.kind, e.kind) <> 'disbursement'
) both_sides
GROUP BY agreement_code
HAVING SUM(minor) <> 0;

-- name: I12 goods confirmed are goods booked
SELECT campaign_id, SUM(minor) AS off_by
FROM (
    SELECT campaign_id, value_minor AS minor
    FROM donations_goodsgift
    WHERE status = 'confirmed'
    UNION ALL
    SELECT e.campaign_id, p.amount_minor
    FROM donations_posting p
    JOIN donations_account a ON a.id = p.account_id AND a.kind = 'goods_fund'
    JOIN donations_entry e ON e.id = p.entry_id
) both_sides
GROUP BY campaign_id
HAVING SUM(minor) <> 0;

-- name: I13 no fund paid out more than it holds
SELECT a.code AS account, p.currency, SUM(p.amount_minor) AS overdrawn_minor
FROM donations_posting p
JOIN donations_account a ON a.id = p.account_id AND a.kind IN ('fund', 'goods_fund')
GROUP BY a.code, p.currency
HAVING SUM(p.amount_minor) > 0;

-- name: I13 pay-outs recorded are pay-outs booked, for each purpose
SELECT need_id, agreement_id, SUM(minor) AS off_by
FROM (
    SELECT need_id, agreement_id, amount_minor AS minor
    FROM donations_disbursement
    WHERE status = 'confirmed'
    UNION ALL
    SELECT e.need_id, e.agreement_id, -p.amount_minor
    FROM donations_entry e
    LEFT JOIN donations_entry taken_back ON taken_back.id = e.reverses_id
    JOIN donations_posting p ON p.entry_id = e.id
    JOIN donations_account a ON a.id = p.account_id AND a.kind = 'fund'
    WHERE COALESCE(taken_back.kind, e.kind) = 'disbursement'
) both_sides
GROUP BY need_id, agreement_id
HAVING SUM(minor) <> 0;

-- name: I14 nobody checks what they made
-- Explaining an event moves nothing, and a proposal may be taken back by its own side: these
-- two alone are over without a decision.
SELECT what, which
FROM (
    SELECT 'disbursement' AS what, code AS which, status, proposed_by_id, decided_by_id,
        decided_at, 0 AS over_undecided
    FROM donations_disbursement
    UNION ALL
    SELECT 'instalment', bank_reference, status, proposed_by_id, decided_by_id, decided_at, 0
    FROM donations_instalment
    UNION ALL
    SELECT 'goods', code, status, proposed_by_id, decided_by_id, decided_at, 0
    FROM donations_goodsgift
    UNION ALL
    SELECT 'settlement', event_id, status, proposed_by_id, decided_by_id, decided_at,
        CASE WHEN kind = 'explained' AND amount_minor = 0 THEN 1 ELSE 0 END
    FROM donations_eventsettlement
    UNION ALL
    SELECT 'agreement', code, status, proposed_by_id, decided_by_id, decided_at,
        CASE WHEN status = 'ended' THEN 1 ELSE 0 END
    FROM matching_pairingagreement
) proposals
WHERE decided_by_id = proposed_by_id
    OR (decided_by_id IS NULL) <> (decided_at IS NULL)
    OR (status = 'proposed' AND decided_by_id IS NOT NULL)
    OR (status <> 'proposed' AND decided_by_id IS NULL AND over_undecided = 0);
