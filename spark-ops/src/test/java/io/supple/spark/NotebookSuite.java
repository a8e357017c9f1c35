// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The notebooks, executed by {@code notebooks/run} with the jar of this build, and counted here one by one. */
class NotebookSuite {

    private static final String SUBJECT = "the notebooks";

    @TestFactory
    List<DynamicNode> notebooks() throws IOException, InterruptedException {
        String out = System.getProperty("supple.notebooks.out");
        if (out == null) return BuildScript.skipped(SUBJECT, "run by the build, when the jar is made");
        String missing = System.getProperty("supple.test.spark.missing", "");
        if (!missing.isEmpty()) return BuildScript.skipped(SUBJECT, missing);
        BuildScript script = BuildScript.run(
                SUBJECT,
                "../notebooks/run",
                "--spark",
                System.getProperty("supple.test.spark.home"),
                "--jar",
                System.getProperty("supple.test.subject"),
                "--xchart",
                System.getProperty("supple.notebooks.xchart"),
                "--out",
                out);
        if (script.lacks()) return script.skipped();
        Path results = Path.of(out, "results.txt");
        assertThat(results).as(script.said()).exists();
        List<DynamicNode> tests = new ArrayList<>();
        for (String line : Files.readAllLines(results)) {
            int colon = line.indexOf(": ");
            String outcome = line.substring(colon + 2).replace("\\n", "\n");
            tests.add(DynamicTest.dynamicTest(
                    line.substring(0, colon), () -> assertThat(outcome).isEqualTo("ok")));
        }
        try (var committed = Files.list(Path.of("../notebooks"))) {
            assertThat(tests).hasSize((int)
                    committed.filter(file -> file.toString().endsWith(".ipynb")).count());
        }
        return tests;
    }
}
