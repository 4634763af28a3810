"""立项: a folder of files never seen before → proposed parameters, with a question wherever it is unsure.

Nothing here is read by the later stages: they read ``params/<project>/``, which a person has confirmed.
"""

from audit_lib.intake.check import check_sources
from audit_lib.intake.start import start_project

__all__ = ["check_sources", "start_project"]
