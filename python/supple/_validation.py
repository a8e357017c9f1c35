# SPDX-License-Identifier: Apache-2.0
"""Cross-validation that never splits a list."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from pyspark.ml.base import Estimator
from pyspark.ml.evaluation import Evaluator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel
from pyspark.sql import DataFrame

from ._stages import keywords

_FOLDS = "__supple_fold"


class GroupCrossValidator(CrossValidator):
    """PySpark's ``CrossValidator`` on the folds of ``GroupFolds``: all rows of a group are in one fold, by a hash of the group and the
    seed alone. What it fits is PySpark's ``CrossValidatorModel``, with its ``avgMetrics``.

    >>> GroupCrossValidator(
    ...     estimator=ranker, evaluator=SoftRankingEvaluator(groupCol="query", k=10), estimatorParamMaps=grid, groupCol="query"
    ... ).fit(rows)

    Parameters
    ----------
    estimator, estimatorParamMaps, evaluator, parallelism, collectSubModels
        as ``CrossValidator`` has them
    groupCol : str, default 'group'
        column that says which rows are one list
    foldCol : str, optional
        column of folds, 0 to numFolds - 1, instead of those by groupCol
    numFolds : int, default 3
        how many folds
    seed : int, default 0
        seed of the folds

    Its model is saved and loaded as ever; the validator itself is not saved, since PySpark would write it as its own kind.
    """

    groupCol: Param[str] = Param(
        Params._dummy(),
        "groupCol",
        "column that says which rows are one list",
        typeConverter=TypeConverters.toString,
    )
    _input_kwargs: Dict[str, Any]

    @keywords
    def __init__(
        self,
        *,
        estimator: Optional[Estimator[Any]] = None,
        estimatorParamMaps: Optional[List[Dict[Param[Any], Any]]] = None,
        evaluator: Optional[Evaluator] = None,
        groupCol: str = "group",
        foldCol: str = "",
        numFolds: int = 3,
        seed: int = 0,
        parallelism: int = 1,
        collectSubModels: bool = False,
    ) -> None:
        given = self._input_kwargs
        super().__init__()
        self._setDefault(groupCol="group", seed=0, estimatorParamMaps=[{}])
        self._set(**given)

    def getGroupCol(self) -> str:
        """The value of ``groupCol``, or its default."""
        return self.getOrDefault(self.groupCol)

    def setGroupCol(self, value: str) -> GroupCrossValidator:
        """Sets ``groupCol``."""
        self._set(groupCol=value)
        return self

    def _fit(self, dataset: DataFrame) -> CrossValidatorModel:
        for param in (self.estimator, self.evaluator):
            if not self.isDefined(param):
                raise ValueError(f"GroupCrossValidator: {param.name} must be set, got nothing")
        return super()._fit(dataset)

    def _kFold(self, dataset: DataFrame) -> List[Tuple[DataFrame, DataFrame]]:
        if self.getFoldCol():
            return super()._kFold(dataset)
        from .ml import GroupFolds  # which imports this module

        folds = GroupFolds(
            groupCol=self.getGroupCol(), foldCol=_FOLDS, numFolds=self.getNumFolds(), seed=self.getOrDefault(self.seed)
        )
        folded = folds.transform(dataset)
        parts = []
        for fold in range(self.getNumFolds()):
            train, validation = folded.filter(folded[_FOLDS] != fold), folded.filter(folded[_FOLDS] == fold)
            for what, rows in (("training", train), ("validation", validation)):
                if rows.isEmpty():
                    raise ValueError(
                        f"GroupCrossValidator: numFolds must leave {what} rows in every fold, got none in fold {fold} of"
                        f" {self.getNumFolds()}; are there as many groups?"
                    )
            parts.append((train.drop(_FOLDS), validation.drop(_FOLDS)))
        return parts

    def write(self) -> Any:
        """Refused: save what it fits."""
        raise NotImplementedError(
            "GroupCrossValidator: write must be asked of the fitted model, got the validator itself; PySpark would save it as a"
            " CrossValidator, which splits groups"
        )
