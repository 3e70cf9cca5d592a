"""`python -m mafaka` is `mafaka`."""

from __future__ import annotations

import sys

from mafaka.cli.main import main

sys.exit(main())
