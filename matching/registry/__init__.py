"""Who and where: places, households and their consents, organisations, roles."""
