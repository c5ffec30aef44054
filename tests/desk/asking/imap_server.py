"""A mailbox on this machine that speaks as much IMAP as reading reports needs, and notes what it was told."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes


class Box:
    """Mails by their number from 1 on; `seen` are those that were marked."""

    def __init__(self, *mails: bytes) -> None:
        self.mails = list(mails)
        self.seen: set[int] = set()
        self.password = "secret"
        self.said: list[str] = []

    def reports(self) -> list[int]:
        found = enumerate(self.mails, 1)
        kinds = ((number, str(message_from_bytes(mail).get("Content-Type", ""))) for number, mail in found)
        return [number for number, kind in kinds if "multipart/report" in kind and number not in self.seen]


class _Speaks(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Box = self.server.box  # type: ignore[attr-defined]
        self.wfile.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        for line in self.rfile:
            tag, _, said = line.decode().strip().partition(" ")
            box.said.append(said)
            answer, ends = _answer(box, said)
            self.wfile.write(answer + f"{tag} {ends} said\r\n".encode())
            if said == "LOGOUT":
                return


def _answer(box: Box, said: str) -> tuple[bytes, str]:
    if said.startswith("LOGIN") and f'"{box.password}"' not in said:
        return b"", "NO [AUTHENTICATIONFAILED] wrong"
    if said == "CAPABILITY":
        return b"* CAPABILITY IMAP4rev1\r\n", "OK"
    if said.startswith("SELECT"):
        return (b"* 1 EXISTS\r\n", "OK [READ-WRITE]") if '"INBOX"' in said else (b"", "NO there is none")
    if said == 'UID SEARCH UNSEEN HEADER Content-Type "multipart/report"':
        return f"* SEARCH {' '.join(map(str, box.reports()))}\r\n".encode(), "OK"
    if fetch := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", said):
        number, mail = int(fetch[1]), box.mails[int(fetch[1]) - 1][: int(fetch[2])]
        return f"* {number} FETCH (UID {number} BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n", "OK"
    if store := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", said):
        box.seen.add(int(store[1]))
    known = said.partition(" ")[0] in {"LOGIN", "LOGOUT", "UID"}
    return (b"* BYE\r\n" if said == "LOGOUT" else b""), "OK" if known else "BAD"


@contextmanager
def serving(box: Box) -> Iterator[int]:
    """It listens until the block ends; its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Speaks) as server:
        server.daemon_threads, server.box = True, box  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()
