"""A small draft with its document, made without the reader: what most tests of the workshop act on. All is invented."""

import hashlib
from typing import Any

from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.atelier.models import Brouillon, DocumentDepose
from tenir.contrat.chargement import load_contract
from tenir.contrat.models import VersionDuContrat
from tenir.fichier import canonique
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.habilitations.models import EspaceDeContrat
from tenir.lecteur.bornes import encode
from tenir.lecteur.lecture import read_content

DOCUMENT = """Contrat de ville du Vallon (fictif)
Axe A : vivre au Vallon
Orientation 1 : la santé de tous
Nos actions
- Ouvrir un centre de santé aux Trois-Ponts ; former douze médiateurs. Pilote : Les Blouses du Vallon
- Faire venir un bus de dépistage quatre fois par an
Une ligne que personne n’a comprise
Deuxième ligne sans place
Orientation 2 : l’emploi de proximité
- Tenir un forum de l’emploi chaque automne
Commune du Vallon
- La commune s’engage à prêter ses salles
Fait au Vallon, par Zoé EXEMPLAIRE
"""
"""Thirteen lines; the last one names a person, columns 21 to 34."""
NOM = "Zoé EXEMPLAIRE"
SHA = hashlib.sha256(DOCUMENT.encode()).hexdigest()

TEXTE = f"""format: tenir/contrat/1
slug: vallon
fictif: true
identite:
  titre: Contrat de ville du Vallon (fictif)
  periode: {{debut: 2024, fin: 2030}}
document:
  titre: Contrat de ville du Vallon (fictif)
  sha256: {SHA}
  lignes: 13
  noms_masques: 13[21-34]
axes:
  - code: A
    titre: Vivre au Vallon
    titre_imprime: vivre au Vallon
    source: 2
    orientations:
      - code: O01
        titre: La santé de tous
        titre_imprime: la santé de tous
        source: 3
        parties:
          - {{code: O01-P01, nature: actions, source: 4}}
        actions:
          - code: O01-A01
            titre: Centre de santé
            source: 5
            pilotes:
              - nom: Les Blouses du Vallon
          - code: O01-A02
            titre: Bus de dépistage
            source: 6
      - code: O02
        titre: L’emploi de proximité
        titre_imprime: l’emploi de proximité
        source: 9
        actions:
          - code: O02-A01
            titre: Forum de l’emploi
            source: 10
signataires:
  - code: S01
    nom: Commune du Vallon
    organisme: commune-fictive
    source: 11
    engagements:
      - code: S01-E01
        titre: Prêter ses salles
        source: 12
        orientations: [O01]
absents: [crédits, instances, indicateurs, données, quartiers]
parties:
  - {{code: P01, nature: titre, source: 1}}
  - {{code: P02, nature: signature, source: 13}}
"""
DOUTES = {
    "O01-A02": {"niveau": "moyenne", "phrase": "Est-ce une action, ou un rappel ?", "etat": "ouvert"},
    "S01": {"niveau": "basse", "phrase": "Cet organisme n’est pas connu : ajoutez-le.", "etat": "ouvert"},
}
RAISONS = {"7": "Hors de toute partie reconnue.", "8": "Hors de toute partie reconnue."}


def contrat(slug: str = "vallon", texte: str = TEXTE) -> ContratDeVille:
    """The small contract."""
    return canonique.load(texte).model_copy(update={"slug": slug})


def brouillon(espace: EspaceDeContrat, par: Personne | None = None, **more: Any) -> Brouillon:
    """The small draft of a contract that nobody signed, with its document."""
    given = {
        "contrat": contrat(espace.slug).model_dump(mode="json", exclude_defaults=True),
        "doutes": dict(DOUTES),
        "raisons": dict(RAISONS),
        "ouvert_par": par,
        "ouvert_le": timezone.now(),
    }
    made = Brouillon.objects.create(espace=espace, **(given | more))
    return with_document(made)


def with_document(made: Brouillon) -> Brouillon:
    """A draft with the small document."""
    read = read_content(DOCUMENT.encode())
    assert read.sha256 == SHA
    DocumentDepose.objects.create(
        brouillon=made, nom="vallon.txt", sha256=SHA, texte=DOCUMENT, lu=encode(read), depose_le=timezone.now()
    )
    return made


def signed(espace: EspaceDeContrat) -> VersionDuContrat:
    """The small contract, complete, signed and loaded with its document."""
    whole = TEXTE.replace("source: 6\n", "source: 6-8\n").replace("commune-fictive", "etat")
    text = whole.replace("  periode:", "  signature: {date: '2024-05-02', lieu: Le Vallon}\n  periode:")
    loaded = contrat(espace.slug, text)
    document = DocumentNormalise(DOCUMENT, loaded.spans_of_names)
    load_contract(canonique.dump(loaded), commande="tests", document=document)
    espace.refresh_from_db()
    return VersionDuContrat.objects.of(espace).get()


PROJET = """Contrat de ville du Ru (fictif)
Contrat fictif, pour les tests

2024 - 2030

Axe 1 : Vivre au Ru

Orientation 1 : La santé de tous

Objectifs
- Que chacun ait un médecin traitant

Actions
- Ouvrir un centre de santé aux Trois-Ponts
- Faire venir un bus de dépistage quatre fois par an

Pilotes
Les Blouses du Ru

Orientation 2 : L’emploi de proximité

Actions
- Tenir un forum de l’emploi chaque automne

Fait au Ru, par Mme Zoé EXEMPLAIRE
"""
"""A document that the reader understands whole."""
