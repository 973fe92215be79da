from django.apps import AppConfig

GUIDE = "bureau#commenter-et-prévenir-quelquun"
"""Where the guide explains each page."""


class CommentairesConfig(AppConfig):
    name = "tenir.commentaires"
    label = "commentaires"

    def ready(self) -> None:
        """Say what comments bring: a block in the pages of what they are about, what is new, messages, links."""
        from tenir.commentaires import oubli
        from tenir.commentaires.champs import LECTURE
        from tenir.commentaires.ecrans import bloc
        from tenir.commentaires.ecrans.messages import MESSAGES, NOMS
        from tenir.commentaires.services import liens
        from tenir.core.emplacements import COMMENTAIRES
        from tenir.core.piece import Piece, declare

        declare(
            Piece(
                "commentaires",
                urls="tenir.commentaires.urls",
                levels=LECTURE,
                aide=dict.fromkeys(
                    ("commentaire", "commentaire-nouveau", "commentaire-corriger", "commentaire-retirer"), GUIDE
                ),
                novelties=bloc.novelties,
                slots={COMMENTAIRES: bloc.said},
                messages=MESSAGES,
                message_names=NOMS,
                links={liens.SALT: liens.open_links},
                known=oubli.known,
                forget=oubli.forget,
                where=oubli.WHERE,
            )
        )
