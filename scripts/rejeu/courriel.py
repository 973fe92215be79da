"""A mail server of the replay: it asks for the name and the password of the page, and keeps what it receives as files.

Standard library only: it is copied on the bare server, and run there as `python3 courriel.py FOLDER CERTIFICATE KEY`.
"""

import asyncio
import base64
import ssl
import sys
from pathlib import Path

# Those of the page's example.
NAME, PASSWORD = "nom", "sec&ret"
GREETING = "220 courriel.exemple.fr\r\n"
SAID = {"EHLO": "250-courriel.exemple.fr\r\n250 AUTH PLAIN\r\n", "DATA": "354 oui\r\n", "QUIT": "221 adieu\r\n"}


def answer(line: str) -> str:
    """Answer one line of a client; only the right name and password are let in."""
    verb, _, rest = line.strip().partition(" ")
    if verb.upper() == "AUTH":
        given = base64.b64decode(rest.partition(" ")[2]).decode().split("\0")[1:]
        return "235 entrez\r\n" if given == [NAME, PASSWORD] else "535 qui est là ?\r\n"
    return SAID.get(verb.upper(), "250 oui\r\n")


async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hold one conversation, and keep the messages it brings."""
    writer.write(GREETING.encode())
    while line := (await reader.readline()).decode():
        reply = answer(line)
        writer.write(reply.encode())
        if reply.startswith("354"):
            keep(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"250 garde\r\n")
        elif reply.startswith("221"):
            break
    writer.close()


def keep(message: bytes) -> None:
    """Write one message beside the others."""
    folder = Path(sys.argv[1])
    (folder / f"{len(list(folder.iterdir())) + 1}.eml").write_bytes(message)


async def serve() -> None:
    """Listen where the page says that the mail server does."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    async with await asyncio.start_server(talk, "127.0.0.1", 465, ssl=context) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
