// SPDX-License-Identifier: Apache-2.0
package io.supple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.supple.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * This library's side of {@code core/src/test/python/parity.py}: reads a file of reference cases and writes what the
 * operators give for each, flattened row by row, without judging it.
 */
final class Parity {

    private Parity() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) throw new IllegalArgumentException("usage: Parity cases.json results.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode results = json.createObjectNode();
        for (JsonNode node : json.readTree(new File(args[0])).get("cases")) {
            results.set(node.get("id").asText(), result(new Golden("parity", node), json.createObjectNode()));
        }
        json.writeValue(new File(args[1]), results);
    }

    /** Empty where the catalogue lacks an operator, method or mode; the words of what was thrown, if anything was. */
    private static ObjectNode result(Golden golden, ObjectNode result) {
        if (!golden.supported()) return result;
        try {
            Map<String, Tensor> gradients = new LinkedHashMap<>();
            put(result.putObject("output"), golden.evaluate(gradients));
            put(result.putObject("vjp"), gradients);
        } catch (RuntimeException e) { // one failing case must not hide the others; the script counts it as wrong
            result.put("error", e.toString());
        }
        return result;
    }

    private static void put(ObjectNode fields, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> {
            ArrayNode values = fields.putArray(name);
            for (double value : tensor.data()) values.add(value);
        });
    }
}
