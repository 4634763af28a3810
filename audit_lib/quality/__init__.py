"""对账与数据质量: do the delivered figures tie, what is missing, how good is what came."""
