---
id: TAX_INCOME
title: 家庭有超过标准的纳税申报收入
family: wealth
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 税务局
matter: [item_id]
needs: [payment.person_id, payment.service_from, tax.person_id, tax.tax_year, tax.income_fen]
helps: [hukou.household_no]
tolerances:
  factor: {type: number, default: 1.0, min: 0.5, max: 5, says: 月均收入超过低保标准乘家庭人数的倍数}
basis: [B2]
statement: "{name}家庭{year}年申报工资、劳务、经营收入{income_fen}元，月均超过{members}人的低保标准，当年领取{item}{months}个月，共{amount}元(待入户核实)"
疑点情形: 共同生活的家庭成员当年申报的工资、劳务、经营收入，按12个月平均超过当年最高低保标准乘家庭人数，当年仍领取只给困难家庭的补贴
不算疑点:
  - 财产转让、偶然所得、补偿、继承等一次性收入
  - 同一笔申报在两份文件中重复
  - 月均收入不超过标准
  - 其他年度的补贴
  - 疑似身份被盗用者名下的申报(常见虚列劳务成本)
  - 不看家庭经济状况的项目，已不再共同生活的成员
核实办法: 查纳税明细和扣缴单位，由本人说明是否真实取得；被冒名申报的转税务处理；季节性务工按实际收入核算
---
SELECT
    needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row, earned.tax_row, earned.hukou_row,
    earned.income_fen, bar.members
FROM needy_payment AS needy
INNER JOIN household_tax AS earned ON needy.household_key = earned.household_key AND needy.month // 12 = earned.tax_year
INNER JOIN needy_bar AS bar
    ON needy.household_key = bar.household_key AND needy.item_id = bar.item_id AND earned.tax_year = bar.tax_year
WHERE earned.income_fen > bar.line_fen * $factor * bar.members * 12
