// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices of this JVM, opened when they are first asked for and kept. By name: {@code cpu} is the JVM; {@code auto} an
 * accelerator if there is one, else the JVM, with one line in the log that says why; any other name, such as {@code opencl},
 * a device of that kind or an error with the reason. {@code auto} never takes a driver that computes on the CPU: the JVM's
 * own kernels are faster than it.
 */
public final class Devices {

    /** The JVM. */
    public static final String CPU = "cpu";

    /** An accelerator, or else the JVM. */
    public static final String AUTO = "auto";

    private static final System.Logger LOG = System.getLogger(Devices.class.getName());
    private static final Map<String, RowDevice> OPENED = new ConcurrentHashMap<>();

    private Devices() {}

    /**
     * The device of a name.
     *
     * @param name {@code cpu}, {@code auto} or the name of a kind
     * @param index which of several
     * @throws DeviceException if a kind was named and has no such device
     */
    public static RowDevice of(String name, int index) {
        if (name.equals(CPU)) return JavaDevice.INSTANCE;
        return OPENED.computeIfAbsent(name + ':' + index, key -> open(name, index, providers()));
    }

    /** The names that may be asked for here. */
    public static List<String> names() {
        return names(providers());
    }

    private static List<String> names(List<DeviceProvider> providers) {
        List<String> names = new ArrayList<>(List.of(CPU, AUTO));
        for (DeviceProvider provider : providers) if (!names.contains(provider.name())) names.add(provider.name());
        return names;
    }

    static RowDevice open(String name, int index, List<DeviceProvider> providers) {
        boolean auto = name.equals(AUTO);
        List<String> reasons = new ArrayList<>();
        for (DeviceProvider provider : providers) {
            if (!auto && !provider.name().equals(name)) continue;
            try {
                RowDevice device = provider.open(index, auto);
                LOG.log(System.Logger.Level.INFO, "device " + index + " is " + device.name());
                return new GuardedDevice(device);
            } catch (DeviceException e) {
                reasons.add(provider.name() + ": " + e.getMessage());
            }
        }
        if (reasons.isEmpty()) {
            reasons.add(auto ? "no kind of device is on the class path" : absent(name, providers));
        }
        String reason = String.join("; ", reasons);
        if (!auto) throw new DeviceException("device: '" + name + "' must be there, got none: " + reason);
        LOG.log(System.Logger.Level.INFO, "rows are computed by the CPU: " + reason);
        return JavaDevice.INSTANCE;
    }

    private static String absent(String name, List<DeviceProvider> providers) {
        return "'" + name + "' is not on the class path; the kinds here are " + String.join(", ", names(providers));
    }

    private static List<DeviceProvider> providers() {
        List<DeviceProvider> providers = new ArrayList<>();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            ServiceLoader.load(DeviceProvider.class, loader == null ? Devices.class.getClassLoader() : loader)
                    .forEach(providers::add);
        } catch (ServiceConfigurationError e) {
            LOG.log(System.Logger.Level.WARNING, "a kind of device cannot be loaded: " + e.getMessage());
        }
        return providers;
    }
}
