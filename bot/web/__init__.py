"""The pages and the API: the outermost room, handed an assistant and the texts, importing only downward."""
