// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.SyntheticLists;
import io.supple.spark.Sessions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Lists as rows. */
final class RankRows {

    static final SparkSession SESSION = Sessions.shared();

    static final StructType SCHEMA = new StructType()
            .add("group", DataTypes.LongType)
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());

    private RankRows() {}

    static Dataset<Row> of(SyntheticLists lists) {
        return SESSION.createDataFrame(rows(lists), SCHEMA);
    }

    static List<Row> rows(SyntheticLists lists) {
        List<Row> rows = new ArrayList<>();
        int list = 0;
        for (int i = 0; i < lists.labels().length; i++) {
            while (i >= lists.offsets()[list + 1]) list++;
            rows.add(row(list, lists.labels()[i], lists.features()[i]));
        }
        return rows;
    }

    static Row row(long group, double label, double... features) {
        return RowFactory.create(group, label, Vectors.dense(features));
    }

    static Dataset<Row> of(Row... rows) {
        return SESSION.createDataFrame(List.of(rows), SCHEMA);
    }
}
