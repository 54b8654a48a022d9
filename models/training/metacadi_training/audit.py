"""`audit`: does the network guess directions that the data cannot show?

Linear-Gaussian studies with control-like samples only determine the graph up to Markov equivalence. For every reversible
edge of the true graph the network's preference for the true direction, P(i->j) / (P(i->j) + P(j->i)), is compared with the
share of the graphs of the equivalence class that have it (`cpdag.class_shares`). Their mean difference, the bias, should be
zero in every family: more means that the habits of the graph generator were learned (docs/method.md, section 3, pitfall 1).
Edges whose share is one half are counted by themselves too: there the true direction should be ahead half of the time
(a tie counts half). The plain mean over all reversible edges is not an audit: it is far from one half even for an exact
posterior, since the leaf of a star of n genes is an effect in n - 1 of the n graphs of its class.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .cpdag import class_shares, compelled_edges
from .metrics import sigmoid
from .predictors import Predictor, studies_at_once
from .shards import ShardError, ShardFolder

ALLOWED = 0.03


def audit(predict: Predictor, folder: ShardFolder, out: Path) -> dict:
    """Writes audit.json and audit.md into `out`; returns the JSON."""
    preference: dict[str, list[float]] = {name: [] for name in folder.families}
    expected: dict[str, list[float]] = {name: [] for name in folder.families}
    wins: dict[str, list[float]] = {name: [] for name in folder.families}
    compelled_wins: dict[str, list[float]] = {name: [] for name in folder.families}
    studies = {name: 0 for name in folder.families}
    for shard in folder.shards:
        if shard.array("target").any():
            raise ShardError(f"{shard.path} has intervention targets; the audit needs shards of `--distribution audit`")
        size = studies_at_once(shard.genes, shard.experiments)
        for start in range(0, shard.studies, size):
            rows = np.minimum(np.arange(start, start + min(size, shard.studies)), shard.studies - 1)
            batch = shard.batch(rows)
            log_odds = predict(batch.pair, batch.env, batch.glob)[0].astype(np.float64)
            for index in range(min(len(rows), shard.studies - start)):
                name = folder.families[int(shard.array("family")[rows[index]])]
                studies[name] += 1
                dag = batch.edge[index].astype(bool)
                compelled = compelled_edges(dag)
                shares = class_shares(dag)
                probability = sigmoid(log_odds[index])
                for i, j in zip(*np.nonzero(dag)):
                    difference = log_odds[index][i, j] - log_odds[index][j, i]
                    won = 0.5 + 0.5 * np.sign(difference)
                    if compelled[i, j]:
                        compelled_wins[name].append(won)
                    else:
                        wins[name].append(won)
                        expected[name].append(shares[i, j])
                        preference[name].append(probability[i, j] / (probability[i, j] + probability[j, i] + 1e-300))
    families = []
    for name in folder.families:
        if not wins[name]:
            continue
        difference = np.array(preference[name]) - np.array(expected[name])
        even = np.isclose(expected[name], 0.5)
        ahead = float(np.mean(np.array(wins[name])[even])) if even.any() else None
        families.append(
            {
                "family": name,
                "studies": studies[name],
                "reversibleEdges": len(difference),
                "preference": round(float(np.mean(preference[name])), 4),
                "classShare": round(float(np.mean(expected[name])), 4),
                "bias": round(float(difference.mean()), 4),
                "biasError": round(float(difference.std() / np.sqrt(len(difference))), 4),
                "evenEdges": int(even.sum()),
                "evenPreference": round(float(np.mean(np.array(preference[name])[even])), 4) if even.any() else None,
                "evenAhead": None if ahead is None else round(ahead, 4),
                "evenAheadError": None if ahead is None else round(float(np.sqrt(ahead * (1 - ahead) / even.sum())), 4),
                "compelledAccuracy": round(float(np.mean(compelled_wins[name])), 4) if compelled_wins[name] else None,
                "honest": abs(float(difference.mean())) <= ALLOWED,
            }
        )
    result = {"format": "metacadi-audit", "version": 1, "allowed": ALLOWED, "fingerprint": folder.fingerprint(), "families": families}
    out.mkdir(parents=True, exist_ok=True)
    (out / "audit.json").write_text(json.dumps(result, indent=1) + "\n")
    (out / "audit.md").write_text(audit_table(result))
    return result


def audit_table(result: dict) -> str:
    lines = [
        "| family | studies | reversible edges | preference for the true direction | share in the class | bias | within .03 | even edges | preference | true direction ahead | compelled edges right |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in result["families"]:
        compelled = "–" if row["compelledAccuracy"] is None else f"{row['compelledAccuracy']:.3f}"
        even = "– | –" if row["evenAhead"] is None else f"{row['evenPreference']:.3f} | {row['evenAhead']:.3f} ± {row['evenAheadError']:.3f}"
        lines.append(
            f"| {row['family']} | {row['studies']} | {row['reversibleEdges']} | {row['preference']:.3f} | {row['classShare']:.3f} | "
            f"{row['bias']:+.3f} ± {row['biasError']:.3f} | {'yes' if row['honest'] else 'no'} | {row['evenEdges']} | {even} | {compelled} |"
        )
    return "\n".join(lines) + "\n"
