-- keep
-- Payments that moved no money in the end: failed, returned, or 冲销. A reversing line names the
-- flow number it takes back; both drop out. Item and amount are compared too, because lists from
-- outside the system number their lines from 1.
SELECT payment_row
FROM payment
WHERE status IN ('failed', 'returned', 'reversed')
UNION
SELECT taken_back.payment_row
FROM payment AS reversal
INNER JOIN payment AS taken_back
    ON
        reversal.reissue_of = taken_back.pay_no
        AND reversal.item_id = taken_back.item_id
        AND abs(reversal.amount_fen) = abs(taken_back.amount_fen)
        AND reversal.payment_row <> taken_back.payment_row
WHERE reversal.status = 'reversed' OR reversal.amount_fen < 0
UNION
SELECT reversal.payment_row
FROM payment AS reversal
INNER JOIN payment AS taken_back
    ON
        reversal.reissue_of = taken_back.pay_no
        AND reversal.item_id = taken_back.item_id
        AND reversal.amount_fen = -taken_back.amount_fen
WHERE reversal.amount_fen < 0
