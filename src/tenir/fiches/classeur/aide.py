"""The sheet « Mode d’emploi », line by line; « # » opens a heading."""

HELP = (
    "Ce classeur contient les fiches action du contrat. Remplissez-le où vous voulez, puis déposez-le dans Tenir.",
    "Rien n’est changé avant que vous ayez vu, dans Tenir, ce que devient chaque ligne.",
    "",
    "# Feuille « Fiches »",
    "Une ligne par action. Les cellules blanches se remplissent ; les grises sont là pour lire.",
    "Le code dit de quelle action il s’agit : ne le changez pas. Les lignes se trient et se suppriment sans risque : "
    "une action absente du classeur ne change pas.",
    "Une cellule vidée retire ce qui y était. Une colonne supprimée ne change rien.",
    "Les dates s’écrivent 12/03/2026. Le statut et les organismes se choisissent dans la liste de la cellule.",
    "",
    "# Feuille « Jalons »",
    "Une ligne par jalon. Pour en ajouter un : une nouvelle ligne avec le code de l’action, le jalon et sa date "
    "prévue, sans numéro.",
    "Une ligne supprimée n’efface pas le jalon : pour y renoncer, donnez sa date d’abandon.",
    "",
    "# Feuille « Nouvelles »",
    "Ce qui s’est passé depuis : le code de l’action, la date, la nouvelle. Une ligne par nouvelle.",
    "",
    "# Au retour",
    "Chaque changement est montré, avant et après. Chaque cellule refusée est nommée, avec ce qu’il faut y écrire.",
    "Si quelqu’un a changé la même chose entre-temps, c’est à vous de choisir : rien n’est écrasé.",
    "Vos feuilles et colonnes ajoutées sont laissées de côté.",
)
