---
id: DECEASED_HEAD_ACCOUNT
title: 户主死亡后仍以其名义或账户领取到户补贴
family: exit
problem: accounts
kind: EXPOSURE
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, death.person_id, death.died_on, hukou.person_id, hukou.household_no]
helps: [account.account_no]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 死亡当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B10, B18]
statement: "{name}于{died_on}死亡，户内还有在世成员，{first_month}至{last_month}的{item}仍发到其名下或账户，涉及{amount}元(应变更户主和账户，不追缴)。{clock}"
疑点情形: 户主死亡、户内还有在世成员，死亡次月起(按年享受的项目为次年1月起)到户补贴仍发到死者名下的账户
不算疑点:
  - 死亡当月的补贴；按年享受的项目，死亡当年的补贴
  - 户内已没有在世成员，适用“死亡后仍领取补贴”
  - 到人的补贴，适用“死亡后仍领取补贴”
  - 账户登记在在世成员名下
  - 死亡登记互相矛盾，转“死亡信息矛盾”核实
核实办法: 核对承包合同、户口簿的现户主；由继续享受的成员提供本人账户，变更户主和收款账户
---
WITH holder AS (
    SELECT DISTINCT account_no, person_id AS owner_id
    FROM account
    WHERE link_tier <> 'C'
)

SELECT
    death_best.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
    death_best.death_row, death_best.died_on, death_best.died_on AS event_on, death_best.event_source,
    stop_clock.grace_months + $grace_months AS grace, stop_clock.wrong_month + $grace_months AS wrong_month
FROM paid_month
INNER JOIN payment_net USING (payment_row)
INNER JOIN item ON paid_month.item_id = item.item_id AND item.level = 'H'
LEFT JOIN holder ON payment_net.account_no = holder.account_no
INNER JOIN death_best ON coalesce(holder.owner_id, paid_month.person_id) = death_best.person_id
INNER JOIN stop_clock ON paid_month.item_id = stop_clock.item_id AND death_best.death_month = stop_clock.event_month
INNER JOIN household_survivor AS survivor ON death_best.person_id = survivor.person_id
WHERE
    paid_month.month >= stop_clock.wrong_month + $grace_months
    AND paid_month.month <= survivor.until_month
    AND NOT item.posthumous_ok
    AND NOT EXISTS (
        SELECT 1 FROM holder AS living
        WHERE
            living.account_no = payment_net.account_no AND living.owner_id NOT IN (SELECT person_id FROM death_best)
    )
