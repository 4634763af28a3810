"""规则: one rule, one ``.sql`` file with a typed head; here is what reads and checks them."""

from audit_lib.rules.head import Basis, Head, Tolerance
from audit_lib.rules.loader import Rule, load_own_rules, load_rules, read_rule, tuned

__all__ = ["Basis", "Head", "Rule", "Tolerance", "load_own_rules", "load_rules", "read_rule", "tuned"]
