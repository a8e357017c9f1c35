// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Method;
import io.supple.Mode;
import io.supple.Param;
import io.supple.Relaxation;
import io.supple.Soft;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** Calls that were left with a default method which is for shorter lists than theirs ({@link Method#suits}). */
public final class DefaultMethods {

    private DefaultMethods() {}

    /**
     * The functions of a projection whose default method does not suit their lists: those that are not exact, and were
     * given neither a method nor a softness.
     *
     * @param projected made by {@code select} or SELECT
     * @param longest the length of the longest list
     * @return names, in their order; none if the method suits, or rows are no projection
     */
    public static SortedSet<String> unsuited(Dataset<Row> projected, long longest) {
        SortedSet<String> found = new TreeSet<>();
        if (projected instanceof org.apache.spark.sql.classic.Dataset<Row> dataset
                && dataset.queryExecution().analyzed() instanceof Project project) {
            for (NamedExpression each : Scala.list(project.projectList())) collect((Expression) each, longest, found);
        }
        return found;
    }

    private static void collect(Expression e, long longest, SortedSet<String> found) {
        if (e instanceof SoftExpression call && unsuited(call, longest))
            found.add(call.plan().function().name());
        for (Expression child : Scala.list(e.children())) collect(child, longest, found);
    }

    private static boolean unsuited(SoftExpression call, long longest) {
        if (call.gives(Relaxation.METHOD) || call.gives(Relaxation.SOFTNESS)) return false;
        Soft choice = call.plan().soft();
        if (choice.mode() == Mode.HARD || !choice.standardize()) return false; // as they are, lists may be of any width
        for (Param param : call.plan().function().operator().relaxation()) {
            if (param.byDefault() instanceof Method method && method.suits() < longest) return true;
        }
        return false;
    }
}
