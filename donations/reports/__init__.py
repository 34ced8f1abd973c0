"""Reports: ``build(...)`` gives a frozen dataclass, exporters turn one into files."""
