"""The screens of bodies, meetings, decisions and proposals; the page behind the link of a convocation."""
