def tasks(actor):
    return []
