// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.util.Map;
import org.apache.spark.SparkThrowable;

/**
 * A row that a function or a stage refuses while a query runs. Spark hands an error of its own kind to the user as it is; any
 * other it wraps into the story of the task that failed, which Python and Spark Connect know no name for.
 */
public final class RefusedRow extends IllegalArgumentException implements SparkThrowable {

    private static final long serialVersionUID = 1L;

    /**
     * With what is said of it.
     *
     * @param message {@code function: parameter must condition, got value}
     */
    public RefusedRow(String message) {
        super(message);
    }

    /** With what is said of it, and what it came from. */
    public RefusedRow(String message, Throwable cause) {
        super(message, cause);
    }

    /** The condition under which Spark's own {@code raise_error} is known. */
    @Override
    public String getCondition() {
        return "USER_RAISED_EXCEPTION";
    }

    @Override
    public Map<String, String> getMessageParameters() {
        return Map.of("errorMessage", getMessage());
    }
}
