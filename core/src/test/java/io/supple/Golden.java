// SPDX-License-Identifier: Apache-2.0
package io.supple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.supple.tensor.Gradients;
import io.supple.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One reference case: what the reference library computed, and how to compute it here. */
record Golden(String family, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The reference returns values and soft index together; here each is an operator of its own. */
    private static final Map<String, String> INDEX_OF = Map.of(
            "max", "argmax",
            "min", "argmin",
            "sort", "argsort",
            "quantile", "argquantile",
            "median", "argmedian",
            "topk", "argtopk");

    /** Names that softjax spells in its own way: operators and arguments. */
    private static final Map<String, String> SPELT =
            Map.of("top_k", "topk", "dynamic_index_in_dim", "index_select", "dynamic_slice_in_dim", "narrow");

    private static final Map<String, String> ARGUMENTS =
            Map.of("length", "slice_size", "soft_start", "soft_start_index");

    /** All cases of a resource file. */
    static List<Golden> read(String family) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + family + ".json")) {
            List<Golden> cases = new ArrayList<>();
            for (JsonNode json : JSON.readTree(in).get("cases")) cases.add(new Golden(family, json));
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name of the operator in the reference. */
    String op() {
        return json.get("op").asText();
    }

    String operatorName() {
        String name = op().replaceAll("_st$", "");
        return SPELT.getOrDefault(name, name);
    }

    /** Whether the catalogue has everything that the case needs. */
    boolean supported() {
        // softjax's median is the mean of the two in the middle; ours is the lower one, as softtorch's
        if (family.equals("softjax") && op().equals("median")) return false;
        boolean known = op().equals(DYNAMIC_SLICE)
                || Catalogue.operators().stream().anyMatch(o -> o.name().equals(operatorName()));
        return known && has(Method.values(), arg("method")) && has(Mode.values(), arg("mode"));
    }

    private static boolean has(Enum<?>[] values, JsonNode given) {
        if (!given.isTextual()) return true;
        for (Enum<?> value : values) if (value.name().equalsIgnoreCase(ours(given.asText()))) return true;
        return false;
    }

    /** Our name of a choice: the p-norm modes, private in the reference, have an underscore there. */
    private static String ours(String choice) {
        return choice.endsWith("_pnorm") ? choice.substring(1) : choice;
    }

    /** The operator of one field of the output. */
    Operator operator(String field) {
        return Catalogue.operator(field.equals("indices") ? INDEX_OF.get(operatorName()) : operatorName());
    }

    JsonNode expected() {
        return json.has("output") ? json.get("output") : json.get("expected");
    }

    double tolerance(String what) {
        return json.get("tolerance").get(what).asDouble();
    }

    /** Results by field of the output, and gradients by input if the case has any. */
    Map<String, Tensor> evaluate(Map<String, Tensor> gradients) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        json.get("inputs")
                .fields()
                .forEachRemaining(
                        e -> inputs.put(e.getKey(), tensor(e.getValue()).variable()));
        Map<String, Tensor> results = new TreeMap<>();
        expected()
                .fieldNames()
                .forEachRemaining(field -> results.put(
                        field, op().equals(DYNAMIC_SLICE) ? dynamicSlice(inputs) : evaluate(operator(field), inputs)));
        if (json.has("vjp")) {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                double[] sum = new double[input.getValue().size()];
                results.forEach((field, result) -> {
                    // with gated_grad=false the reference makes the returned index a constant
                    if (field.equals("indices") && !arg("gated_grad").asBoolean(true)) return;
                    Gradients g = result.backward(
                            tensor(json.get("cotangent").get(field)).data());
                    double[] gx = g.of(input.getValue()).data();
                    for (int i = 0; i < sum.length; i++) sum[i] += gx[i];
                });
                gradients.put(input.getKey(), Tensor.of(input.getValue().shape(), sum));
            }
        }
        return results;
    }

    private static final String DYNAMIC_SLICE = "dynamic_slice";

    /** The one method that is composed of several operators. */
    private Tensor dynamicSlice(Map<String, Tensor> inputs) {
        List<Tensor> starts = new ArrayList<>(inputs.values());
        int[] sizes = Arrays.stream(tensor(arg("slice_sizes")).data())
                .mapToInt(size -> (int) size)
                .toArray();
        return Soft.HARD.dynamicSlice(inputs.get("x"), starts.subList(1, starts.size()), sizes);
    }

    private Tensor evaluate(Operator operator, Map<String, Tensor> inputs) {
        Object[] values = new Object[operator.params().size()];
        for (int i = 0; i < values.length; i++) {
            Param param = operator.params().get(i);
            Tensor input = inputs.getOrDefault(param.name(), inputs.get(ARGUMENTS.get(param.name())));
            values[i] = input != null ? input : value(param);
        }
        return soft(operator).call(operator, values);
    }

    /** A method without an index has an exact one beside its straight-through values: the reference gives that. */
    private boolean exactIndex(Operator operator) {
        String method = arg("method").asText();
        return operator.result().distribution() && method.equals("fast_soft_sort") && op().endsWith("_st");
    }

    private Object value(Param param) {
        if (param instanceof Param.Axis axis) {
            JsonNode dim = arg("dim");
            return dim.isInt()
                    ? Integer.valueOf(dim.asInt())
                    : dim.isNull() && axis.byDefault() == null ? null : axis.byDefault();
        }
        JsonNode node = arg(param.name());
        if (node.isMissingNode()) node = arg(ARGUMENTS.getOrDefault(param.name(), ""));
        if (node.isMissingNode()) return param.byDefault();
        if (param instanceof Param.Data) return tensor(node);
        return switch (node.getNodeType()) {
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.asBoolean();
            case ARRAY -> tensor(node).data();
            default -> node.asText();
        };
    }

    private Soft soft(Operator operator) {
        if (exactIndex(operator)) return Soft.HARD;
        Map<String, Object> values = new LinkedHashMap<>();
        for (Param param : operator.relaxation()) {
            JsonNode node = arg(param.name());
            if (!node.isMissingNode()) {
                Object value =
                        node.isTextual() ? ours(node.asText()) : node.isBoolean() ? node.asBoolean() : node.asDouble();
                values.put(param.name(), param.check(operator.name(), value));
            }
        }
        Soft soft = Soft.of(values);
        return op().endsWith("_st") ? soft.straightThrough() : soft;
    }

    JsonNode arg(String name) {
        return json.path("args").path(name);
    }

    /** A nested list of numbers as a tensor. */
    static Tensor tensor(JsonNode node) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode at = node; at.isArray(); at = at.path(0)) shape.add(at.size());
        List<Double> values = new ArrayList<>();
        flatten(node, values);
        return Tensor.of(
                shape.stream().mapToInt(i -> i).toArray(),
                values.stream().mapToDouble(v -> v).toArray());
    }

    private static void flatten(JsonNode node, List<Double> values) {
        if (node.isArray()) node.forEach(child -> flatten(child, values));
        else values.add(node.isBoolean() ? (node.asBoolean() ? 1 : 0) : node.asDouble());
    }

    @Override
    public String toString() {
        return family + " " + json.get("id").asText() + " "
                + json.get("args").toString().toLowerCase(Locale.ROOT);
    }
}
