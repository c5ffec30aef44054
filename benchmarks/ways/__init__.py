"""One file a way, with one function: `run(work, out)`. The file's name is the way's name in results.json."""
