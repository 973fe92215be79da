"""What every screen uses: navigation, forms, conflicts, labels of fields, blocks of the desk. No domain word."""
