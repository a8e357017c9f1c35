// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A page that a command writes beside its work: looked at before the minutes that the work takes, there whole or not at all. */
final class PageFile {

    private final String command;
    private final Path page;
    private final boolean overwrite;

    PageFile(String command, Path page, boolean overwrite) {
        this.command = command;
        this.page = page;
        this.overwrite = overwrite;
    }

    /** Refuses a place that cannot be written. */
    void check() {
        Path folder = page.toAbsolutePath().getParent();
        if (Files.isDirectory(page)) throw wrong("must be a file, got the folder '" + page + "'");
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw wrong("must be a file in a folder that exists and can be written, got '" + page + "'");
        }
        if (Files.exists(page) && !overwrite) {
            throw wrong("must not exist, got '" + page + "'; choose another or give --overwrite");
        }
    }

    private Failures.UsageException wrong(String condition) {
        return new Failures.UsageException(command + ": --report " + condition);
    }

    void write(String html) throws IOException {
        Path staged = page.resolveSibling("." + page.getFileName() + ".staging-" + UUID.randomUUID());
        try {
            Files.writeString(staged, html, StandardCharsets.UTF_8);
            if (overwrite) Files.move(staged, page, StandardCopyOption.REPLACE_EXISTING);
            else Files.move(staged, page);
        } finally {
            Files.deleteIfExists(staged);
        }
    }
}
