"""Points d’étape: news asked of those who answer for things, their answers, the synthesis."""
