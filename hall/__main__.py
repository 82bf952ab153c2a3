"""python -m hall: the hall command."""

import sys

from hall.cli import main

sys.exit(main())
