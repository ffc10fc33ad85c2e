"""Writes the table of what each SDK was seen to do between the markers of a page: table.py RESULTS PAGE."""
import pathlib
import sys

results, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
languages = ["node", "python", "go", "java"]
seen = {}
for language in languages:
    for line in (results / f"{language}.tsv").read_text().splitlines():
        name, said = line.split("\t", 1)
        seen.setdefault(name, {})[language] = "yes" if said == "ok" else "**no**"
rows = ["| | Node | Python | Go | Java |", "|---|---|---|---|---|"]
for name, by in seen.items():
    shown = f"`{name}`" if "." in name and " " not in name else name
    rows.append(f"| {shown} | " + " | ".join(by.get(language, "–") for language in languages) + " |")
text = page.read_text()
begin, end = "<!-- begin: sdks/run -->\n", "<!-- end -->"
head, rest = text.split(begin)
page.write_text(head + begin + "\n".join(rows) + "\n" + rest[rest.index(end):])
