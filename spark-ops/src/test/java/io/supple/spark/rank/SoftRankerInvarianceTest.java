// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change a model, and what must. */
class SoftRankerInvarianceTest {

    private static final List<Row> LISTS = RankRows.rows(SyntheticLists.topheavy(1, 30));

    private static Dataset<Row> lists() {
        return RankRows.of(LISTS.toArray(Row[]::new));
    }

    @AfterEach
    void reset() {
        RankRows.SESSION.conf().set("spark.sql.shuffle.partitions", "3");
        RankRows.SESSION.conf().unset("spark.sql.adaptive.enabled");
    }

    static Stream<SoftRanker> rankers() {
        return Stream.of(
                new SoftRanker().setRegParam(0.01).setMaxIter(30),
                new SoftRanker().setLoss("softSpearman").setFeatureScaling("listStandard"),
                new SoftRanker().setLoss("listMLE").setFeatureScaling("standard"),
                new SoftRanker().setLoss("lambdaLoss").setMaxIter(8),
                new SoftRanker().setHiddenLayers(3).setMaxIter(20).setFeatureScaling("standard"));
    }

    /** To the last bit. */
    @ParameterizedTest
    @MethodSource("rankers")
    void neitherPartitionsNorOrderNorNames(SoftRanker ranker) {
        double[] expected = ranker.fit(lists()).coefficients().toArray();
        RankRows.SESSION.conf().set("spark.sql.adaptive.enabled", "false");
        for (int partitions : new int[] {1, 8, 64}) {
            RankRows.SESSION.conf().set("spark.sql.shuffle.partitions", String.valueOf(partitions));
            Dataset<Row> shuffled = lists().orderBy(rand(partitions)).repartition(partitions % 7 + 1);
            SoftRankerModel model = ranker.fit(shuffled);
            assertThat(model.coefficients().toArray()).containsExactly(expected);
        }
        Dataset<Row> named =
                lists().withColumn("group", concat(lit("query "), col("group").multiply(-17)));
        assertThat(ranker.fit(named).coefficients().toArray()).containsExactly(expected);
    }

    /** On the same partitions the same bits. */
    @Test
    void twiceTheSame() {
        SoftRanker ranker = new SoftRanker().setHiddenLayers(3).setMaxIter(20).setSeed(5);
        double[] first = ranker.fit(lists()).coefficients().toArray();
        assertThat(ranker.fit(lists()).coefficients().toArray()).containsExactly(first);
        assertThat(ranker.setSeed(6).fit(lists()).coefficients().toArray()).isNotEqualTo(first);
    }

    @Test
    void aListOfWeight2IsTwoLists() {
        List<Row> weighted = new ArrayList<>();
        List<Row> twice = new ArrayList<>();
        for (Row row : LISTS) {
            long group = row.getLong(0);
            boolean heavy = group % 3 == 0;
            weighted.add(RowFactory.create(group, row.get(1), row.get(2), heavy ? 2 : group % 3 == 1 ? 1 : 0));
            if (group % 3 < 2) twice.add(row);
            if (heavy) twice.add(RowFactory.create(group + 1000, row.get(1), row.get(2)));
        }
        SoftRanker ranker = new SoftRanker().setLoss("gainPairwise").setTol(1e-9);
        SoftRankerModel doubled = ranker.fit(RankRows.of(twice.toArray(Row[]::new)));
        SoftRankerModel model = ranker.setWeightCol("weight")
                .fit(RankRows.SESSION.createDataFrame(weighted, RankRows.SCHEMA.add("weight", DataTypes.IntegerType)));
        assertThat(model.coefficients().toArray())
                .containsExactly(doubled.coefficients().toArray(), within(1e-9));
        assertThat(model.summary().objective()).isCloseTo(doubled.summary().objective(), within(1e-12));
    }

    @Test
    void listsThatSayNothingChangeNothing() {
        SoftRanker ranker = new SoftRanker().setLoss("gainPairwise");
        List<Row> more = new ArrayList<>(LISTS);
        more.add(RankRows.row(5000, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)); // one row
        for (int i = 0; i < 4; i++) {
            more.add(RankRows.row(5001, 2, i, -i, i, 0, 0, 0, i, 0, 1, 1)); // labels all equal
            more.add(RankRows.row(5002, 0, i, -i, i, 0, 0, 0, i, 0, 1, 1)); // nothing relevant
        }
        SoftRankerModel without = ranker.fit(lists());
        SoftRankerModel with = ranker.fit(RankRows.of(more.toArray(Row[]::new)));
        assertThat(with.coefficients()).isEqualTo(without.coefficients());
        assertThat(with.summary().listsSkipped()).isEqualTo(without.summary().listsSkipped() + 3);
        assertThat(with.summary().listsUsed()).isEqualTo(without.summary().listsUsed());
    }

    /** Features that are the same in a whole list, and features that are the same everywhere, have no weight. */
    @Test
    void whatIsTheSameInAListHasNoWeight() {
        List<Row> rows = new ArrayList<>();
        for (Row row : LISTS) {
            double[] x = row.<Vector>getAs(2).toArray();
            rows.add(RankRows.row(row.getLong(0), row.getDouble(1), x[0], 7, (double) row.getLong(0), x[2]));
        }
        for (String scaling : new String[] {"listRank", "listStandard", "standard", "none"}) {
            double[] w = new SoftRanker()
                    .setFeatureScaling(scaling)
                    .fit(RankRows.of(rows.toArray(Row[]::new)))
                    .coefficients()
                    .toArray();
            assertThat(Math.abs(w[1])).as(scaling).isLessThan(1e-12);
            assertThat(Math.abs(w[2])).as(scaling).isLessThan(1e-12);
            assertThat(w[0]).as(scaling).isGreaterThan(0.1);
        }
    }

    @Test
    void rowsThatAreTiedInEveryFeatureAreFitted() {
        List<Row> rows = new ArrayList<>();
        for (int list = 0; list < 5; list++) {
            for (int i = 0; i < 6; i++) rows.add(RankRows.row(list, i % 3, Math.floorDiv(i, 2), 1));
        }
        for (String loss : new String[] {"approxNDCG", "softSpearman", "leastSquares", "neuralNDCG"}) {
            SoftRankerModel model = new SoftRanker().setLoss(loss).fit(RankRows.of(rows.toArray(Row[]::new)));
            assertThat(model.coefficients().toArray()).doesNotContain(Double.NaN);
            Row[] scored = (Row[]) model.transform(RankRows.of(rows.toArray(Row[]::new)))
                    .select("group", "features", "prediction")
                    .distinct()
                    .collect();
            assertThat(scored).as("equal rows have equal scores").hasSize(15);
        }
    }

    /** The scaling by list, the row order and the shape of features are nothing to a score. */
    @Test
    void scoresDoNotDependOnPartitions() {
        SoftRankerModel model = new SoftRanker().setMaxIter(5).fit(lists());
        Dataset<Row> more =
                lists().withColumn("note", concat(lit("row "), col("label"))).withColumn("id", col("features"));
        List<Row> one = model.transform(more.coalesce(1))
                .orderBy("group", "prediction", "label")
                .collectAsList();
        RankRows.SESSION.conf().set("spark.sql.shuffle.partitions", "11");
        List<Row> many = model.transform(more.orderBy(rand(3)).repartition(5))
                .orderBy("group", "prediction", "label")
                .collectAsList();
        assertThat(many).isEqualTo(one).hasSize(LISTS.size());
        assertThat(one.get(0).schema().fieldNames())
                .containsExactly("group", "label", "features", "note", "id", "prediction");
    }
}
