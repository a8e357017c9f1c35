// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.PrunedScan;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The data source {@code letor}: ranked lists as SVMlight, LETOR, MSLR-WEB, Istella, LightGBM and XGBoost have them,
 * {@code label qid:ID number:value ... # comment}.
 *
 * <p>{@code spark.read().format("letor").load(path)} gives {@code label DOUBLE, qid STRING, features VECTOR, comment STRING}.
 * Options: {@code numFeatures}, {@code zeroBased}, {@code mode} (FAILFAST, DROPMALFORMED, PERMISSIVE),
 * {@code columnNameOfCorruptRecord}, {@code groups} (auto, none), {@code recursiveFileLookup}, {@code pathGlobFilter}. The
 * document {@code docs/letor.md} has them all. {@code dataset.write().format("letor").save(path)} writes.
 */
public final class LetorSource
        implements TableProvider, DataSourceRegister, RelationProvider, CreatableRelationProvider {

    /** In the metadata of {@code features}: by what number the files call the first feature. */
    public static final String FIRST_NUMBER = "letor.first_number";

    /** Spark finds it by the service file. */
    public LetorSource() {}

    @Override
    public String shortName() {
        return "letor";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        SparkSession session = SparkSession.active();
        LetorTable.files(session, options); // what is not there is refused now, not when rows are asked for
        return LetorTable.schema(LetorTable.options(session, options));
    }

    /** Also asked with the columns of a table that is to be written, so that it must not look at files. */
    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new LetorTable(SparkSession.active(), schema);
    }

    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    /** What {@code CREATE TEMPORARY VIEW ... USING letor} asks for: the same rows. */
    @Override
    public BaseRelation createRelation(SQLContext context, scala.collection.immutable.Map<String, String> parameters) {
        Map<String, String> options = CollectionConverters.asJava(parameters);
        DataFrameReader reader =
                context.sparkSession().read().format(shortName()).options(options);
        return new Relation(context, reader.load());
    }

    @Override
    public BaseRelation createRelation(
            SQLContext context,
            SaveMode mode,
            scala.collection.immutable.Map<String, String> parameters,
            Dataset<Row> data) {
        LetorWriter.write(data, mode, new CaseInsensitiveStringMap(CollectionConverters.asJava(parameters)));
        return new Relation(context, data);
    }

    /** Rows as Spark's older interface wants them. */
    private static final class Relation extends BaseRelation implements PrunedScan {

        private final SQLContext context;
        private final Dataset<Row> rows;

        Relation(SQLContext context, Dataset<Row> rows) {
            this.context = context;
            this.rows = rows;
        }

        @Override
        public SQLContext sqlContext() {
            return context;
        }

        @Override
        public StructType schema() {
            return rows.schema();
        }

        @Override
        public RDD<Row> buildScan(String[] columns) {
            return rows.select(Stream.of(columns).map(functions::col).toArray(Column[]::new))
                    .rdd();
        }
    }
}
