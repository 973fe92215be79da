"""What the routes of sign-in state (`tests/routes.py`): they are allauth’s, and show pages of ours."""

from tests.routes import COMMUN, OUVERTE, SIGNE, Route

CONNEXION = "tests/acteurs/test_navigateur_compte.py::test_every_page_of_sign_in_is_sound_and_accessible"
PAR_CODE = "tests/acteurs/test_navigateur_compte.py::test_one_signs_in_by_a_code_then_finds_one_s_account"
COMPTE = "tests/acteurs/test_navigateur_compte.py::test_every_page_of_an_account_is_sound_and_accessible"
ERREURS_DU_COMPTE = "tests/acteurs/test_navigateur_compte.py::test_the_errors_of_the_forms_of_an_account_are_accessible"
SECOND_FACTEUR = "tests/acteurs/test_navigateur_compte.py::test_the_second_factor_is_asked_on_an_accessible_page"

ROUTES = {
    "account_request_login_code": Route(OUVERTE, CONNEXION, 0),
    "account_confirm_login_code": Route(OUVERTE, PAR_CODE, 0),
    "account_login": Route(OUVERTE, CONNEXION, 0),
    "mfa_authenticate": Route(OUVERTE, SECOND_FACTEUR, 0),
    "account_logout": Route(OUVERTE, COMPTE, 0),
    "mfa_index": Route(SIGNE, COMPTE, 5),
    "account_reauthenticate": Route(SIGNE, ERREURS_DU_COMPTE, 6),
    "mfa_reauthenticate": Route(SIGNE, ERREURS_DU_COMPTE, 9),
    "account_change_password": Route(SIGNE, ERREURS_DU_COMPTE, 3),
    "account_set_password": Route(SIGNE, COMMUN, 3),
    "mfa_activate_totp": Route(SIGNE, PAR_CODE, 9),
    "mfa_deactivate_totp": Route(SIGNE, COMPTE, 11),
    "mfa_view_recovery_codes": Route(SIGNE, COMPTE, 4),
    "mfa_generate_recovery_codes": Route(SIGNE, COMPTE, 9),
}
