// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/** Params as they are declared: checked in the stage's name, with what is allowed in their text. */
public final class Declared implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A check that Spark's Params can be saved with. */
    private interface Check<T> extends Function1<T, Object>, Serializable {}

    /** What must hold of a value; saved with the Param. */
    @FunctionalInterface
    public interface Holds<T> extends Serializable {
        /** Whether it holds. */
        boolean test(T value);
    }

    private final Params owner;

    /**
     * Params of a stage.
     *
     * @param owner the stage, which has its uid already
     */
    public Declared(Params owner) {
        this.owner = owner;
    }

    /**
     * A check that refuses in our words what Spark would call an invalid value.
     *
     * @param name of the Param
     * @param allowed what it must be
     */
    <T> Function1<T, Object> checked(String name, String allowed, Holds<T> holds) {
        return check(name, allowed, holds);
    }

    private <T> Check<T> check(String name, String allowed, Holds<T> holds) {
        return value -> {
            if (holds.test(value)) return true;
            throw Refusal.of(owner, name, allowed, shown(value));
        };
    }

    /** A value as messages show it. */
    public static String shown(Object value) {
        if (value instanceof double[] a) return a.length > 20 ? a.length + " numbers" : Arrays.toString(a);
        if (value instanceof int[] a) return Arrays.toString(a);
        if (value instanceof double[][] a) return Arrays.deepToString(a);
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    /** The name of a column; no default where that is null. */
    public Param<String> column(String name, String doc, String byDefault) {
        Param<String> param = new Param<>(owner, name, doc);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    /** One of a few names; no default where that is null. */
    public Param<String> choice(String name, String doc, String byDefault, List<String> names) {
        String allowed = "one of " + String.join(", ", names);
        Check<String> check = check(name, allowed, names::contains);
        Param<String> param = new Param<>(owner, name, doc + "; " + allowed, check);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    /** A whole number; no default where that is null. */
    public IntParam count(String name, String doc, Integer byDefault, int least) {
        Check<Object> check = check(name, "at least " + least, (Object value) -> (Integer) value >= least);
        IntParam param = new IntParam(owner, name, doc + "; at least " + least, check);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    /** A number in a range; no default where that is null. */
    public DoubleParam number(String name, String doc, Double byDefault, String allowed, Holds<Double> holds) {
        Check<Object> check = check(name, allowed, (Object value) -> holds.test((Double) value));
        DoubleParam param = new DoubleParam(owner, name, doc + "; " + allowed, check);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    /** A number > 0. */
    public DoubleParam positive(String name, String doc, Double byDefault) {
        return number(name, doc, byDefault, "> 0 and finite", x -> x > 0 && x <= Double.MAX_VALUE);
    }

    /** A number >= 0. */
    public DoubleParam notNegative(String name, String doc, Double byDefault) {
        return number(name, doc, byDefault, ">= 0 and finite", x -> x >= 0 && x <= Double.MAX_VALUE);
    }

    /** True or false. */
    public BooleanParam flag(String name, String doc, boolean byDefault) {
        BooleanParam param = new BooleanParam(owner, name, doc);
        owner.setDefault(param, byDefault);
        return param;
    }

    /** The seed of what is drawn. */
    public LongParam seed(String name, String doc, long byDefault) {
        LongParam param = new LongParam(owner, name, doc);
        owner.setDefault(param, byDefault);
        return param;
    }

    /** Whole numbers. */
    public IntArrayParam counts(String name, String doc, int[] byDefault, String allowed, Holds<int[]> holds) {
        IntArrayParam param = new IntArrayParam(owner, name, doc + "; " + allowed, check(name, allowed, holds));
        owner.setDefault(param, byDefault);
        return param;
    }

    /** Numbers without a default. */
    public DoubleArrayParam numbers(String name, String doc, String allowed, Holds<double[]> holds) {
        return new DoubleArrayParam(owner, name, doc + "; " + allowed, check(name, allowed, holds));
    }

    /** Numbers that a fit has set. */
    public DoubleArrayParam fitted(String name, String doc) {
        return new DoubleArrayParam(owner, name, doc + ", as fitted");
    }

    /** Spark's explanation of a Param, with arrays by their numbers. */
    public static String explained(Params stage, Param<?> param) {
        List<String> values = new ArrayList<>();
        if (stage.hasDefault(param))
            values.add("default: " + plain(stage.getDefault(param).get()));
        if (stage.isSet(param)) values.add("current: " + plain(stage.getOrDefault(param)));
        String shown = values.isEmpty() ? "undefined" : String.join(", ", values);
        return param.name() + ": " + param.doc() + " (" + shown + ")";
    }

    private static String plain(Object value) {
        return value instanceof String text ? text : shown(value);
    }
}
