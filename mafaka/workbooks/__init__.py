"""Opening a spreadsheet that somebody hands over, safely: its package, its sheets, its cells as a person reads them."""
