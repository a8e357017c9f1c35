// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue as documents: a page for people and a file for programs. Both are written, never edited. */
public final class CatalogueText {

    private static final String HEAD = """
            # Operators

            Written from the catalogue by a test (`mvn -pl core test -Dapprove=true`); do not edit.
            In SQL every name has the prefix `soft_`, and a companion with the suffix `_vjp` returns the gradients too.
            Parameters marked † exist only where tensors have several axes.
            """;

    private CatalogueText() {}

    /** {@code docs/OPERATORS.md}. */
    public static String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Catalogue.Family family : Catalogue.families()) {
            text.append("\n## ").append(capitalized(family.name())).append("\n\n");
            text.append(capitalized(family.summary())).append(".\n\n");
            text.append("| operator | own parameters | result | meaning |\n|---|---|---|---|\n");
            for (Operator operator : family.operators()) {
                text.append("| `").append(operator.name()).append("` | ");
                text.append(operator.params().stream().map(CatalogueText::brief).collect(Collectors.joining(", ")));
                text.append(" | ").append(result(operator.result()));
                text.append(" | ")
                        .append(operator.meaning().replace("|", "\\|"))
                        .append(" |\n");
            }
            text.append("\nRelaxation: ").append(relaxations(family)).append(".\n");
        }
        return text.toString();
    }

    private static String relaxations(Catalogue.Family family) {
        List<String> lines = new ArrayList<>();
        for (Operator operator : family.operators()) {
            String params =
                    operator.relaxation().stream().map(CatalogueText::brief).collect(Collectors.joining(", "));
            String line = params.isEmpty() ? "none" : params;
            if (!lines.contains(line)) lines.add(line);
        }
        return String.join("; or ", lines);
    }

    private static String brief(Param param) {
        String mark = param.tensorOnly() ? "†" : "";
        Object byDefault = param.byDefault();
        boolean open = param instanceof Param.Axis || (param instanceof WholeNumber && !param.required());
        return "`" + param.name() + (byDefault == null && !open ? "" : " = " + value(byDefault)) + "`" + mark;
    }

    private static String value(Object value) {
        return value instanceof Enum<?> choice ? Param.Choice.text(choice) : String.valueOf(value);
    }

    private static String result(Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code catalogue.json}. */
    public static String json() {
        StringBuilder text = new StringBuilder("{\n  \"operators\": [");
        String comma = "\n";
        for (Catalogue.Family family : Catalogue.families()) {
            for (Operator operator : family.operators()) {
                text.append(comma).append("    {\"name\": ").append(quoted(operator.name()));
                text.append(", \"family\": ").append(quoted(family.name()));
                text.append(", \"meaning\": ").append(quoted(operator.meaning()));
                text.append(", \"result\": ")
                        .append(quoted(operator.result().name().toLowerCase(Locale.ROOT)));
                text.append(",\n     \"params\": [").append(params(operator.params()));
                text.append("],\n     \"relaxation\": [")
                        .append(params(operator.relaxation()))
                        .append("]}");
                comma = ",\n";
            }
        }
        return text.append("\n  ]\n}\n").toString();
    }

    private static String params(List<Param> params) {
        return params.stream().map(CatalogueText::json).collect(Collectors.joining(","));
    }

    private static String json(Param param) {
        Object byDefault = param.byDefault();
        boolean plain = byDefault == null || byDefault instanceof Number || byDefault instanceof Boolean;
        return "\n       {\"name\": " + quoted(param.name()) + ", \"type\": " + quoted(param.type()) + ", \"default\": "
                + (plain ? String.valueOf(byDefault) : quoted(value(byDefault))) + ", \"data\": "
                + (param instanceof Param.Data) + ", \"tensor_only\": " + param.tensorOnly()
                + ",\n        \"allowed\": "
                + quoted(param.allowed()) + ", \"doc\": " + quoted(param.doc()) + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
