"""Secrets for the demo, made once and kept beside its data."""

import json
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def local_secrets(var_dir: Path) -> dict[str, str]:
    """Return the demo's own secrets, creating the file (mode 600) on first use."""
    path = var_dir / "demo-secrets.json"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        made = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_ENCRYPTION_KEY": Fernet.generate_key().decode(),
            "BLIND_INDEX_KEY": secrets.token_urlsafe(32),
            "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(24)}",
        }
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(made))
        try:
            # Two processes starting together agree on the first one's file.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return json.loads(path.read_text())
