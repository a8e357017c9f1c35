// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.device.DeviceException;
import io.supple.device.DeviceProvider;
import io.supple.device.JavaDevice;
import io.supple.device.RowDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;

/** Devices that compute as the JVM does and count what they are asked for; no accelerators, so that auto leaves them. */
public final class StandIn {

    /** Sessions that are open. */
    public static final AtomicInteger OPEN = new AtomicInteger();

    /** Sessions that ever were. */
    public static final AtomicInteger SESSIONS = new AtomicInteger();

    /** Batches of values. */
    public static final AtomicInteger BATCHES = new AtomicInteger();

    /** Rows of them. */
    public static final AtomicInteger ROWS = new AtomicInteger();

    /** System property: a file to which each session says when it is opened and closed, on which device and for whom. */
    public static final String LOG = "supple.standin.log";

    private static final long PATIENCE = 150; // milliseconds of each batch where there is a log

    private static final long END = 30_000_000_000L; // nanoseconds for tasks to end

    private StandIn() {}

    /**
     * Waits for all sessions to be closed. Where a job fails or has enough rows, its other tasks may still be ending when the
     * caller goes on.
     *
     * @throws AssertionError if one is still open after half a minute
     */
    public static void awaitClosed() throws InterruptedException {
        long start = System.nanoTime();
        while (OPEN.get() != 0) {
            if (System.nanoTime() - start > END) throw new AssertionError(OPEN.get() + " sessions are still open");
            Thread.sleep(5);
        }
    }

    private static synchronized void say(String line) {
        String file = System.getProperty(LOG);
        if (file == null) return;
        try {
            Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that works. */
    public static final class Counting implements DeviceProvider {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public RowDevice open(int index, boolean accelerator) {
            return opened(this, index, accelerator, Integer.MAX_VALUE);
        }
    }

    /** One that fails at its second batch. */
    public static final class Failing implements DeviceProvider {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public RowDevice open(int index, boolean accelerator) {
            return opened(this, index, accelerator, 1);
        }
    }

    private static RowDevice opened(DeviceProvider provider, int index, boolean accelerator, int lasts) {
        if (accelerator) throw new DeviceException("a stand-in is no accelerator");
        return new Device(provider.name(), index, lasts);
    }

    private record Device(String name, int index, int lasts) implements RowDevice {
        @Override
        public RowSession session() {
            OPEN.incrementAndGet();
            SESSIONS.incrementAndGet();
            return new Session(index, lasts);
        }

        @Override
        public void close() {}
    }

    private static final class Session implements RowSession {
        private final int index;
        private final int lasts;
        private int batches;
        private boolean closed;

        Session(int index, int lasts) {
            this.index = index;
            this.lasts = lasts;
            var given = TaskContext.get().resourcesJMap().get("gpu");
            say("open " + index + " " + (given == null ? "none" : given.addresses()[0]));
        }

        @Override
        public void forward(RowFunction function, Rows rows, double[] results) {
            if (closed) throw new AssertionError("used after it was closed");
            if (++batches > lasts) throw new DeviceException("worn out");
            BATCHES.incrementAndGet();
            ROWS.addAndGet(rows.count());
            pause();
            JavaDevice.INSTANCE.session().forward(function, rows, results);
        }

        @Override
        public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
            if (closed) throw new AssertionError("used after it was closed");
            JavaDevice.INSTANCE.session().backward(function, rows, cotangents, gradients);
        }

        @Override
        public void close() {
            if (closed) throw new AssertionError("closed twice");
            closed = true;
            OPEN.decrementAndGet();
            say("close " + index);
        }

        /** So that tasks that run at once are seen to. */
        private static void pause() {
            if (System.getProperty(LOG) == null) return;
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
