from insteg.core.backups.archive import Manifest


def said(manifest: Manifest) -> str:
    """What a backup holds, in a sentence for whoever runs the command."""
    rows, tables, files = manifest.rows, len(manifest.tables), len(manifest.files)
    return f"{rows} rader i {tables} tabeller och {files} filer, från {manifest.header['made_at']}."
