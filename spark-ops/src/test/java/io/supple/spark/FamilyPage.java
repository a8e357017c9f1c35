// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Catalogue;
import io.supple.DocumentCode;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Soft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a family of operators: for each its meaning, formula and source as its Javadoc has them, its parameters, its
 * picture, and a call in SQL, Java and Python.
 */
final class FamilyPage {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
    private static final String OVERLOAD = "(?s)The same (along|of several|with|,).*";

    private final Catalogue.Family family;
    private final String source;

    FamilyPage(Catalogue.Family family) {
        this.family = family;
        try {
            source = Files.readString(DocumentCode.ROOT.resolve("core/src/main/java/io/supple/" + type() + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Path of the page from the root of the project. */
    static Path file(Catalogue.Family family) {
        return DocumentCode.ROOT.resolve("docs/operators/" + family.name() + ".md");
    }

    private String type() {
        return family.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + family.name().substring(1);
    }

    String text() {
        StringBuilder text = new StringBuilder("# " + type() + "\n\n");
        text.append("Written from the catalogue and its Javadoc by a test (`FamilyPagesTest`); do not edit.\n\n");
        String head = source.substring(0, source.indexOf("public interface " + type()));
        text.append(Javadoc.markdown(head.substring(head.lastIndexOf("/**")))).append("\n\n");
        text.append("In tensors every axis can hold the lists; in SQL a list is an array. ")
                .append(relaxation())
                .append('\n');
        for (Operator operator : family.operators()) section(text, operator);
        return text.toString();
    }

    private String relaxation() {
        List<String> names = new ArrayList<>();
        for (Operator operator : family.operators()) {
            for (Param param : operator.relaxation()) if (!names.contains(param.name())) names.add(param.name());
        }
        if (names.isEmpty()) return "Nothing here depends on a softness.";
        return "What else a call may say, as far as an operator has it: "
                + names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + " ([how to choose](../how-to-choose.md)), and in SQL `missing` for NULL elements.";
    }

    private void section(StringBuilder text, Operator operator) {
        SqlFunction function = new SqlFunction(operator, false);
        String meaning = operator.meaning();
        text.append("\n## ").append(function.name()).append("\n\n");
        text.append(meaning.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(meaning.substring(1))
                .append(".\n\n");
        for (String doc : docs(operator)) text.append(doc).append("\n\n");
        for (String picture : pictures(operator)) {
            text.append("![")
                    .append(operator.name())
                    .append("](../pictures/")
                    .append(picture)
                    .append(")\n\n");
        }
        text.append("| parameter | default | what |\n|---|---|---|\n");
        for (Param param : operator.params()) {
            if (param.tensorOnly()) continue;
            String byDefault = param.required() ? "" : "`" + SqlFunction.literal(param.byDefault()) + "`";
            text.append("| `")
                    .append(param.name())
                    .append("` | ")
                    .append(byDefault)
                    .append(" | ");
            text.append((param.doc() + ": " + param.allowed()).replace("|", "\\|"))
                    .append(" |\n");
        }
        List<String> more = companions(operator);
        text.append("\nAlso ").append(String.join(", ", more)).append(".\n");
        String result = rounded(Sample.result(function));
        text.append("\n```sql\nSELECT ")
                .append(Sample.query(function))
                .append("; -- ")
                .append(result);
        text.append("\n```\n\n```java\nTensor y = ").append(java(operator)).append(";\n```\n\n```python\n");
        text.append(python(function)).append("\n```\n");
    }

    /** The texts of its typed methods, but for those that only say what else they take. */
    private List<String> docs(Operator operator) {
        List<String> docs = new ArrayList<>();
        Matcher doc = Pattern.compile("(/\\*\\*(?:(?!\\*/).)*\\*/)\\s*default T (\\w+)\\(", Pattern.DOTALL)
                .matcher(source);
        while (doc.find()) {
            if (!doc.group(2).equals(camelCase(operator.name()))) continue;
            String said = Javadoc.markdown(doc.group(1));
            boolean more = said.contains("`") || said.contains("\n\n"); // a formula or a source
            if (docs.isEmpty() || (more && !said.matches(OVERLOAD))) docs.add(said);
        }
        return docs;
    }

    private static List<String> pictures(Operator operator) {
        try (Stream<Path> files = Files.list(DocumentCode.ROOT.resolve("docs/pictures"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.equals(operator.name() + ".png") || name.equals(operator.name() + "-methods.png"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> companions(Operator operator) {
        return SqlFunction.all().stream()
                .filter(each -> each.operator() == operator && each.kind() != SqlFunction.Kind.VALUE)
                .map(each -> "`" + each.name() + "`")
                .toList();
    }

    private static String rounded(String result) {
        return NUMBER.matcher(result).replaceAll(found -> {
            String text = String.format(Locale.ROOT, "%.4f", Double.parseDouble(found.group()));
            return text.replaceAll("(\\.\\d+?)0+$", "$1").replaceAll("^-(0\\.0)$", "$1");
        });
    }

    // ---- calls

    /** By the typed method that takes the required arguments and no others, if there is one. */
    private static String java(Operator operator) {
        List<String> given = new ArrayList<>();
        SqlFunction function = new SqlFunction(operator, false);
        for (Param param : operator.params()) {
            if (!param.required()) continue;
            String value = java(Sample.value(function, param));
            given.add(
                    param instanceof Param.Data && !value.startsWith("Tensor")
                            ? "Tensor.scalar(" + value + ")"
                            : value);
        }
        boolean losses = operator.boosts();
        String receiver = losses ? "Soft.smooth(1).withStandardize(false)" : "Soft.smooth(0.1)";
        String name = camelCase(operator.name());
        boolean typed = Arrays.stream(Soft.class.getMethods())
                .filter(Method::isDefault)
                .anyMatch(method -> method.getName().equals(name) && method.getParameterCount() == given.size());
        String arguments = String.join(", ", given);
        if (typed) return receiver + "." + name + "(" + arguments + ")";
        return receiver + ".call(Catalogue.operator(\"" + operator.name() + "\"), " + arguments + ")";
    }

    private static String java(Object value) {
        if (value instanceof double[][] rows) {
            String all = Arrays.stream(rows)
                    .flatMapToDouble(Arrays::stream)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(", "));
            return "Tensor.of(new int[] {" + rows.length + ", " + rows[0].length + "}, new double[] {" + all + "})";
        }
        if (value instanceof double[] list) {
            return Arrays.stream(list).mapToObj(String::valueOf).collect(Collectors.joining(", ", "Tensor.of(", ")"));
        }
        return value instanceof Long ? value + "L" : String.valueOf(value);
    }

    private static String python(SqlFunction function) {
        List<String> given = new ArrayList<>();
        for (Param param : function.operator().params()) {
            if (!param.required()) continue;
            String sql = Sample.sql(function, param);
            given.add(sql.replace("array(", "[").replace(')', ']').replaceAll("(\\d)D\\b", "$1"));
        }
        return "soft." + function.name().substring(SqlFunction.PREFIX.length()) + "(" + String.join(", ", given) + ")";
    }

    private static String camelCase(String snake) {
        StringBuilder name = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
