"""``python -m audit_lib`` is the same as ``ybt``, for machines where scripts are not on the path."""

import sys

from audit_lib.cli import main

if __name__ == "__main__":
    sys.exit(main())
