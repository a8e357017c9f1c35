// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.spark.SqlFunction;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import picocli.CommandLine;

/** A failure as one message that the user can act on; the stack trace is for {@code --verbose}. */
final class Failures {

    private static final Pattern ROUTINE = Pattern.compile("routine `(?:[a-z_]+`\\.`)*([A-Za-z0-9_]+)`");

    /** What an exception is, in front of what it says. */
    private static final String CLASS = "^(java|org|io)[A-Za-z0-9_.$]*Exception: ";

    private Failures() {}

    /** A mistake in the call; ends with exit code 2. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }

        UsageException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A job that ended wrong; ends with exit code 1. */
    static final class JobException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JobException(String message) {
            super(message);
        }

        JobException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static int report(Exception thrown, CommandLine command) {
        command.getErr().println("supple: " + message(thrown));
        if (SparkOptions.verbose(command)) thrown.printStackTrace(command.getErr());
        return mistake(thrown) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    /** What could be seen to be wrong before any row was read is a mistake in the call. */
    private static boolean mistake(Throwable thrown) {
        return thrown instanceof UsageException
                || thrown instanceof AnalysisException
                || thrown instanceof IllegalArgumentException;
    }

    private static String message(Throwable thrown) {
        if (thrown instanceof UsageException || thrown instanceof JobException) return thrown.getMessage();
        Throwable told = thrown;
        for (Throwable cause : causes(thrown)) {
            boolean ours = cause instanceof IllegalArgumentException || cause instanceof ArithmeticException;
            boolean raised = String.valueOf(cause.getMessage()).startsWith("[USER_RAISED_EXCEPTION]");
            if (ours || raised) {
                told = cause; // the outermost, which names the SQL function; what it wraps names core's operator
                break;
            }
        }
        String text = String.valueOf(told.getMessage() == null ? told : told.getMessage());
        if (text.contains("UNRESOLVED_ROUTINE")) return unknownFunction(text);
        if (text.contains(OutOfMemoryError.class.getName())) {
            return plain(text)
                    + "; the rows of a group must fit in the memory of one task: SUPPLE_JAVA_OPTS=-Xmx4g gives more,"
                    + " --executor-memory does on a cluster, and --master local[1] leaves all of it to one task";
        }
        return plain(text) + reason(told);
    }

    /** What the file system said, of which Spark says only that a task failed while writing. */
    private static String reason(Throwable told) {
        Throwable deepest = null;
        for (Throwable cause : causes(told)) if (cause instanceof IOException) deepest = cause;
        boolean more = deepest != null
                && deepest.getMessage() != null
                && !String.valueOf(told.getMessage()).contains(deepest.getMessage());
        return more ? ": " + plain(deepest.getMessage()) : "";
    }

    /** What the deepest cause says; of one that does not speak for itself also what it is. */
    static String deepest(Throwable thrown) {
        Throwable cause = causes(thrown).getLast();
        boolean speaks = cause instanceof SparkException
                || (cause instanceof IllegalArgumentException && !(cause instanceof NumberFormatException));
        String said = plain(String.valueOf(cause.getMessage()));
        return speaks ? said : said + " (" + cause.getClass().getSimpleName() + ")";
    }

    private static Deque<Throwable> causes(Throwable thrown) {
        Deque<Throwable> causes = new ArrayDeque<>();
        for (Throwable at = thrown; at != null && !causes.contains(at); at = at.getCause()) causes.add(at);
        return causes;
    }

    static String unknownFunction(String text) {
        Matcher routine = ROUTINE.matcher(text);
        if (!routine.find()) return plain(text);
        String near = SqlFunction.hint(routine.group(1));
        return "there is no function '" + routine.group(1) + "'" + (near.isEmpty() ? ";" : near)
                + " 'supple functions' lists all of Supple's";
    }

    /** Spark's message without its condition, SQL state, plan and the stages that failed. */
    static String plain(String text) {
        String line = text.lines().filter(l -> !l.isBlank()).findFirst().orElse(text);
        int mismatch = line.indexOf("due to data type mismatch: ");
        if (mismatch >= 0) line = line.substring(mismatch + "due to data type mismatch: ".length());
        line = line.replaceFirst(CLASS, "")
                .replaceFirst("^Job aborted due to stage failure: .*?executor [^)]*\\): ", "");
        return line.replaceFirst("^\\[[A-Z0-9_.]+\\] ", "")
                .replaceFirst("\\s*SQLSTATE: .*$", "")
                .replaceFirst(CLASS, "");
    }
}
