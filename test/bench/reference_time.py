"""Times the compiled Python reference on studies that the bench then runs itself.

    python reference_time.py PATH_TO_REFERENCE OUT_DIR n d K …   (numpy, scipy, numba)

For every n writes OUT_DIR/study_n.json (values, sizes, candidates, scores) with the reference's seconds per gene,
compilation excluded, one thread.
"""
import json, os, sys, time

os.environ['OMP_NUM_THREADS'] = os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np

sys.path.insert(0, sys.argv[1])
import joint_model as jm
import simulators as sim

M = 8


def run(j, X, env, K, P, Y, F, v, Lh, starts, nk, cand, sets, setlen):
    d = X.shape[1]
    tk = np.ones(K + 1)
    tk[1:] = P['nc'] / (P['nc'] + nk[1:])
    pi = min(0.3, 2.0 / d)
    Z = np.concatenate([np.ones((len(X), 1)), F[:, cand, :].reshape(len(X), -1), Y[:, [j]]], 1)
    G = jm.gram_env(Z, starts, K + 1) * tk[:, None, None]
    oS = np.zeros(len(sets)); oR = np.zeros((len(sets), K))
    p = np.full(K + 1, pi)
    jm.score_sets(G, nk * tk, sets, setlen, F.shape[2], v, P['lam_int'], P['a0'], P['b0'], P['omega2'], P['omega1'], P['csw'], P['tau2'],
                  np.log(1 - p), np.log(p * P['wshift']), np.log(p * (1 - P['wshift'])), np.ascontiguousarray(Lh[:, j] * tk),
                  np.full(K + 1, -1), True, False, P['nsweep'], oS, oR)
    return oS, oR


def main():
    out = sys.argv[2]
    for spec in sys.argv[3:]:
        n, d, K = map(int, spec.split(','))
        D = sim.simulate(dict(family='gp', d=d, n0=100, K=K, nk=n), 1)
        X, env = D['X'], D['env']
        P = {**jm.DEF, 's2min': 0.3}
        Y = jm.standardise(jm.rank_gauss(X, env, P['rg']), env, P['std'])
        F, v = jm.features(Y, P, env)
        starts = np.searchsorted(env, np.arange(K + 2)); nk = np.diff(starts).astype(float)
        Lh = jm.lhard_all(Y, starts, K, P['tm2'], P['s2min'])
        sets, setlen, _ = jm.enum_sets(M, 3)
        rng = np.random.default_rng(0)
        cands = [rng.permutation([i for i in range(d) if i != j])[:M] for j in range(d)]
        genes = min(d, 10)
        run(0, X, env, K, P, Y, F, v, Lh, starts, nk, cands[0], sets, setlen)
        best = 1e9
        for _ in range(3):
            t0 = time.process_time()
            scores = [run(j, X, env, K, P, Y, F, v, Lh, starts, nk, cands[j], sets, setlen)[0] for j in range(genes)]
            best = min(best, time.process_time() - t0)
        json.dump(dict(n=n, d=d, K=K, genes=genes, seconds=best, sizes=nk.astype(int).tolist(), scaled=Y.ravel().tolist(),
                       candidates=[c.tolist() for c in cands], scores=[s.tolist() for s in scores]), open(f'{out}/study_{n}.json', 'w'))


main()
