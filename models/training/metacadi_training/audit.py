"""`audit`: does the network guess directions that the data cannot show?

Linear-Gaussian studies with control-like samples only determine the graph up to Markov equivalence. For every reversible
edge of the true graph the network's preference for the true direction is taken: P(i->j) / (P(i->j) + P(j->i)), and whether
P(i->j) > P(j->i) (a tie counts half). Both should be one half in every family; more means that the habits of the graph
generator were learned (docs/method.md, section 3, pitfall 1).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .cpdag import compelled_edges
from .metrics import sigmoid
from .predictors import Predictor, studies_at_once
from .shards import ShardError, ShardFolder

ALLOWED = 0.03


def audit(predict: Predictor, folder: ShardFolder, out: Path) -> dict:
    """Writes audit.json and audit.md into `out`; returns the JSON."""
    preference: dict[str, list[float]] = {name: [] for name in folder.families}
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
                probability = sigmoid(log_odds[index])
                for i, j in zip(*np.nonzero(dag)):
                    difference = log_odds[index][i, j] - log_odds[index][j, i]
                    won = 0.5 + 0.5 * np.sign(difference)
                    if compelled[i, j]:
                        compelled_wins[name].append(won)
                    else:
                        wins[name].append(won)
                        preference[name].append(probability[i, j] / (probability[i, j] + probability[j, i] + 1e-300))
    families = []
    for name in folder.families:
        if not wins[name]:
            continue
        mean = float(np.mean(preference[name]))
        accuracy = float(np.mean(wins[name]))
        families.append(
            {
                "family": name,
                "studies": studies[name],
                "reversibleEdges": len(wins[name]),
                "preference": round(mean, 4),
                "accuracy": round(accuracy, 4),
                "accuracyError": round(float(np.sqrt(accuracy * (1 - accuracy) / len(wins[name]))), 4),
                "compelledAccuracy": round(float(np.mean(compelled_wins[name])), 4) if compelled_wins[name] else None,
                "honest": abs(accuracy - 0.5) <= ALLOWED,
                "honestPreference": abs(mean - 0.5) <= ALLOWED,
            }
        )
    result = {"format": "metacadi-audit", "version": 1, "allowed": ALLOWED, "fingerprint": folder.fingerprint(), "families": families}
    out.mkdir(parents=True, exist_ok=True)
    (out / "audit.json").write_text(json.dumps(result, indent=1) + "\n")
    (out / "audit.md").write_text(audit_table(result))
    return result


def audit_table(result: dict) -> str:
    lines = [
        "| family | studies | reversible edges | preference for the true direction | true direction ahead | within .03 of .5 | compelled edges right |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in result["families"]:
        verdict = "yes" if row["honest"] else ("preference only" if row["honestPreference"] else "no")
        compelled = "–" if row["compelledAccuracy"] is None else f"{row['compelledAccuracy']:.3f}"
        lines.append(
            f"| {row['family']} | {row['studies']} | {row['reversibleEdges']} | {row['preference']:.3f} | {row['accuracy']:.3f} ± {row['accuracyError']:.3f} | {verdict} | {compelled} |"
        )
    return "\n".join(lines) + "\n"
