#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lightgbm-ndcg.json: NDCG by LightGBM itself, of lists with ties, of one row and without relevant rows.

LightGBM says its metric of what a model predicts. A model of one tree that cannot split predicts its initial score, so the
scores are given as initial scores of a validation set.

    pip install lightgbm==4.7.0 numpy && python3 make_lightgbm_ndcg.py > lightgbm-ndcg.json
"""
import json

import lightgbm as lgb
import numpy as np

CUTS = [1, 3, 5, 10]


def ndcg(scores, labels, sizes):
    rows = np.zeros((len(scores), 1))
    train = lgb.Dataset(rows, label=labels, group=sizes, free_raw_data=False)
    valid = lgb.Dataset(rows, label=labels, group=sizes, init_score=scores, reference=train, free_raw_data=False)
    seen = {}
    lgb.train(
        {"objective": "lambdarank", "metric": "ndcg", "eval_at": CUTS, "verbose": -1, "num_leaves": 2},
        train, num_boost_round=1, valid_sets=[valid], valid_names=["v"], callbacks=[lgb.record_evaluation(seen)])
    return [seen["v"][f"ndcg@{k}"][0] for k in CUTS]


def main():
    rng = np.random.default_rng(7)
    cases = []
    for name, ties, empty in [("distinct", False, False), ("tied", True, False), ("empty lists", True, True)]:
        sizes = [1, 2, 3, 7, 12, 25, 40, 5]
        n = sum(sizes)
        labels = rng.integers(0, 5, n)
        scores = rng.integers(0, 6, n).astype(float) if ties else rng.permutation(n) / 8.0
        if empty:
            labels[:3] = 0          # the lists of one and of two
            labels[n - 5:] = 0      # the last
        each, at = [], 0
        for size in sizes:
            s, y = scores[at:at + size], labels[at:at + size]
            each.append(ndcg(s, y, [size]))
            at += size
        cases.append({"name": name, "sizes": sizes, "scores": scores.tolist(), "labels": labels.tolist(),
                      "cuts": CUTS, "each": each, "mean": ndcg(scores, labels, sizes)})
    print(json.dumps({"lightgbm": lgb.__version__, "cases": cases}, separators=(",", ":")))


if __name__ == "__main__":
    main()
