// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.device.RowSession;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.UserDefinedGenerator;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.IterableOnce;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Rows with the results of soft calls, in the order in which they came: held back until there are enough of them for a
 * device, or no more. To Spark it is a generator, the one kind of expression that may keep rows and give them later.
 *
 * <p>Its children are the columns that are kept and then the calls. One instance serves one partition at a time.
 */
final class RowBatches extends UserDefinedGenerator {

    private static final long serialVersionUID = 1L;

    /** Bytes of rows, and rows, that are held at most, however few numbers they have. */
    private static final long BYTES = 64L << 20;

    private static final int ROWS = 1 << 18;

    private final int kept;
    private final String device;
    private final int numbers;
    private transient Held held; // of the partition that is read now

    /**
     * Batches of rows.
     *
     * @param kept columns that come out as they are
     * @param calls soft calls; their results follow
     * @param device a name that devices are found by
     * @param numbers how many of a column make a batch
     */
    RowBatches(List<Attribute> kept, List<SoftExpression> calls, String device, int numbers) {
        this(schema(kept, calls), children(kept, calls), kept.size(), device, numbers);
    }

    private RowBatches(StructType schema, Seq<Expression> children, int kept, String device, int numbers) {
        super(schema, null, children);
        this.kept = kept;
        this.device = device;
        this.numbers = numbers;
    }

    private static StructType schema(List<Attribute> kept, List<SoftExpression> calls) {
        List<StructField> fields = new ArrayList<>();
        for (Attribute each : kept) {
            fields.add(new StructField(each.name(), each.dataType(), each.nullable(), each.metadata()));
        }
        for (SoftExpression call : calls) {
            fields.add(new StructField(call.prettyName(), call.dataType(), true, Metadata.empty()));
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private static Seq<Expression> children(List<Attribute> kept, List<SoftExpression> calls) {
        List<Expression> children = new ArrayList<>();
        for (Attribute each : kept) children.add((Expression) each);
        children.addAll(calls);
        return Scala.seq(children);
    }

    @Override
    public UserDefinedGenerator withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new RowBatches(elementSchema(), children, kept, device, numbers);
    }

    @Override
    public IterableOnce<InternalRow> eval(InternalRow row) {
        if (held == null) held = new Held();
        return held.add(row);
    }

    @Override
    public IterableOnce<InternalRow> terminate() {
        Held last = held;
        held = null;
        return last == null ? Scala.<InternalRow>seq(List.of()) : last.computed();
    }

    @Override
    public String prettyName() {
        return "supple_batches";
    }

    @Override
    public String toString() {
        return Scala.list(children()).subList(kept, children().size()) + " on device " + device;
    }

    /** Rows that wait. */
    private final class Held {
        private final Expression[] children = Scala.list(children()).toArray(Expression[]::new);
        private final RowSession session = session(); // null: the JVM, to which batches bring nothing
        private final CallBatch[] batches = new CallBatch[children.length]; // null for what is evaluated row by row
        private final List<InternalRow> rows = new ArrayList<>();
        private long bytes;

        Held() {
            if (session == null) return;
            for (int i = kept; i < children.length; i++) {
                // the optimizer may have made something else of a call
                if (children[i] instanceof SoftExpression call) batches[i] = CallBatch.of(call.plan());
            }
        }

        /** Refuses in the name of the first call, as what is wrong with a row is. */
        private RowSession session() {
            return TaskSession.of(elementSchema().fields()[kept].name(), device);
        }

        IterableOnce<InternalRow> add(InternalRow row) {
            if (session == null) return Scala.seq(List.of(row(row, 0)));
            InternalRow own = row.copy(); // Spark writes the next one over it
            rows.add(own);
            bytes += own instanceof UnsafeRow stored ? stored.getSizeInBytes() : 0;
            int most = 0;
            for (int i = kept; i < children.length; i++) {
                if (batches[i] == null) continue;
                ((SoftExpression) children[i]).set(batches[i].call(), own);
                most = Math.max(most, batches[i].add());
            }
            boolean enough = most >= numbers || bytes >= BYTES || rows.size() >= ROWS;
            return enough ? computed() : Scala.seq(List.of());
        }

        /** All rows that wait with their results; they are let go as they are read. */
        IterableOnce<InternalRow> computed() {
            for (CallBatch batch : batches) if (batch != null) batch.compute(session);
            return Scala.iterator(new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    if (next < rows.size()) return true;
                    clear();
                    next = 0;
                    return false;
                }

                @Override
                public InternalRow next() {
                    InternalRow made = row(rows.get(next), next);
                    next++;
                    return made;
                }
            });
        }

        private InternalRow row(InternalRow row, int index) {
            Object[] values = new Object[children.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = batches[i] == null ? children[i].eval(row) : batches[i].result(index);
            }
            return new GenericInternalRow(values);
        }

        private void clear() {
            rows.clear();
            bytes = 0;
            for (CallBatch batch : batches) if (batch != null) batch.clear();
        }
    }
}
