// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this repository that a test computes; {@code -Dapprove=true} writes it. */
public final class ApprovedFile {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ApprovedFile() {}

    /**
     * Compares a file with what it is now, or writes it.
     *
     * @param path from the root of the repository
     * @param now what the file shall hold
     * @param test who computed it, which the message names
     */
    public static void check(String path, String now, Class<?> test) throws IOException {
        Path file = ROOT.resolve(path);
        String was = Files.exists(file) ? Files.readString(file) : "";
        if (was.equals(now)) return;
        if (Boolean.getBoolean("approve")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        } else {
            fail(
                    "%s is not what is computed now:%n%s%nIf the change is wanted, run 'mvn -pl %s -am test -Dtest=%s"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dapprove=true' and look at the difference before"
                            + " you commit it.",
                    path,
                    ApprovedTable.difference(was, now),
                    Path.of("").toAbsolutePath().getFileName(),
                    test.getSimpleName());
        }
    }
}
