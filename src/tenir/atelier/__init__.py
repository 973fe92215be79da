"""The workshop: the contract file in preparation, from the document dropped to the signature, then each avenant."""
