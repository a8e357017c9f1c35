// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NDCG with ties = stable is LightGBM's own, as golden/make_lightgbm_ndcg.py had it said. */
class LightGbmTest {

    private static final StructType SCHEMA = new StructType()
            .add("group", DataTypes.IntegerType)
            .add("label", DataTypes.DoubleType)
            .add("prediction", DataTypes.DoubleType);

    static Stream<Arguments> cases() throws IOException {
        try (InputStream in = LightGbmTest.class.getResourceAsStream("/golden/lightgbm-ndcg.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            return IntStream.range(0, cases.size())
                    .mapToObj(i -> Arguments.of(cases.get(i).get("name").asText(), cases.get(i)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(String name, JsonNode lists) {
        List<Row> rows = new ArrayList<>();
        int at = 0;
        for (int list = 0; list < lists.get("sizes").size(); list++) {
            for (int i = 0; i < lists.get("sizes").get(list).asInt(); i++, at++) {
                rows.add(RowFactory.create(
                        list,
                        lists.get("labels").get(at).asDouble(),
                        lists.get("scores").get(at).asDouble()));
            }
        }
        // one partition: stable means the order of the rows, as they are in LightGBM's file
        Dataset<Row> data = RankRows.SESSION.createDataFrame(rows, SCHEMA).coalesce(1);
        for (int c = 0; c < lists.get("cuts").size(); c++) {
            int k = lists.get("cuts").get(c).asInt();
            SoftRankingEvaluator evaluator = new SoftRankingEvaluator().setK(k).setTies("stable");
            assertThat(evaluator.evaluate(data))
                    .as("%s, NDCG@%d", name, k)
                    .isCloseTo(lists.get("mean").get(c).asDouble(), within(1e-12));
        }
    }
}
