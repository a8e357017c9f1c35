// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import picocli.CommandLine.Option;

/** How a command writes its table. */
final class OutputOptions {

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description =
                    "Format of the output: parquet, csv, tsv, json, letor; by default that of its name, else parquet.")
    private String format;

    @Option(names = "--overwrite", description = "Replace an output that exists.")
    private boolean overwrite;

    /** The format in which a path is written. */
    String format(String path) {
        return Tables.format(format, path, "parquet", "--output-format");
    }

    /** Whether a call says anything of how to write. */
    boolean given() {
        return format != null || overwrite;
    }

    boolean overwrite() {
        return overwrite;
    }
}
