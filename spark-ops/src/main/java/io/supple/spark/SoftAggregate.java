// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PrettyAttribute;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The only Catalyst expression for functions of a group: every soft aggregate is an instance of it. Collects the group's
 * values, sorts them, and evaluates the operator on them as on an array, so that neither the order of rows nor the
 * partitioning shows in any bit of the result.
 *
 * <p>Its one child is what is aggregated. The other arguments are constants and no children: a pivot of arrays, and
 * DISTINCT together with another DISTINCT, put something else in the place of every child.
 */
public final class SoftAggregate extends TypedImperativeAggregate<GroupValues> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Spark's plan for several DISTINCT makes groups of nothing but NULL, which are dropped later. */
    private static final String NONE_BUT_NULL =
            "; beside several DISTINCT aggregates Spark adds such groups: take those in another query";

    private final SqlFunction function;
    private final int[] slots;
    private final List<Expression> arguments;
    private final int data; // which of the arguments is aggregated
    private final int mutableOffset;
    private final int inputOffset;
    private transient volatile SoftPlan plan;
    private transient Evaluation evaluation;

    /** What evaluates groups, one after the other, in one task. */
    private record Evaluation(SoftCall call, Missing policy) {}

    SoftAggregate(SqlFunction function, int[] slots, List<Expression> arguments) {
        this(function, slots, arguments, 0, 0);
    }

    private SoftAggregate(
            SqlFunction function, int[] slots, List<Expression> arguments, int mutableOffset, int inputOffset) {
        this.function = function;
        this.slots = slots;
        this.arguments = new ArrayList<>(arguments); // Scala's views of lists do not serialise
        this.mutableOffset = mutableOffset;
        this.inputOffset = inputOffset;
        int at = 0;
        while (slots[at] != 0) at++;
        data = at;
    }

    // ---- analysis

    @Override
    public TypeCheckResult checkInputDataTypes() {
        try {
            checkPivot(plan().missing());
            return TypeCheckResult.TypeCheckSuccess$.MODULE$;
        } catch (IllegalArgumentException refused) {
            return new TypeCheckResult.TypeCheckFailure(refused.getMessage());
        }
    }

    /** A pivot of arrays has NULL for the rows of the other columns, which must not be taken for missing values. */
    private void checkPivot(Missing policy) {
        boolean pivoted = arguments.get(data) instanceof If choice
                && choice.predicate() instanceof EqualNullSafe
                && choice.falseValue().foldable()
                && choice.falseValue().eval(null) == null; // perhaps cast to the values' type
        if (pivoted && (policy == Missing.NULL || policy == Missing.ERROR)) {
            throw new IllegalArgumentException(function.name()
                    + ": missing must be 'ignore' or 'ignore_nan' in a pivot,"
                    + " which puts NULL in the place of other columns' values, got " + SqlFunction.literal(policy)
                    + "; group by the pivoted column instead, or use FILTER");
        }
    }

    private SoftPlan plan() {
        if (plan == null) plan = new CallAnalysis(function, slots, arguments).plan();
        return plan;
    }

    @Override
    public DataType dataType() {
        return plan().resultType();
    }

    @Override
    public boolean nullable() {
        return true;
    }

    /** The result for no rows, which Spark must know where it takes a correlated subquery apart. */
    @Override
    public Option<Literal> defaultResult() {
        return Option.apply(new Literal(eval(createAggregationBuffer()), dataType()));
    }

    // ---- evaluation

    private Evaluation evaluation() {
        if (evaluation == null) evaluation = new Evaluation(plan().newCall(), plan().missing());
        return evaluation;
    }

    @Override
    public GroupValues createAggregationBuffer() {
        return new GroupValues(function.name());
    }

    @Override
    public GroupValues update(GroupValues group, InternalRow row) {
        Object value = arguments.get(data).eval(row);
        if (value == null) {
            group.addNull();
            return group;
        }
        double number = Cells.number(value);
        boolean skipped = Double.isNaN(number) && evaluation().policy() == Missing.IGNORE_NAN;
        if (!skipped) group.add(number);
        return group;
    }

    @Override
    public GroupValues merge(GroupValues group, GroupValues other) {
        group.addAll(other);
        return group;
    }

    @Override
    public Object eval(GroupValues group) {
        Missing policy = evaluation().policy();
        if (group.nulls() > 0 && policy == Missing.NULL) return null;
        if (group.nulls() > 0 && policy == Missing.ERROR) {
            throw new RefusedRow(function.name() + ": "
                    + function.params().get(0).name() + " must have no NULL values (missing => 'error'), got "
                    + group.nulls() + " of " + (group.nulls() + group.size()) + " in a group"
                    + (group.size() > 0 ? "" : NONE_BUT_NULL));
        }
        SoftCall call = evaluation().call();
        call.setArray(0, Cells.write(group.sorted()));
        call.run();
        return call.result();
    }

    @Override
    public byte[] serialize(GroupValues group) {
        return group.toBytes();
    }

    @Override
    public GroupValues deserialize(byte[] bytes) {
        return GroupValues.of(function.name(), bytes);
    }

    // ---- as a tree

    @Override
    public int mutableAggBufferOffset() {
        return mutableOffset;
    }

    @Override
    public int inputAggBufferOffset() {
        return inputOffset;
    }

    @Override
    public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
        return new SoftAggregate(function, slots, arguments, offset, inputOffset);
    }

    @Override
    public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
        return new SoftAggregate(function, slots, arguments, mutableOffset, offset);
    }

    @Override
    public Seq<Expression> children() {
        return Scala.seq(List.of(arguments.get(data)));
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        List<Expression> changed = new ArrayList<>(arguments);
        changed.set(data, children.apply(0));
        return new SoftAggregate(function, slots, changed, mutableOffset, inputOffset);
    }

    @Override
    public String prettyName() {
        return function.name();
    }

    @Override
    public String sql(boolean isDistinct) {
        return text(isDistinct ? "DISTINCT " : "", arguments.get(data).sql());
    }

    @Override
    public String toAggString(boolean isDistinct) {
        return text(isDistinct ? "distinct " : "", arguments.get(data).toString());
    }

    @Override
    public String sql() {
        return sql(false);
    }

    @Override
    public String toString() {
        return toAggString(false);
    }

    private String text(String distinct, String aggregated) {
        List<String> texts = new ArrayList<>();
        for (Expression argument : arguments) texts.add(pretty(argument).sql());
        texts.set(data, aggregated);
        return function.name() + "(" + distinct + SoftExpression.text(function, slots, texts) + ")";
    }

    /**
     * As Spark writes constants in the name of a column, 0.5 and not 0.5BD. It does so itself for children, which these
     * are not; its own method, toPrettySQL, has other parameters since Spark 4.1.
     */
    private static Expression pretty(Expression constant) {
        if (constant instanceof Literal literal) {
            DataType type = literal.dataType();
            if (literal.value() == null) return new PrettyAttribute("NULL", type);
            boolean bare = type instanceof NumericType || type instanceof StringType;
            return bare ? new PrettyAttribute(literal.value().toString(), type) : literal;
        }
        if (constant instanceof Cast cast
                && cast.getTagValue(Cast.USER_SPECIFIED_CAST()).isEmpty()) {
            return new PrettyAttribute(pretty(cast.child()).sql(), cast.dataType());
        }
        List<Expression> children = Scala.list(constant.children());
        return constant.withNewChildren(
                Scala.seq(children.stream().map(SoftAggregate::pretty).toList()));
    }

    @Override
    public int productArity() {
        return 5;
    }

    @Override
    public Object productElement(int i) {
        return switch (i) {
            case 0 -> function;
            case 1 -> Arrays.stream(slots).boxed().toList();
            case 2 -> arguments;
            case 3 -> mutableOffset;
            default -> inputOffset;
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SoftAggregate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SoftAggregate a
                && a.function.equals(function)
                && Arrays.equals(a.slots, slots)
                && a.arguments.equals(arguments)
                && a.mutableOffset == mutableOffset
                && a.inputOffset == inputOffset;
    }

    @Override
    public int hashCode() {
        int hash = 31 * (31 * function.hashCode() + Arrays.hashCode(slots)) + arguments.hashCode();
        return 31 * (31 * hash + mutableOffset) + inputOffset;
    }
}
