// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.hadoop.util.StringUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;

/** One read: which columns, which files, which task reads what. */
final class LetorScan implements SupportsPushDownRequiredColumns, SupportsReportStatistics, Batch {

    private final SparkSession session;
    private final LetorTable table;
    private final LetorFormat format;
    private final DataFiles files;
    private StructType columns;

    LetorScan(SparkSession session, LetorTable table, LetorFormat format, DataFiles files) {
        this.session = session;
        this.table = table;
        this.format = format;
        this.files = files;
        columns = table.struct();
    }

    @Override
    public void pruneColumns(StructType required) {
        columns = required;
    }

    @Override
    public Scan build() {
        return this;
    }

    @Override
    public StructType readSchema() {
        return columns;
    }

    @Override
    public String description() {
        return "letor " + String.join(", ", columns.fieldNames());
    }

    @Override
    public Statistics estimateStatistics() {
        return new Size(files.bytes());
    }

    private record Size(long bytes) implements Statistics {
        @Override
        public OptionalLong sizeInBytes() {
            return OptionalLong.of(bytes);
        }

        @Override
        public OptionalLong numRows() {
            return OptionalLong.empty();
        }
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return shares();
    }

    private FilePieces[] shares() {
        return files.share(
                bytes("spark.sql.files.maxPartitionBytes"),
                bytes("spark.sql.files.openCostInBytes"),
                session.sparkContext().defaultParallelism());
    }

    /** A size among the settings, such as 128MB, as 128m or 134217728b. */
    private long bytes(String setting) {
        String text = session.conf().get(setting).strip().toLowerCase(Locale.ROOT);
        String units = text.replaceFirst("i?b$", "");
        return StringUtils.TraditionalBinaryPrefix.string2long(units);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        String[] names = columns.fieldNames();
        boolean wanted = Arrays.asList(names).contains(LetorTable.FEATURES);
        return new Factory(format, wanted ? numFeatures() : 0, List.of(names));
    }

    private int numFeatures() {
        int given = format.options().numFeatures();
        return given != LetorLine.ANY ? given : table.numFeatures(files.stamp(), this::widest);
    }

    private int widest() {
        List<FilePieces> shares = List.of(shares());
        if (shares.isEmpty()) return 0;
        LetorFormat how = format;
        return JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(shares, shares.size())
                .map(how::widest)
                .reduce(Math::max);
    }

    private record Factory(LetorFormat format, int numFeatures, List<String> columns)
            implements PartitionReaderFactory {
        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new LetorReader(format, (FilePieces) partition, numFeatures, columns.toArray(String[]::new));
        }
    }
}
