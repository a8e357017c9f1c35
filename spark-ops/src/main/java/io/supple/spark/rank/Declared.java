// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.spark.ml.Refusal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
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
final class Declared implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A check that Spark's Params can be saved with. */
    private interface Check<T> extends Function1<T, Object>, Serializable {}

    private final Params owner;

    Declared(Params owner) {
        this.owner = owner;
    }

    private <T> Check<T> check(String name, String allowed, Predicate<T> holds) {
        return value -> {
            if (holds.test(value)) return true;
            throw Refusal.of(owner, name, allowed, shown(value));
        };
    }

    /** A value as messages show it. */
    static String shown(Object value) {
        if (value instanceof double[] a) return a.length > 20 ? a.length + " numbers" : Arrays.toString(a);
        if (value instanceof int[] a) return Arrays.toString(a);
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    Param<String> column(String name, String doc, String byDefault) {
        Param<String> param = new Param<>(owner, name, doc);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    Param<String> choice(String name, String doc, String byDefault, List<String> names) {
        String allowed = "one of " + String.join(", ", names);
        Check<String> check = check(name, allowed, names::contains);
        Param<String> param = new Param<>(owner, name, doc + "; " + allowed, check);
        owner.setDefault(param, byDefault);
        return param;
    }

    /** A whole number; no default where that is null. */
    IntParam count(String name, String doc, Integer byDefault, int least) {
        Check<Object> check = check(name, "at least " + least, (Object value) -> (Integer) value >= least);
        IntParam param = new IntParam(owner, name, doc + "; at least " + least, check);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    /** A number in a range; no default where that is null. */
    DoubleParam number(String name, String doc, Double byDefault, String allowed, Predicate<Double> holds) {
        Check<Object> check = check(name, allowed, (Object value) -> holds.test((Double) value));
        DoubleParam param = new DoubleParam(owner, name, doc + "; " + allowed, check);
        if (byDefault != null) owner.setDefault(param, byDefault);
        return param;
    }

    DoubleParam positive(String name, String doc, Double byDefault) {
        return number(name, doc, byDefault, "> 0 and finite", x -> x > 0 && x <= Double.MAX_VALUE);
    }

    DoubleParam notNegative(String name, String doc, Double byDefault) {
        return number(name, doc, byDefault, ">= 0 and finite", x -> x >= 0 && x <= Double.MAX_VALUE);
    }

    BooleanParam flag(String name, String doc, boolean byDefault) {
        BooleanParam param = new BooleanParam(owner, name, doc);
        owner.setDefault(param, byDefault);
        return param;
    }

    LongParam seed(String name, String doc, long byDefault) {
        LongParam param = new LongParam(owner, name, doc);
        owner.setDefault(param, byDefault);
        return param;
    }

    IntArrayParam counts(String name, String doc, int[] byDefault, String allowed, Predicate<int[]> holds) {
        IntArrayParam param = new IntArrayParam(owner, name, doc + "; " + allowed, check(name, allowed, holds));
        owner.setDefault(param, byDefault);
        return param;
    }

    /** Numbers without a default. */
    DoubleArrayParam numbers(String name, String doc, String allowed, Predicate<double[]> holds) {
        return new DoubleArrayParam(owner, name, doc + "; " + allowed, check(name, allowed, holds));
    }

    /** Numbers that a fit has set. */
    DoubleArrayParam fitted(String name, String doc) {
        return new DoubleArrayParam(owner, name, doc + ", as fitted");
    }

    /** Spark's explanation of a Param, with arrays by their numbers. */
    static String explained(Params stage, Param<?> param) {
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
