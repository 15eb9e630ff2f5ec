"""Where a widget can live: one module per place, none of which knows any widget."""
