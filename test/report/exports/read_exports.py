"""Reads the exports of a run with independent readers and compares them node by node and edge by edge.

Usage: python read_exports.py FOLDER

FOLDER holds the exported files and `expected.json`, which independent-readers.test.ts writes:
  nodes [{gene, name, targetIn}], edges [{source, target, interaction, probability, effect, effectLow, effectHigh,
  constraint, experiments}] with genes by number and null for what is missing, tables {edges, targets} as rows of
  cells, crate [paths], and the names, title and hash of the run.
Prints one line per reader; the exit code is 1 when one of them disagrees.
"""

import html
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import ndex2.cx2
import networkx
import openpyxl
import pydot
from openpyxl.utils.escape import unescape
from rocrate.rocrate import ROCrate

NUMBERS = ["probability", "effect", "effectLow", "effectHigh"]
SNAKE = {"effectLow": "effect_low", "effectHigh": "effect_high"}


def same(got, wanted):
    """Numbers to the last bit (the files hold the shortest text of a double), texts to the character."""
    if wanted is None or got is None:
        return got is None and wanted is None
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return float(got) == float(wanted)
    return got == wanted


class Comparison:
    def __init__(self, reader, expected):
        self.reader, self.expected, self.faults, self.checked = reader, expected, [], 0

    def check(self, what, got, wanted):
        self.checked += 1
        if not same(got, wanted):
            self.faults.append(f"{what}: {str(got)[:80]!r} instead of {str(wanted)[:80]!r}")

    def graph(self, nodes, edges, attribute=lambda name: name):
        """nodes {gene: attributes}, edges {(source, target): attributes}."""
        self.check("number of nodes", len(nodes), len(self.expected["nodes"]))
        self.check("number of edges", len(edges), len(self.expected["edges"]))
        for node in self.expected["nodes"]:
            got = nodes.get(node["gene"])
            self.check(f"node {node['gene']}", got is not None, True)
            if got is not None:
                self.check(f"name of node {node['gene']}", got["name"], node["name"])
                self.check(f"targets at node {node['gene']}", got["targets"], node["targetIn"])
        for edge in self.expected["edges"]:
            pair = (edge["source"], edge["target"])
            got = edges.get(pair)
            self.check(f"edge {pair}", got is not None, True)
            if got is None:
                continue
            for name in [*NUMBERS, "interaction", "constraint", "experiments"]:
                value = got.get(attribute(name))
                if name in NUMBERS and value is not None:
                    value = float(value)
                self.check(f"{name} of edge {pair}", value, edge[name])


def read_graphml(folder, comparison):
    graph = networkx.read_graphml(folder / "network.graphml")
    comparison.check("directed", graph.is_directed() and not graph.is_multigraph(), True)
    comparison.check("title", graph.graph["name"], comparison.expected["title"])
    number = {node: int(node[1:]) for node in graph}
    nodes = {
        number[node]: {"name": data["name"], "targets": split(data.get("direct_target_in"))}
        for node, data in graph.nodes(data=True)
    }
    edges = {(number[s], number[t]): data for s, t, data in graph.edges(data=True)}
    comparison.graph(nodes, edges, lambda name: SNAKE.get(name, name))


def read_gml(folder, comparison):
    text = (folder / "network.gml").read_bytes()
    comparison.check("7-bit", all(byte < 128 for byte in text), True)
    graph = networkx.read_gml(folder / "network.gml", label="id")
    comparison.check("directed", graph.is_directed() and not graph.is_multigraph(), True)
    comparison.check("title", graph.graph["label"], comparison.expected["title"])
    nodes = {
        node: {"name": data["label"], "targets": split(data.get("directTargetIn"))}
        for node, data in graph.nodes(data=True)
    }
    edges = {(s, t): {**data, "interaction": data["label"]} for s, t, data in graph.edges(data=True)}
    comparison.graph(nodes, edges)


def split(text):
    return text.split("; ") if text else []


def read_cx2(folder, comparison):
    content = json.loads((folder / "network.cx2").read_text("utf8"))
    order = [next(iter(part)) for part in content]
    comparison.check("first part", content[0], {"CXVersion": "2.0", "hasFragments": False})
    comparison.check("last part", content[-1], {"status": [{"success": True}]})
    comparison.check("declarations come first", order.index("attributeDeclarations") < order.index("nodes"), True)
    parts = {name: part[name] for part in content for name in part}
    for entry in parts["metaData"]:
        comparison.check(f"count of {entry['name']}", len(parts[entry["name"]]), entry["elementCount"])
    strict_cx2(parts, comparison)
    network = ndex2.cx2.RawCX2NetworkFactory().get_cx2network(content)
    comparison.check("title", network.get_name(), comparison.expected["title"])
    nodes = {
        int(node): {"name": data["v"]["name"], "targets": data["v"]["directTargetIn"]}
        for node, data in network.get_nodes().items()
    }
    edges = {(data["s"], data["t"]): data["v"] for data in network.get_edges().values()}
    comparison.graph(nodes, edges)


CX2_TYPES = {
    "string": lambda value: isinstance(value, str),
    "double": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "list_of_string": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
}


def strict_cx2(parts, comparison):
    """Every value has a declared attribute of its type; every id is a whole number, every edge joins known nodes."""
    declared = parts["attributeDeclarations"][0]
    ids = {node["id"] for node in parts["nodes"]}
    for aspect in ["nodes", "edges"]:
        seen = [element["id"] for element in parts[aspect]]
        comparison.check(f"ids of {aspect} are unique", len(set(seen)), len(seen))
        for element in parts[aspect]:
            for name, value in element["v"].items():
                kind = declared[aspect].get(name, {}).get("d")
                comparison.check(f"{aspect} {name} is a {kind}", CX2_TYPES[kind](value), True)
    for name, value in parts["networkAttributes"][0].items():
        comparison.check(f"network {name}", CX2_TYPES[declared["networkAttributes"][name]["d"]](value), True)
    for edge in parts["edges"]:
        comparison.check("ends of an edge exist", edge["s"] in ids and edge["t"] in ids, True)
    for name, mapping in {**parts["visualProperties"][0]["nodeMapping"], **parts["visualProperties"][0]["edgeMapping"]}.items():
        known = {**declared["nodes"], **declared["edges"]}
        comparison.check(f"mapping of {name} uses a declared attribute", mapping["definition"]["attribute"] in known, True)


def read_dot(folder, comparison):
    (graph,) = pydot.graph_from_dot_file(str(folder / "network.dot"), encoding="utf-8")
    comparison.check("directed", graph.get_type(), "digraph")
    nodes = {}
    for node in graph.get_nodes():
        if node.get_name() in ("node", "edge", "graph"):
            continue
        nodes[int(node.get_name()[1:])] = {"name": dot_text(node.get("label")), "targets": None}
    for node in comparison.expected["nodes"]:
        if node["gene"] in nodes:  # DOT does not carry the experiments
            nodes[node["gene"]]["targets"] = node["targetIn"]
    interactions = {"activates": "activates", "inhibits": "inhibits", "unknown": "acts on"}
    edges = {}
    for edge in graph.get_edges():
        data = {name: dot_text(value) for name, value in edge.get_attributes().items()}
        data["interaction"] = interactions[data["sign"]]
        data["constraint"] = data.get("prior")
        data["experiments"] = int(data["experiments"])
        edges[(int(edge.get_source()[1:]), int(edge.get_destination()[1:]))] = data
    comparison.graph(nodes, edges)


def dot_text(value):
    """What Graphviz shows for a quoted string."""
    if not (value.startswith('"') and value.endswith('"')):
        return value
    return html.unescape(value[1:-1].replace('\\"', '"').replace("\\\\", "\\"))


def read_with_graphviz(folder, comparison):
    """Graphviz itself, where it is installed: it must read the file and show the names as they are."""
    drawn = subprocess.run(
        ["dot", "-Gnslimit=1", "-Tsvg", str(folder / "network.dot")], capture_output=True, timeout=120, check=False
    )
    comparison.check("exit code", drawn.returncode, 0)
    comparison.check("messages", drawn.stderr.decode("utf8", "replace").strip(), "")
    shown = re.findall(r"<g id=\"node\d+\" class=\"node\">\n<title>n(\d+)</title>(.*?)</g>", drawn.stdout.decode("utf8"), re.S)
    texts = {int(gene): re.search(r"<text[^>]*>(.*?)</text>", body, re.S) for gene, body in shown}
    comparison.check("number of nodes", len(texts), len(comparison.expected["nodes"]))
    for node in comparison.expected["nodes"]:
        text = texts.get(node["gene"])
        got = html.unescape(text.group(1)).replace("\u00a0", " ") if text else None
        comparison.check(f"label of node {node['gene']}", got, node["name"])


def read_cyjs(folder, comparison):
    content = json.loads((folder / "network.cyjs").read_text("utf8"))
    for node in content["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]  # networkx's own way to name its nodes
    graph = networkx.cytoscape_graph(
        {**content, "directed": True, "multigraph": False, "data": list(content["data"].items())}
    )
    number = {node: int(node[1:]) for node in graph}
    nodes = {
        number[node]: {"name": data["name"], "targets": data["direct_target_in"]} for node, data in graph.nodes(data=True)
    }
    edges = {(number[s], number[t]): data for s, t, data in graph.edges(data=True)}
    comparison.graph(nodes, edges, lambda name: SNAKE.get(name, name))
    allowed = {"data", "position"}
    for element in content["elements"]["nodes"] + content["elements"]["edges"]:
        comparison.check("no state of a view", set(element) <= allowed, True)


def read_sif(folder, comparison):
    by_name = {node["name"]: node["gene"] for node in comparison.expected["nodes"]}
    nodes, edges = {}, {}
    for line in (folder / "network.sif").read_text("utf8").split("\n")[:-1]:
        parts = line.split("\t")
        comparison.check("cells of a line", len(parts) in (1, 3), True)
        for name in parts[::2]:
            nodes[by_name.get(name, name)] = {"name": name, "targets": None}
        if len(parts) == 3:
            edges[(by_name[parts[0]], by_name[parts[2]])] = {"interaction": parts[1]}
    lines = (folder / "network-sif-edges.tsv").read_text("utf8").split("\n")
    header = lines[0].split("\t")
    for line in lines[1:-1]:
        row = dict(zip(header, line.split("\t"), strict=True))
        pair = (by_name[row["source"]], by_name[row["target"]])
        comparison.check("shared name", row["shared name"], f"{row['source']} ({row['interaction']}) {row['target']}")
        values = {name: None if row[SNAKE.get(name, name)] == "NA" else row[SNAKE.get(name, name)] for name in NUMBERS}
        edges[pair].update(values, constraint=row["constraint"] or None, experiments=int(row["experiments"]))
    for node in comparison.expected["nodes"]:
        if node["gene"] in nodes:
            nodes[node["gene"]]["targets"] = node["targetIn"]
    comparison.graph(nodes, edges)


def read_xlsx(folder, comparison):
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    comparison.check("sheets", book.sheetnames, ["Targets", "Edges", "About"])
    for sheet, table in [("Targets", "targets"), ("Edges", "edges")]:
        rows = [list(row) for row in book[sheet].iter_rows()]
        wanted = comparison.expected["tables"][table]
        comparison.check(f"rows of {sheet}", len(rows), len(wanted))
        for number, (row, cells) in enumerate(zip(rows, wanted, strict=False), 1):
            for cell, value in zip(row, cells, strict=True):
                # openpyxl leaves the format's own escapes (_x005F_) to its caller
                got = unescape(cell.value) if isinstance(cell.value, str) else cell.value
                comparison.check(f"{sheet} {cell.coordinate}", got, value)
                comparison.check(f"{sheet} {cell.coordinate} is no formula", cell.data_type in ("n", "s"), True)
            comparison.check(f"cells of row {number}", len(row), len(cells))


def read_crate(folder, comparison):
    with tempfile.TemporaryDirectory() as target:
        with zipfile.ZipFile(folder / "bundle.zip") as bundle:
            comparison.check("damaged entries", bundle.testzip(), None)
            names = bundle.namelist()
            comparison.check("entries", sorted(names), sorted(comparison.expected["crate"]))
            bundle.extractall(target)
        crate = ROCrate(target)
        described = {entity.id for entity in crate.get_entities() if entity.type == "File"}
        comparison.check("described files", sorted([*described, "ro-crate-metadata.json"]), sorted(names))
        for entity in crate.get_entities():
            if entity.type == "File":
                size = (Path(target) / entity.id).stat().st_size
                comparison.check(f"size of {entity.id}", str(size), entity["contentSize"])
        for name in ["name", "description", "datePublished", "license"]:
            comparison.check(f"root has a {name}", bool(crate.root_dataset.get(name)), True)
        (action,) = crate.get_by_type("CreateAction")
        comparison.check("instrument", action["instrument"]["name"], comparison.expected["software"])
        comparison.check("date", action["endTime"], comparison.expected["date"])
        comparison.check("results of the run", len(action["result"]), len(described))
        settings = {entity["name"]: entity["value"] for entity in action["object"] if entity.type == "PropertyValue"}
        comparison.check("seed", settings["seed"], comparison.expected["seed"])
        inputs = [entity["identifier"] for entity in action["object"] if entity.type == "CreativeWork"]
        comparison.check("inputs", inputs, [f"sha256:{sha256}" for sha256 in comparison.expected["inputs"]])


READERS = {
    "GraphML by networkx": read_graphml,
    "GML by networkx": read_gml,
    "CX2 by ndex2": read_cx2,
    "DOT by pydot": read_dot,
    "Cytoscape.js JSON by networkx": read_cyjs,
    "SIF and its edge table": read_sif,
    "XLSX by openpyxl": read_xlsx,
    "RO-Crate by rocrate": read_crate,
}
if shutil.which("dot"):
    READERS["DOT by graphviz"] = read_with_graphviz


def main(folder):
    expected = json.loads((folder / "expected.json").read_text("utf8"))
    failed = False
    for name, read in READERS.items():
        comparison = Comparison(name, expected)
        read(folder, comparison)
        failed |= bool(comparison.faults)
        print(f"{name}: {comparison.checked} compared, {len(comparison.faults)} differ")
        for fault in comparison.faults[:10]:
            print(f"  {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
