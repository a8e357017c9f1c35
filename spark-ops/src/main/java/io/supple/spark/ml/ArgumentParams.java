// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Operator;
import io.supple.Param.Choice;
import io.supple.WholeNumber;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/**
 * Params of an operator's own parameters, made for the stage that owns them.
 *
 * @param owner the stage, which has its uid already
 * @param defaults whether defaults are set: where the stage has one operator, for what is set must be an argument of the operator
 */
record ArgumentParams(Params owner, boolean defaults) {

    /** Of its data one may be a number, in place of a column. */
    Param<?> made(Operator of, io.supple.Param param) {
        String name = camelCase(param.name());
        String doc = param.doc() + "; " + param.allowed();
        if (param instanceof io.supple.Param.Flag)
            return defaulting(new BooleanParam(owner, name, doc), param.byDefault());
        if (param instanceof WholeNumber) {
            return defaulting(new IntParam(owner, name, doc, allowed(of, param)), param.byDefault());
        }
        if (param instanceof Choice choice) {
            return defaulting(new Param<String>(owner, name, doc, allowed(of, param)), Choice.text(choice.byDefault()));
        }
        if (param instanceof io.supple.Param.Data) {
            return new DoubleParam(owner, name, param.doc() + "; one number in place of an input column");
        }
        return defaulting(new DoubleParam(owner, name, doc, allowed(of, param)), param.byDefault());
    }

    @SuppressWarnings("unchecked")
    private <T> Param<T> defaulting(Param<T> made, Object value) {
        if (defaults && value != null) owner.setDefault(made, (T) value);
        return made;
    }

    /** The check of the operator's parameter, in the Param's name. Parameters cannot be saved, operators can. */
    private <T> Function1<T, Object> allowed(Operator of, io.supple.Param param) {
        String parameter = param.name();
        return new Declared(owner).checked(camelCase(parameter), param.allowed(), value -> holds(of, parameter, value));
    }

    private static boolean holds(Operator of, String parameter, Object value) {
        try {
            for (io.supple.Param param : of.params()) if (param.name().equals(parameter)) param.check(of.name(), value);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** A Param's name. */
    static String camelCase(String snake) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c != '_') name.append(upper ? Character.toUpperCase(c) : c);
            upper = c == '_';
        }
        return name.toString();
    }
}
