"""给审计人员在 JupyterLab 里用的页面:一人一页、疑点逐条核定."""

from audit_lib.lab.people import PeopleChooser
from audit_lib.lab.person import PersonPage
from audit_lib.lab.queue import FindingQueue
from audit_lib.lab.queue_panel import QueuePanel

__all__ = ["FindingQueue", "PeopleChooser", "PersonPage", "QueuePanel"]
