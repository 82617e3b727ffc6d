// popover
