// kep-index
