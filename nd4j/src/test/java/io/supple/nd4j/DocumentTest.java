// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The Java of docs/nd4j.md compiles and runs. */
class DocumentTest implements NeedsBackend {

    private static final Path PAGE = Path.of("..", "docs", "nd4j.md");

    private static final String IMPORTS = "import io.supple.*; import io.supple.nd4j.*; import io.supple.tensor.*;"
            + " import io.supple.spark.rank.*; import org.nd4j.linalg.api.ndarray.INDArray;";

    private static List<String> blocks() throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void javaOfThePageRuns(@TempDir Path folder) throws IOException, ReflectiveOperationException {
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(4);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (int i = 0; i < blocks.size(); i++) {
            Path source = folder.resolve("Block" + i + ".java");
            Files.writeString(
                    source,
                    IMPORTS + " public class Block" + i
                            + " { public static void run(INDArray scores, INDArray labels, INDArray cotangent) {\n"
                            + blocks.get(i).replace("System.out.println", "String.valueOf") + "}}");
            StringWriter said = new StringWriter();
            boolean compiled = compiler.getTask(
                            said,
                            null,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-d",
                                    folder.toString()),
                            null,
                            compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s\n%s", blocks.get(i), said).isTrue();
        }
        INDArray scores = Nd4j.createFromArray(new double[][] {{0.3, 1.2, -0.4}, {2.1, 0.2, 0.9}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 2, 0}, {0, 1, 2}});
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            for (int i = 0; i < blocks.size(); i++) {
                loader.loadClass("Block" + i)
                        .getMethod("run", INDArray.class, INDArray.class, INDArray.class)
                        .invoke(null, scores, labels, scores);
            }
        }
    }
}
