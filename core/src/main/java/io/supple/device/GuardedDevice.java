// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/**
 * A device that may fail: when it does, the batch is computed again by the JVM, and so is every batch after it. Nothing is
 * lost; the reason is logged once.
 */
public final class GuardedDevice implements RowDevice {

    private static final System.Logger LOG = System.getLogger(GuardedDevice.class.getName());

    private final RowDevice device;
    private int open; // sessions on the device
    private boolean done; // no new ones: it failed, or was given back

    /** Guards a device, which it owns from now on. */
    public GuardedDevice(RowDevice device) {
        this.device = device;
    }

    @Override
    public synchronized String name() {
        return done ? JavaDevice.INSTANCE.name() : device.name();
    }

    @Override
    public RowSession session() {
        return new Session();
    }

    private synchronized RowSession begin() {
        if (done) return null;
        RowSession session = device.session();
        open++;
        return session;
    }

    private synchronized void end(RowSession session) {
        try {
            session.close();
        } catch (DeviceException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a session", e);
        }
        if (--open == 0 && done) device.close();
    }

    /** The first failure ends the device; it is closed with its last session, whose memory it must outlive. */
    private synchronized void fail(DeviceException e) {
        if (done) return;
        done = true;
        LOG.log(
                System.Logger.Level.WARNING,
                "device " + device.name() + " failed, its batches are computed by the CPU: " + e.getMessage());
        if (open == 0) device.close();
    }

    @Override
    public synchronized void close() {
        if (done) return;
        done = true;
        if (open == 0) device.close();
    }

    private final class Session implements RowSession {
        private RowSession session;

        /** The session on the device; null once that has failed. */
        private RowSession current() {
            synchronized (GuardedDevice.this) {
                if (done) {
                    close();
                } else if (session == null) {
                    try {
                        session = begin();
                    } catch (DeviceException e) {
                        fail(e);
                    }
                }
                return session;
            }
        }

        @Override
        public void forward(RowFunction function, Rows rows, double[] results) {
            RowSession now = current();
            if (now != null) {
                try {
                    now.forward(function, rows, results);
                    return;
                } catch (DeviceException e) {
                    fail(e);
                    close();
                }
            }
            JavaDevice.INSTANCE.session().forward(function, rows, results);
        }

        @Override
        public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
            RowSession now = current();
            if (now != null) {
                try {
                    now.backward(function, rows, cotangents, gradients);
                    return;
                } catch (DeviceException e) {
                    fail(e);
                    close();
                }
            }
            JavaDevice.INSTANCE.session().backward(function, rows, cotangents, gradients);
        }

        @Override
        public Times times() {
            RowSession now = session;
            return now == null ? Times.NONE : now.times();
        }

        @Override
        public void close() {
            RowSession last = session;
            session = null;
            if (last != null) end(last);
        }
    }
}
