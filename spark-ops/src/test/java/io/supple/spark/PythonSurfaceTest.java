// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.supple.ApprovedFile;
import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Param;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code python/surface.json}, from which the Python package is written, says what the functions and stages are;
 * {@code -Dapprove=true} writes it.
 */
class PythonSurfaceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isApproved() throws IOException {
        ApprovedFile.check("python/surface.json", text(), getClass());
    }

    @Test
    void hasEveryFunction() throws JsonProcessingException {
        List<String> names = new ArrayList<>();
        JSON.readTree(text())
                .get("operators")
                .forEach(operator -> operator.get("functions")
                        .forEach(function -> names.add(function.get("name").asText())));
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        SqlFunction.all().stream().map(SqlFunction::name).toList());
    }

    /** One parameter, function or Param a line, so that differences can be read. */
    private static String text() throws JsonProcessingException {
        StringBuilder text = new StringBuilder("{\n");
        text.append("\"version\": ").append(JSON.writeValueAsString(version())).append(",\n\"operators\": [");
        String comma = "\n";
        for (Operator operator : Catalogue.operators()) {
            text.append(comma).append(operator(operator));
            comma = ",\n";
        }
        text.append("\n],\n\"stages\": [");
        comma = "\n";
        for (StageText stage : StageText.all()) {
            text.append(comma).append(lines(stage.facts(), "params", stage.params()));
            comma = ",\n";
        }
        return text.append("\n]\n}\n").toString();
    }

    private static String version() {
        String version = System.getProperty("supple.version", "");
        assertThat(version).as("run by the build").isNotEmpty();
        return version;
    }

    private static String operator(Operator operator) throws JsonProcessingException {
        List<SqlFunction> functions = SqlFunction.all().stream()
                .filter(function -> function.operator() == operator)
                .toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", operator.name());
        facts.put("family", family(operator));
        facts.put("meaning", operator.meaning());
        facts.put("result", operator.result().name().toLowerCase(Locale.ROOT));
        facts.put("random", operator.random());
        facts.put(
                "differentiable",
                operator.differentiable().stream().map(Param.Data::name).toList());
        LinkedHashSet<Param> params = new LinkedHashSet<>();
        List<Map<String, Object>> described = new ArrayList<>();
        for (SqlFunction function : functions) {
            params.addAll(function.params());
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", function.name());
            line.put("kind", function.kind().name().toLowerCase(Locale.ROOT));
            line.put(
                    "params",
                    function.params().stream().map(PythonSurfaceTest::key).toList());
            line.put("example", Sample.query(function));
            line.put("gives", Sample.result(function));
            described.add(line);
        }
        String text = lines(
                facts, "params", params.stream().map(PythonSurfaceTest::param).toList());
        return text.substring(0, text.length() - 1) + ",\n" + lines("functions", described) + "}";
    }

    private static String family(Operator operator) {
        return Catalogue.families().stream()
                .filter(family -> family.operators().contains(operator))
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** What tells the parameters of an operator's functions apart: an aggregate's element may be called as the list is. */
    private static String key(Param param) {
        boolean element = param instanceof Param.Data data
                && (data.form() == Param.Form.NUMBER || data.form() == Param.Form.TRUTH);
        return element ? param.name() + " of a row" : param.name();
    }

    private static Map<String, Object> param(Param param) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("key", key(param));
        facts.put("name", param.name());
        facts.put("kind", param.getClass().getSimpleName());
        if (param instanceof Param.Data data) facts.put("form", data.form().name());
        facts.put("type", param.type());
        facts.put("required", !SqlFunction.optional(param));
        facts.put("default", plain(param.byDefault()));
        facts.put("varies", param.varies());
        if (param instanceof Param.Choice choice) {
            facts.put(
                    "choices", choice.values().stream().map(Param.Choice::text).toList());
        }
        facts.put("allowed", param.allowed());
        facts.put("doc", param.doc());
        return facts;
    }

    private static Object plain(Object value) {
        return value instanceof Enum<?> choice ? Param.Choice.text(choice) : value;
    }

    private static String lines(Map<String, Object> facts, String name, List<Map<String, Object>> entries)
            throws JsonProcessingException {
        String head = JSON.writeValueAsString(facts);
        return head.substring(0, head.length() - 1) + ",\n" + lines(name, entries) + "}";
    }

    private static String lines(String name, List<Map<String, Object>> entries) throws JsonProcessingException {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> entry : entries) lines.add("  " + JSON.writeValueAsString(entry));
        return " \"" + name + "\": [\n" + String.join(",\n", lines) + "]";
    }
}
