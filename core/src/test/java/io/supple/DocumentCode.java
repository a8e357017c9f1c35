// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The code blocks of a Markdown document, and how those in Java are compiled and run. */
public final class DocumentCode {

    /** The folder that has README.md and docs. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    private DocumentCode() {}

    /** README.md and all documents, relative to {@link #ROOT}, that have a block of a language. */
    public static List<String> documents(String language) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(f -> f.toString().endsWith(".md")))
                    .sorted()
                    .toList()) {
                String document = ROOT.relativize(file).toString().replace(File.separatorChar, '/');
                if (!blocks(document, language).isEmpty()) found.add(document);
            }
        }
        return found;
    }

    /** The blocks of a document in a language. */
    public static List<String> blocks(String document, String language) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(ROOT.resolve(document)));
        while (matcher.find()) if (matcher.group(1).equals(language)) found.add(matcher.group(2));
        return found;
    }

    /**
     * Compiles blocks, each as the body of a method, and runs one after the other.
     *
     * @param before imports
     * @param fields what the blocks may use
     * @param folder for the classes
     */
    public static void run(String before, String fields, List<String> blocks, Path folder) throws Exception {
        StringBuilder source =
                new StringBuilder(before).append("public class Blocks {\n").append(fields);
        for (int i = 0; i < blocks.size(); i++) {
            source.append("\npublic void block")
                    .append(i)
                    .append("() throws Exception {\n")
                    .append(blocks.get(i))
                    .append("}\n");
        }
        Path file = Files.writeString(folder.resolve("Blocks.java"), source.append("}\n"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("-cp", classPath, "-d", folder.toString(), "-proc:none"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(said + "\n" + source).isTrue();
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, DocumentCode.class.getClassLoader())) {
            Class<?> made = loader.loadClass("Blocks");
            Object instance = made.getDeclaredConstructor().newInstance();
            for (int i = 0; i < blocks.size(); i++) {
                try {
                    made.getMethod("block" + i).invoke(instance);
                } catch (InvocationTargetException failed) {
                    throw new AssertionError("this block failed:\n" + blocks.get(i), failed.getCause());
                }
            }
        }
    }
}
