// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Does one thing after another in a thread of its own, each for no longer than it may take, and counts them. */
final class Sender implements AutoCloseable {

    private final SparkSession session;
    private final Duration longest;
    private ExecutorService worker = worker();
    private long sent;

    /**
     * A sender.
     *
     * @param session whose settings it changes and resets
     * @param longest how long one thing may take
     */
    Sender(SparkSession session, Duration longest) {
        this.session = session;
        MlVectors.register(session);
        this.longest = longest;
    }

    /** Settings from {@code name=value,name=value}. */
    static Map<String, String> settings(String text) {
        return text.isEmpty()
                ? Map.of()
                : Stream.of(text.split(",", -1))
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static ExecutorService worker() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fuzz");
            thread.setDaemon(true);
            return thread;
        });
    }

    SparkSession session() {
        return session;
    }

    /** How many things were done. */
    long sent() {
        return sent;
    }

    /** The first column of the first row of a query, under some settings. */
    Outcome first(Map<String, String> settings, Supplier<Dataset<Row>> query) {
        settings.forEach((name, value) -> session.conf().set(name, value));
        try {
            return outcome(() -> Outcome.value(query.get().collectAsList().get(0), 0));
        } finally {
            settings.keySet().forEach(name -> session.conf().unset(name));
        }
    }

    /** What comes of a task. */
    Outcome outcome(Callable<Outcome> task) {
        sent++;
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<Outcome> future = worker.submit(() -> {
            thread.set(Thread.currentThread());
            return task.call();
        });
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            return new Outcome.Thrown(failed.getCause());
        } catch (TimeoutException hanging) {
            String where = Arrays.stream(thread.get().getStackTrace())
                    .limit(12)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining("\n    "));
            future.cancel(true);
            session.sparkContext().cancelAllJobs();
            worker.shutdownNow();
            worker = worker();
            return new Outcome.Hanging(where);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the fuzz run was interrupted", stopped);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
