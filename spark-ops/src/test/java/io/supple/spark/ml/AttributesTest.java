// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the schema says of a result: that it is a number, and how long lists are where that is known. */
class AttributesTest {

    private static final SparkSession SESSION = Sessions.shared();

    /** A vector of known size 3, an array of unknown size, and numbers. */
    private static Dataset<Row> rows() {
        Dataset<Row> rows = SESSION.sql("SELECT 1 AS g, 3D AS a, 1D AS b, 2D AS c, array(1D, 2D, 4D) AS unknown");
        return new VectorAssembler()
                .setInputCols(new String[] {"a", "b", "c"})
                .setOutputCol("known")
                .transform(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "sort        | -            | known   | error | 3",
                "sort        | -            | known   | keep  | 3",
                "rank        | -            | unknown | error | -1",
                "topk        | k => 2       | known   | error | 2",
                "topk        | k => 9       | known   | error | 3",
                "topk        | k => 2       | known   | keep  | -1",
                "topk        | k => 2       | unknown | error | -1",
                "argmax      | -            | known   | error | 3",
                "abs         | -            | known   | error | 3",
                "max         | -            | known   | error | 0",
                "quantile    | q => 0.3     | unknown | error | 0",
                "abs         | -            | a       | error | 0",
                "argsort     | -            | known   | error | -1",
                "permutation | seed => 3    | known   | error | 3",
            })
    void sizes(String operator, String argument, String input, String invalid, int size) {
        SoftTransformer stage = new SoftTransformer()
                .setOperator(operator)
                .setInputCol(input)
                .setOutputCol("out")
                .setHandleInvalid(invalid);
        if (argument != null) stage.setArguments(argument);
        StructType schema = stage.transformSchema(rows().schema());
        StructField field = schema.apply("out");
        Dataset<Row> transformed = stage.transform(rows());
        assertThat(transformed.schema()).isEqualTo(schema);
        if (size == 0) {
            assertThat(Attribute.fromStructField(field).isNumeric()).isTrue();
            assertThat(Attribute.fromStructField(field).name().get()).isEqualTo("out");
        } else {
            assertThat(Attributes.size(field)).isEqualTo(size);
        }
        if (size > 0)
            assertThat(transformed.first().getList(transformed.columns().length - 1))
                    .hasSize(size);
    }

    @ParameterizedTest
    @CsvSource({"known, 3", "unknown, -1"})
    void theNextStageAndTheGradientKnowItToo(String input, int size) {
        SoftSort sort = new SoftSort().setInputCol(input).setOutputCol("sorted").setGradientCol("gradient");
        StructType sorted = sort.transformSchema(rows().schema());
        assertThat(Attributes.size(sorted.apply("gradient"))).isEqualTo(size);
        StructType ranked =
                new SoftRank().setInputCol("sorted").setOutputCol("ranked").transformSchema(sorted);
        assertThat(Attributes.size(ranked.apply("ranked"))).isEqualTo(size);
        assertThat(sort.transform(rows()).schema()).isEqualTo(sorted);
    }

    @org.junit.jupiter.api.Test
    void aRowOfAGroupHasANumber() {
        SoftRank rank = new SoftRank().setInputCol("a").setGroupCol("g").setOutputCol("r");
        StructField field = rank.transform(rows()).schema().apply("r");
        assertThat(Attribute.fromStructField(field).isNumeric()).isTrue();
    }
}
