// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.device.DeviceException;
import io.supple.device.Devices;
import io.supple.device.JavaDevice;
import io.supple.device.RowDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's session on a device: one for all columns that the task computes there, closed with the task, however that ends.
 * The device is the one whose index Spark gave to the task as the address of its resource {@code gpu}, else the first.
 *
 * <p>Rows of one task may be asked for by two threads, as where one of them feeds a Python process, which may outlive the
 * task; one works at a time, and after the end the JVM serves it.
 */
public final class TaskSession implements RowSession {

    /** The name that Spark's documentation and cluster managers give to graphics processors. */
    private static final String RESOURCE = "gpu";

    private static final Logger LOG = LoggerFactory.getLogger(TaskSession.class);

    private static final Map<TaskContext, Map<String, TaskSession>> OPEN = new HashMap<>();

    private final RowSession session;
    private boolean closed;

    private TaskSession(RowSession session) {
        this.session = session;
    }

    /**
     * The session of the running task.
     *
     * @param function in whose name a refusal is
     * @param device a name that {@link Devices} knows
     * @return null if rows are computed by the JVM
     * @throws DeviceException if there is no such device here
     */
    public static TaskSession of(String function, String device) {
        try {
            return of(device);
        } catch (DeviceException refused) {
            throw new DeviceException(function + ": " + refused.getMessage(), refused);
        }
    }

    private static TaskSession of(String device) {
        TaskContext task = TaskContext.get();
        RowDevice opened = opened(device, task.resourcesJMap().get(RESOURCE));
        if (opened == JavaDevice.INSTANCE) return null;
        synchronized (OPEN) {
            Map<String, TaskSession> mine = OPEN.get(task);
            if (mine == null) {
                mine = new HashMap<>();
                OPEN.put(task, mine);
                task.addTaskCompletionListener((TaskCompletionListener) TaskSession::end);
            }
            return mine.computeIfAbsent(device, name -> new TaskSession(opened.session()));
        }
    }

    private static RowDevice opened(String device, ResourceInformation given) {
        String[] addresses = given == null ? new String[0] : given.addresses();
        try {
            return Devices.of(device, addresses.length == 0 ? 0 : Integer.parseInt(addresses[0].strip()));
        } catch (NumberFormatException e) {
            String reason =
                    "the addresses of resource " + RESOURCE + " must be numbers of devices, got '" + addresses[0]
                            + "'; mend the script that discovers them (spark.executor.resource." + RESOURCE
                            + ".discoveryScript)";
            if (!device.equals(Devices.AUTO)) throw new DeviceException("device: " + reason, e);
            LOG.warn("rows are computed by the CPU: {}", reason);
            return JavaDevice.INSTANCE;
        }
    }

    private static void end(TaskContext task) {
        Map<String, TaskSession> mine;
        synchronized (OPEN) {
            mine = OPEN.remove(task);
        }
        if (mine != null) mine.values().forEach(TaskSession::close);
    }

    private RowSession now() {
        return closed ? JavaDevice.INSTANCE.session() : session;
    }

    @Override
    public synchronized void forward(RowFunction function, Rows rows, double[] results) {
        now().forward(function, rows, results);
    }

    @Override
    public synchronized void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
        now().backward(function, rows, cotangents, gradients);
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        session.close();
    }
}
