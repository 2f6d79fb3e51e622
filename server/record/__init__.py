"""What lasts: journal entries, their chain and signatures, the record and its verification."""
