-- What must always be true of match funds and needs. Read by `aixin check` and by the tests;
-- each statement returns the rows that break it. Plain SQL of PostgreSQL and SQLite.

-- name: I2 fund conservation
-- authorised = left in slots + held + captured, reversals taken off
SELECT fund.code, fund.authorised_minor, slots.left_minor, live.live_minor
FROM matching_matchfund AS fund
LEFT JOIN (
    SELECT fund_id, SUM(remaining_minor) AS left_minor
    FROM matching_matchfundslot GROUP BY fund_id
) AS slots ON slots.fund_id = fund.id
LEFT JOIN (
    SELECT fund_id, SUM(amount_minor - reversed_minor) AS live_minor
    FROM matching_matchreservation WHERE state IN ('held', 'captured') GROUP BY fund_id
) AS live ON live.fund_id = fund.id
WHERE fund.authorised_minor <> COALESCE(slots.left_minor, 0) + COALESCE(live.live_minor, 0);

-- name: I2 no slot below zero, every slot there
SELECT fund.code, fund.slot_count, COUNT(slot.id) AS slots, MIN(slot.remaining_minor) AS lowest
FROM matching_matchfund AS fund
LEFT JOIN matching_matchfundslot AS slot ON slot.fund_id = fund.id
GROUP BY fund.id, fund.code, fund.slot_count
HAVING COUNT(slot.id) <> fund.slot_count OR MIN(slot.remaining_minor) < 0;

-- name: I2 no gift matched above its rule
-- as far as the rule in force now is the one the reservation was made by
SELECT reservation.id, fund.code, reservation.gift_minor, reservation.amount_minor
FROM matching_matchreservation AS reservation
JOIN matching_matchfund AS fund ON fund.id = reservation.fund_id
WHERE reservation.state IN ('held', 'captured')
  AND reservation.rules_version = fund.rules_version
  AND (reservation.amount_minor * 100 > reservation.gift_minor * fund.ratio_percent
       OR reservation.amount_minor > COALESCE(fund.gift_cap_minor, reservation.amount_minor)
       OR reservation.currency <> fund.currency);

-- name: I2 funds together never above the highest ratio
SELECT reservation.reference, MAX(reservation.gift_minor) AS gift_minor,
       SUM(reservation.amount_minor) AS matched_minor
FROM matching_matchreservation AS reservation
JOIN matching_matchfund AS fund ON fund.id = reservation.fund_id
WHERE reservation.state IN ('held', 'captured')
  AND reservation.rules_version = fund.rules_version
GROUP BY reservation.reference
HAVING SUM(reservation.amount_minor) * 100
       > MAX(reservation.gift_minor) * MAX(fund.ratio_percent);

-- name: I2 donor's day within the cap
SELECT fund.code, day_use.day, day_use.used_minor, fund.donor_day_cap_minor
FROM matching_donordayuse AS day_use
JOIN matching_matchfund AS fund ON fund.id = day_use.fund_id
WHERE day_use.used_minor < 0 OR day_use.used_minor > fund.donor_day_cap_minor;

-- name: I2 donor's day counts what is promised
SELECT fund.code, day_use.day, day_use.used_minor, live.live_minor
FROM matching_donordayuse AS day_use
JOIN matching_matchfund AS fund ON fund.id = day_use.fund_id
LEFT JOIN (
    SELECT fund_id, donor_key, counted_on, SUM(amount_minor - reversed_minor) AS live_minor
    FROM matching_matchreservation WHERE state IN ('held', 'captured')
    GROUP BY fund_id, donor_key, counted_on
) AS live ON live.fund_id = day_use.fund_id AND live.donor_key = day_use.donor_key
    AND live.counted_on = day_use.day
WHERE day_use.used_minor <> COALESCE(live.live_minor, 0);

-- name: I2 every promise of a capped fund is counted on its day
SELECT fund.code, reservation.id, reservation.counted_on
FROM matching_matchreservation AS reservation
JOIN matching_matchfund AS fund ON fund.id = reservation.fund_id
LEFT JOIN matching_donordayuse AS day_use ON day_use.fund_id = reservation.fund_id
    AND day_use.donor_key = reservation.donor_key AND day_use.day = reservation.counted_on
WHERE fund.donor_day_cap_minor IS NOT NULL AND day_use.id IS NULL
  AND reservation.state IN ('held', 'captured')
  AND reservation.rules_version = fund.rules_version;

-- name: I2 need: arrived within promised within target
SELECT code, target_minor, committed_minor, collected_minor
FROM matching_need
WHERE collected_minor > committed_minor OR committed_minor > target_minor;

-- name: I2 need: matches held for it are part of what is promised
SELECT need.code, need.committed_minor, need.collected_minor, held.held_minor
FROM matching_need AS need
JOIN (
    SELECT need_id, SUM(amount_minor) AS held_minor
    FROM matching_matchreservation WHERE state = 'held' AND need_id IS NOT NULL
    GROUP BY need_id
) AS held ON held.need_id = need.id
WHERE held.held_minor > need.committed_minor - need.collected_minor;
