// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** A call that counts how often it is evaluated, and is otherwise what it was. */
public final class Counted extends Expression implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final AtomicLong EVALUATIONS = new AtomicLong();

    private final Expression call;

    private Counted(Expression call) {
        this.call = call;
    }

    /** Registers {@code counted_name} for each of the functions. */
    static void register(SparkSession session, String... names) {
        for (SqlFunction function : SqlFunction.all()) {
            if (!List.of(names).contains(function.name())) continue;
            ((org.apache.spark.sql.classic.SparkSession) session)
                    .sessionState()
                    .functionRegistry()
                    .createOrReplaceTempFunction(
                            "counted_" + function.name(),
                            given -> new Counted(ArgumentBinder.bind(function, given)),
                            "java_udf");
        }
    }

    /** Evaluations since this was asked last. */
    static long evaluations() {
        return EVALUATIONS.getAndSet(0);
    }

    /** For generated code. */
    public static void count() {
        EVALUATIONS.incrementAndGet();
    }

    @Override
    public Object eval(InternalRow row) {
        count();
        return call.eval(row);
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        ExprCode made = call.genCode(context);
        String counting = Counted.class.getName() + ".count();\n" + made.code();
        return code.copy(
                new CodeBlock(Scala.seq(List.of(counting)), Scala.seq(List.of())), made.isNull(), made.value());
    }

    @Override
    public DataType dataType() {
        return call.dataType();
    }

    @Override
    public boolean nullable() {
        return call.nullable();
    }

    @Override
    public Seq<Expression> children() {
        return Scala.seq(List.of(call));
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new Counted(children.apply(0));
    }

    @Override
    public int productArity() {
        return 1;
    }

    @Override
    public Object productElement(int i) {
        return call;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof Counted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counted counted && counted.call.equals(call);
    }

    @Override
    public int hashCode() {
        return 31 * call.hashCode();
    }
}
