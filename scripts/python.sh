#!/bin/sh
# Run the first Python on this machine that can build the environment, with the arguments given.
# A name may exist and not run (version managers leave such stubs), so each is tried.

for candidate in python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        found=$candidate
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            exec "$candidate" "$@"
        fi
    fi
done

if [ -n "$found" ]; then
    echo "Python est là ($found), mais il lui manque le module venv. Sous Debian ou Ubuntu : apt install python3-venv." >&2
    echo "Python is here ($found) without its venv module. On Debian or Ubuntu: apt install python3-venv." >&2
else
    echo "Tenir demande Python 3.11 ou plus récent ; aucun n’a été trouvé (python3.13, python3.12, python3.11, python3)." >&2
    echo "Tenir needs Python 3.11 or newer; none was found (python3.13, python3.12, python3.11, python3)." >&2
fi
exit 1
