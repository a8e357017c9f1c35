// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import io.supple.Soft;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;

/**
 * All that is known of a call before its rows come: the function, the types of the arguments that vary, and the checked
 * values of those that do not. Ships to the executors; {@link #newCall} makes what evaluates there.
 */
public final class SoftPlan implements Serializable {

    private static final long serialVersionUID = 1L;

    private final SqlFunction function;
    private final DataType[] types;
    private final Object[] constants;
    private final boolean alwaysNull;
    private transient volatile ThreadLocal<SoftCall> calls; // made anew where the plan was shipped to

    /**
     * A plan.
     *
     * @param function the function
     * @param types for each parameter the type of its argument, null if it is a constant or absent
     * @param constants for each parameter its checked value, null if it varies or is absent
     * @param alwaysNull whether a constant argument is NULL
     */
    SoftPlan(SqlFunction function, DataType[] types, Object[] constants, boolean alwaysNull) {
        this.function = function;
        this.types = types;
        this.constants = constants;
        this.alwaysNull = alwaysNull;
    }

    SqlFunction function() {
        return function;
    }

    boolean alwaysNull() {
        return alwaysNull;
    }

    /** The argument's type; null if it is a constant or absent. */
    DataType type(int param) {
        return types[param];
    }

    Object constant(int param) {
        return constants[param];
    }

    /**
     * The choice of softening that the constants make.
     *
     * @throws IllegalArgumentException in the function's name, if they do not go together
     */
    Soft soft() {
        Map<String, Object> values = new HashMap<>();
        List<Param> params = function.params();
        for (Param param : function.operator().relaxation()) {
            values.put(param.name(), constants[params.indexOf(param)]);
        }
        try {
            return Soft.of(values);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(function.said(refused.getMessage()), refused);
        }
    }

    Missing missing() {
        return (Missing) constants[function.params().indexOf(Missing.PARAM)];
    }

    /** Whether quantile levels are an array. */
    boolean severalLevels() {
        List<Param> params = function.params();
        for (int i = 0; i < params.size(); i++) {
            if (params.get(i) instanceof Param.Level) {
                return types[i] == null ? constants[i] instanceof double[] : SqlFunction.isList(types[i]);
            }
        }
        return false;
    }

    /** Types of the data arguments. */
    List<DataType> dataTypes() {
        List<DataType> data = new ArrayList<>();
        for (int i = 0; i < function.operator().data().size(); i++) data.add(types[i]);
        return data;
    }

    /** The result's type. */
    DataType resultType() {
        return function.type(dataTypes(), severalLevels());
    }

    /** What evaluates the call in this thread, for those that have no place to keep one. */
    SoftCall callOfThisThread() {
        if (calls == null) {
            synchronized (this) {
                if (calls == null) calls = ThreadLocal.withInitial(this::newCall);
            }
        }
        return calls.get();
    }

    /** The recorded computation of a call on single numbers, for one thread; null if the call is not of that kind. */
    public NumberProgram newNumbers() {
        return NumberProgram.of(this);
    }

    /** Something that evaluates the call row by row; for one thread. */
    public SoftCall newCall() {
        return new SoftCall(this);
    }
}
