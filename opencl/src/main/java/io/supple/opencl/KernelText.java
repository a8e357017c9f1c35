// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.device.OrderRead;
import io.supple.device.PlaceCode;
import io.supple.device.RowKernel;
import io.supple.kernel.Smoothness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of the kernels, OpenCL C and CUDA C++ alike, with the constants of the enums that it shares with Java. */
final class KernelText {

    private static final List<String> FILES =
            List.of("common", "simplex", "places", "pairs", "hull", "network", "counts");

    private KernelText() {}

    /**
     * The text.
     *
     * @param group lanes of a work-group
     * @param most the longest row that is sorted
     */
    static String of(int group, int most) {
        StringBuilder text = new StringBuilder();
        define(text, "GROUP", group);
        define(text, "MAXN", most);
        for (Enum<?>[] all : new Enum<?>[][] {
            Smoothness.values(), PlaceCode.values(), RowKernel.Way.values(), OrderRead.Kind.values()
        }) {
            for (Enum<?> each : all) define(text, each.name(), number(each));
        }
        for (String file : FILES) text.append(read(file + ".kernel"));
        return text.toString();
    }

    /** The number of a constant in kernels; text and arguments are made by the same Java. */
    @SuppressWarnings("EnumOrdinal")
    static int number(Enum<?> constant) {
        return constant.ordinal();
    }

    private static void define(StringBuilder text, String name, int value) {
        text.append("#define ").append(name).append(' ').append(value).append('\n');
    }

    private static String read(String file) {
        try (InputStream in = KernelText.class.getResourceAsStream(file)) {
            if (in == null) throw new AssertionError(file + " is not beside its class");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
