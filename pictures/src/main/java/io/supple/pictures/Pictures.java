// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws all pictures into a folder: {@code Pictures [FOLDER]}, docs/pictures by default. */
public final class Pictures {

    private Pictures() {}

    /** Draws into the folder that the first argument names, which is made where it is missing. */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Path.of(args.length > 0 ? args[0] : "docs/pictures");
        for (Sheet sheet : all()) sheet.write(folder);
    }

    /** Every picture, in the order of docs/pictures/README.md. */
    static List<Sheet> all() {
        List<Sheet> sheets = new ArrayList<>();
        sheets.add(Glance.sheet());
        sheets.addAll(Steps.sheets());
        sheets.addAll(Orders.sheets());
        sheets.add(Matrices.sheet());
        return sheets;
    }
}
