# SPDX-License-Identifier: Apache-2.0
"""The stages: Params and defaults as Java's, results as SQL's, pipelines that Java and Python both read."""

import inspect
import pathlib

import pytest
from conftest import HERE, surface
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.evaluation import BinaryClassificationEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder

from supple import functions as soft
from supple import ml

STAGES = surface()["stages"]
NAMES = [stage["name"] for stage in STAGES]
MADE = [stage for stage in STAGES if hasattr(getattr(ml, stage["name"]), "setParams")]
SAVED_BY_JAVA = HERE.parents[1] / "spark-ops" / "src" / "test" / "resources" / "saved-pipeline-0.1"

#: A value of each Python type, for Params that have no default.
SAMPLES = {"str": "x", "float": 0.5, "int": 3, "bool": True, "List[str]": ["a", "b"]}


def made(stage):
    return getattr(ml, stage["name"])()


def test_all_of_them():
    assert sorted(ml.__all__) == sorted([*NAMES, "GroupCrossValidator"])


@pytest.mark.parametrize("stage", MADE, ids=lambda stage: stage["name"])
def test_params_are_java_s(spark, remote, stage):
    python = made(stage)
    assert [param.name for param in python.params] == [param["name"] for param in stage["params"]]
    for param in stage["params"]:
        ours = python.getParam(param["name"])
        assert ours.doc == param["doc"]
        assert python.hasDefault(ours) == param["has_default"]
        if param["has_default"]:
            default = param["default"]
            default = default.replace("{uid}", python.uid) if isinstance(default, str) else default
            assert python.getOrDefault(ours) == default
    if not remote:
        java = python._java_obj
        assert [param.name() for param in java.params()] == [param.name for param in python.params]
        for param in java.params():
            assert java.hasDefault(param) == python.hasDefault(param.name())


@pytest.mark.parametrize("stage", MADE, ids=lambda stage: stage["name"])
def test_constructor_setters_and_getters(spark, stage):
    type_ = getattr(ml, stage["name"])
    assert type_.__doc__.split("\n")[0]
    signature = inspect.signature(type_.__init__)
    for param in stage["params"]:
        title = param["name"][0].upper() + param["name"][1:]
        getter = getattr(type_, f"get{title}")
        assert getter.__doc__
        assert hasattr(type_, f"set{title}") == param["setter"] == (param["name"] in signature.parameters)
        value = SAMPLES.get(inspect.get_annotations(getter)["return"])
        if not param["setter"] or value is None:
            continue
        assert getter(type_(**{param["name"]: value})) == value
        assert getter(getattr(type_(), f"set{title}")(value)) == value
        assert getter(type_().setParams(**{param["name"]: value})) == value
    with pytest.raises(TypeError, match="softnes"):
        type_(softnes=1.0)
    with pytest.raises(TypeError):
        type_("positional")


@pytest.mark.parametrize(
    "call,said",
    [
        (lambda: ml.SoftRank(softness="much"), "SoftRank: softness must be an int or a float, got 'much'"),
        (lambda: ml.SoftRank(groupCols="g"), r"SoftRank: groupCols must be a list of texts, got 'g'; write \['g'\]"),
        (lambda: ml.SoftRank().setSoftness(None), r"SoftRank: softness must be an int or a float, got None; clear\(stage.softness\)"),
        (lambda: ml.SoftTopK(k=2**31), "SoftTopK: k must be a whole number of 32 bits, got 2147483648"),
        (lambda: ml.SoftRanker(hiddenLayers=[2**31]), "SoftRanker: hiddenLayers must be a list of whole numbers of 32 bits, got"),
        (lambda: ml.GroupFolds(seed=2**63), "GroupFolds: seed must be a whole number of 64 bits, got 9223372036854775808"),
        (lambda: ml.SoftRank("x"), "SoftRank: arguments must be by name, got 1"),
        (lambda: ml.SoftRank().setParams(softnes=1.0), "SoftRank: arguments must be of .*, got 'softnes'; did you mean 'softness'"),
        (lambda: ml.GroupCrossValidator("x"), "GroupCrossValidator: arguments must be by name, got 1"),
        (lambda: ml.SoftRank().copy({"softness": 1.0}), "SoftRank: .* of Params, got 'softness'; write stage.softness"),
        (lambda: ml.SoftRank().copy({ml.SoftRank.softness: 1.0}), "SoftRank: .* got softness of a class; write stage.softness"),
    ],
)
def test_python_refuses_what_it_can_see(spark, call, said):
    with pytest.raises(TypeError, match=said):
        call()


def test_numbers_of_64_bits_reach_java(rows):
    folds = ml.GroupFolds(groupCol="g", seed=2**62)
    assert folds.transform(rows).select("fold").collect() != folds.setSeed(1).transform(rows).select("fold").collect()


def test_none_is_as_nothing_given(spark):
    rank = ml.SoftRank(inputCol=None, softness=None)
    assert rank.getSoftness() == 0.1 and not rank.isSet("inputCol")
    assert rank.setParams(softness=None, inputCol="x").getInputCol() == "x"


def test_what_is_not_set_is_said(spark, remote, rows):
    with pytest.raises(KeyError, match="^SoftRank: inputCol must be set, got nothing$"):
        ml.SoftRank().getInputCol()
    model = ml.SoftQuantileDiscretizer(inputCol="v", outputCol="b").fit(rows)
    if remote:
        with pytest.raises(KeyError, match="SoftBucketizer: splits must be of a loaded model, got .*save it and load it"):
            model.getSplits()
    else:
        assert len(model.getSplits()) == 3


def test_maps_of_params_are_converted(rows):
    stage = ml.SoftRank(inputCol="x", outputCol="y")
    whole, real = stage.transform(rows, {stage.softness: 5}), stage.transform(rows, {stage.softness: 5.0})
    assert whole.first().y == real.first().y
    with pytest.raises(TypeError, match="SoftRank: softness must be an int or a float, got '5'"):
        stage.transform(rows, {stage.softness: "5"})


def test_a_grid_over_the_params_of_a_class_is_refused(judged):
    grid = ParamGridBuilder().addGrid(ml.SoftRanker.softness, [0.5]).build()
    validator = ml.GroupCrossValidator(
        estimator=ml.SoftRanker(maxIter=1), estimatorParamMaps=grid, evaluator=ml.SoftRankingEvaluator(), numFolds=2
    )
    with pytest.raises(TypeError, match="SoftRanker: .* got softness of a class"):
        validator.fit(judged)


def test_a_validator_without_parts_says_so(judged):
    with pytest.raises(ValueError, match="GroupCrossValidator: estimator must be set, got nothing"):
        ml.GroupCrossValidator(evaluator=ml.SoftRankingEvaluator()).fit(judged)
    with pytest.raises(ValueError, match="GroupCrossValidator: evaluator must be set, got nothing"):
        ml.GroupCrossValidator(estimator=ml.SoftRanker()).fit(judged)


def test_operators_as_stages_give_what_sql_gives(rows):
    ours = ml.SoftRank(inputCol="x", outputCol="y", softness=0.5, mode="c1").transform(rows)
    assert ours.select("y").collect() == rows.select(soft.rank("x", softness=0.5, mode="c1").alias("y")).collect()
    top = ml.SoftTransformer(operator="topk_mask", arguments=["k => 2"], inputCol="x", outputCol="y").transform(rows)
    assert top.select("y").collect() == rows.select(soft.topk_mask("x", 2).alias("y")).collect()
    clamp = ml.SoftClamp(inputCol="v", outputCol="y", a=2.0, b=8.0).transform(rows)
    assert clamp.select("y").collect() == rows.select(soft.clamp("v", 2.0, 8.0).alias("y")).collect()


def test_groups_and_gradients(rows):
    stage = ml.SoftRank(inputCol="v", groupCol="g", outputCol="y", gradientCol="dy", mode="hard")
    ranks = sorted(row.y for row in stage.transform(rows).where("g = 0").collect())
    assert ranks == [1.0, 2.0, 3.0, 4.0]


def test_params_given_to_transform_and_copies(rows):
    stage = ml.SoftRank(inputCol="x", outputCol="y")
    wide = stage.transform(rows, {stage.softness: 5.0}).first().y
    assert wide != stage.transform(rows).first().y
    copy = stage.copy({stage.softness: 5.0})
    assert (copy.uid, copy.getSoftness(), stage.getSoftness()) == (stage.uid, 5.0, 0.1)
    assert copy.transform(rows).first().y == wide


def test_bad_values_name_the_param(rows):
    with pytest.raises(Exception, match="softness"):
        ml.SoftRank(inputCol="x", outputCol="y", softness=-1.0).transform(rows).collect()
    with pytest.raises(Exception, match="SoftRank: inputCol must be"):
        ml.SoftRank(outputCol="y").transform(rows).collect()


def test_quantile_discretizer(rows, tmp_path):
    model = ml.SoftQuantileDiscretizer(inputCol="v", outputCol="b", numBuckets=3, mode="hard").fit(rows)
    assert isinstance(model, ml.SoftBucketizer)
    buckets = [row.b for row in model.transform(rows).orderBy("v").collect()]
    assert buckets == sorted(buckets) and set(buckets) == {0.0, 1.0, 2.0}
    path = str(tmp_path / "buckets")
    model.write().overwrite().save(path)
    loaded = ml.SoftBucketizer.load(path)
    splits = loaded.getSplits()
    assert splits[0] == float("-inf") and splits[-1] == float("inf") and len(splits) == 4
    assert [row.b for row in loaded.transform(rows).orderBy("v").collect()] == buckets
    by_hand = ml.SoftBucketizer(inputCol="v", outputCol="b", splits=splits, mode="hard").transform(rows)
    assert [row.b for row in by_hand.orderBy("v").collect()] == buckets


def test_robust_scaler(rows, remote, tmp_path):
    vectors = VectorAssembler(inputCols=["v", "label"], outputCol="f").transform(rows)
    model = ml.SoftRobustScaler(inputCol="f", outputCol="s", withCentering=True, mode="hard").fit(vectors)
    assert isinstance(model, ml.SoftRobustScalerModel)
    assert model.getWithCentering() is True
    path = str(tmp_path / "scaler")
    model.write().overwrite().save(path)
    loaded = ml.SoftRobustScalerModel.load(path)
    assert loaded.uid == model.uid and len(loaded.getMedian()) == 2
    assert loaded.getMedian()[1] == 0.0
    if not remote:
        assert model.getMedian() == loaded.getMedian()
    assert loaded.transform(vectors).select("s").collect() == model.transform(vectors).select("s").collect()


@pytest.mark.parametrize("stage", MADE, ids=lambda stage: stage["name"])
def test_every_stage_is_saved_and_loaded(spark, tmp_path, stage):
    python = made(stage)
    if python.hasParam("softness"):
        python._set(softness=0.25)
    path = str(tmp_path / "stage")
    python.write().overwrite().save(path)
    loaded = type(python).load(path)
    assert type(loaded) is type(python) and loaded.uid == python.uid
    assert loaded.explainParams() == python.explainParams()


def pipeline():
    return Pipeline(
        stages=[
            ml.SoftQuantileDiscretizer(inputCol="v", outputCol="b", numBuckets=3),
            ml.SoftRank(inputCol="v", groupCol="g", outputCol="r"),
            ml.SoftBinarizer(inputCol="v", outputCol="late", threshold=5.0, softness=2.0),
            VectorAssembler(inputCols=["b", "r", "late"], outputCol="features"),
            LogisticRegression(maxIter=3),
        ]
    )


def scores(model, rows):
    return [tuple(row) for row in model.transform(rows).select("id", "b", "r", "late", "probability").orderBy("id").collect()]


def test_pipeline_saved_and_loaded(rows, remote, spark, tmp_path):
    pipeline().write().overwrite().save(str(tmp_path / "pipeline"))
    model = Pipeline.load(str(tmp_path / "pipeline")).fit(rows)
    model.write().overwrite().save(str(tmp_path / "model"))
    loaded = PipelineModel.load(str(tmp_path / "model"))
    assert [type(stage).__name__ for stage in loaded.stages][:3] == ["SoftBucketizer", "SoftRank", "SoftBinarizer"]
    assert scores(loaded, rows) == scores(model, rows)
    if not remote:  # and Java reads it
        java = spark._jvm.org.apache.spark.ml.PipelineModel.load(str(tmp_path / "model"))
        assert java.stages()[1].getClass().getName() == "io.supple.spark.ml.SoftRank"


@pytest.mark.skipif(not SAVED_BY_JAVA.is_dir(), reason="the pipeline that Java saved is not here")
def test_what_java_saved(remote, spark):
    if remote:
        pytest.skip("Spark's Connect client reads pipelines that Python saved, not those of Java")
    names = [type(stage).__name__ for stage in PipelineModel.load(str(SAVED_BY_JAVA / "model")).stages]
    assert names[0] == "SoftBinarizer" and "SoftRank" in names and "SoftRobustScalerModel" in names
    assert len(Pipeline.load(str(SAVED_BY_JAVA / "pipeline")).getStages()) == len(names)


def test_cross_validation_over_softness(rows, tmp_path):
    many = rows.unionByName(rows).unionByName(rows)
    rank = ml.SoftRank(inputCol="v", groupCol="g", outputCol="r")
    stages = Pipeline(stages=[rank, VectorAssembler(inputCols=["r"], outputCol="features"), LogisticRegression(maxIter=2)])
    grid = ParamGridBuilder().addGrid(rank.softness, [0.05, 1.0]).build()
    model = CrossValidator(
        estimator=stages, estimatorParamMaps=grid, evaluator=BinaryClassificationEvaluator(), numFolds=2, seed=1
    ).fit(many)
    assert len(model.avgMetrics) == 2
    path = str(tmp_path / "cv")
    model.write().overwrite().save(path)
    loaded = CrossValidatorModel.load(path)
    assert loaded.avgMetrics == model.avgMetrics
    assert type(loaded.bestModel.stages[0]).__name__ == "SoftRank"


def test_names_that_spark_looks_for():
    for stage in STAGES:
        type_ = getattr(ml, stage["name"])
        assert f"{type_.__module__}.{type_.__name__}" == f"{stage['package']}.{stage['name']}"
    assert pathlib.Path(inspect.getfile(ml)).name == "ml.py"


# ---- learning to rank


@pytest.fixture(scope="module")
def judged(spark):
    """Lists of five rows, in which the first of two features says how relevant a row is."""
    rows = [
        (f"q{query}", float((row * 3 + query) % 5 > 2), float((row * 3 + query) % 5), float((row * 7 + query * 3) % 11))
        for query in range(12)
        for row in range(5)
    ]
    frame = spark.createDataFrame(rows, ["group", "label", "a", "b"])
    return VectorAssembler(inputCols=["a", "b"], outputCol="features").transform(frame)


def test_ranker(judged, remote, tmp_path):
    model = ml.SoftRanker(maxIter=20).fit(judged)
    assert isinstance(model, ml.SoftRankerModel)
    scored = model.transform(judged)
    evaluator = ml.SoftRankingEvaluator(k=3)
    assert evaluator.isLargerBetter() is True
    assert evaluator.evaluate(scored) > 0.99
    path = str(tmp_path / "ranker")
    model.write().overwrite().save(path)
    loaded = ml.SoftRankerModel.load(path)
    assert loaded.transform(judged).select("prediction").collect() == scored.select("prediction").collect()
    assert len(loaded.getWeights()) == 2
    if remote:
        with pytest.raises(RuntimeError, match="SoftRankerModel: coefficients must be asked in a classic session"):
            model.coefficients
        with pytest.raises(KeyError, match="SoftRankerModel: weights must be of a loaded model"):
            model.getWeights()
    else:
        assert model.numFeatures == 2 and list(model.coefficients) == model.getWeights() == loaded.getWeights()


def test_streams_have_no_whole_lists(spark, judged):
    """Of which models that score by lists and evaluators say it, as stages with groupCol do."""
    rows = spark.readStream.format("rate").load().selectExpr("value AS group", "1D AS label", "1D AS prediction", "1D AS a")
    features = VectorAssembler(inputCols=["a"], outputCol="features").transform(rows.drop("prediction"))
    one = VectorAssembler(inputCols=["b"], outputCol="features").transform(judged.drop("features"))
    with pytest.raises(Exception, match="SoftRankerModel: featureScaling must be of rows by themselves on a stream.*foreachBatch"):
        ml.SoftRanker(maxIter=1).fit(one).transform(features).columns
    assert ml.SoftRanker(maxIter=1, featureScaling="none").fit(one).transform(features).isStreaming
    with pytest.raises(Exception, match="SoftRankingEvaluator: dataset must be of whole lists, got a stream"):
        ml.SoftRankingEvaluator().evaluate(rows)


def test_group_cross_validation(judged, tmp_path):
    ranker = ml.SoftRanker(maxIter=5)
    grid = ParamGridBuilder().addGrid(ranker.loss, ["rankNet", "approxNDCG"]).build()
    validator = ml.GroupCrossValidator(
        estimator=ranker, estimatorParamMaps=grid, evaluator=ml.SoftRankingEvaluator(k=3), numFolds=2, seed=1
    )
    for train, validation in validator._kFold(judged):
        groups = [{row["group"] for row in part.select("group").collect()} for part in (train, validation)]
        assert not groups[0] & groups[1] and len(groups[0] | groups[1]) == 12
        assert train.columns == judged.columns
    model = validator.fit(judged)
    assert len(model.avgMetrics) == 2 and min(model.avgMetrics) > 0.5
    model.write().overwrite().save(str(tmp_path / "cv"))
    assert CrossValidatorModel.load(str(tmp_path / "cv")).avgMetrics == model.avgMetrics
    assert type(model.bestModel).__name__ == "SoftRankerModel"
    with pytest.raises(NotImplementedError, match="write must be asked of the fitted model"):
        validator.write()
