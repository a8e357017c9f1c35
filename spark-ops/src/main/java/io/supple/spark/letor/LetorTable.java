// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Files of ranked lists as a table. */
final class LetorTable implements SupportsRead {

    static final String LABEL = "label";
    static final String QID = "qid";
    static final String FEATURES = "features";
    static final String COMMENT = "comment";

    private final SparkSession session;
    private final StructType schema;

    private List<String> measured;
    private int numFeatures;

    LetorTable(SparkSession session, StructType schema) {
        this.session = session;
        this.schema = schema;
    }

    /** All columns under the options. */
    static StructType schema(LetorOptions options) {
        StructType schema = new StructType()
                .add(LABEL, DataTypes.DoubleType)
                .add(QID, DataTypes.StringType)
                .add(FEATURES, SQLDataTypes.VectorType(), true, numbering(options))
                .add(COMMENT, DataTypes.StringType);
        boolean keeps = options.malformed() == LetorOptions.Malformed.PERMISSIVE;
        return keeps ? schema.add(options.corruptColumn(), DataTypes.StringType) : schema;
    }

    /** By what number the files call the first feature: vectors lose it, and tables that are made of them keep it. */
    private static Metadata numbering(LetorOptions options) {
        return new MetadataBuilder()
                .putLong(LetorSource.FIRST_NUMBER, options.zeroBased() ? 0 : 1)
                .build();
    }

    /** The options of a read in a session. */
    static LetorOptions options(SparkSession session, Map<String, String> options) {
        return new LetorOptions(options, session.conf().get("spark.sql.columnNameOfCorruptRecord"));
    }

    /** The files of a read. */
    static DataFiles files(SparkSession session, Map<String, String> options) {
        return new DataFiles(hadoop(session, options), Paths.of(options), options(session, options));
    }

    /** Hadoop's settings of the session, and those among the options, as Spark's own file sources have them. */
    static Configuration hadoop(SparkSession session, Map<String, String> options) {
        Configuration hadoop = session.sessionState().newHadoopConf();
        options.forEach((name, value) -> {
            if (!Paths.NAMES.contains(name) && value != null) hadoop.set(name, value);
        });
        return hadoop;
    }

    StructType struct() {
        return schema;
    }

    /** Spark 4.0 still asks for it; later ones for {@link #columns}. */
    @Override
    @Deprecated
    public StructType schema() {
        return schema;
    }

    /** The length of vectors: as the files say, which are measured once unless they change. */
    synchronized int numFeatures(List<String> stamp, IntSupplier measure) {
        if (!stamp.equals(measured)) {
            numFeatures = measure.getAsInt();
            measured = stamp;
        }
        return numFeatures;
    }

    @Override
    public String name() {
        return "letor";
    }

    @Override
    public Column[] columns() {
        return Stream.of(schema.fields())
                .map(field -> Column.create(
                        field.name(),
                        field.dataType(),
                        field.nullable(),
                        null,
                        field.metadata().json()))
                .toArray(Column[]::new);
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        LetorOptions checked = options(session, options);
        List<StructField> there = Arrays.asList(schema(checked).fields());
        for (StructField field : schema.fields()) {
            if (there.stream()
                    .noneMatch(own ->
                            own.name().equals(field.name()) && own.dataType().equals(field.dataType()))) {
                throw new IllegalArgumentException("letor: schema must have columns of "
                        + schema(checked).simpleString() + ", got " + field.name() + ":"
                        + field.dataType().simpleString());
            }
        }
        return new LetorScan(
                session, this, new LetorFormat(hadoop(session, options), checked), files(session, options));
    }
}
