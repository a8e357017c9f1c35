// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paths of a read, which Spark gives as one option, or several in another as an array of JSON. */
final class Paths {

    /** Names of the options, in lower case. */
    static final Set<String> NAMES = Set.of("path", "paths");

    private Paths() {}

    static List<String> of(Map<String, String> options) {
        List<String> paths = new ArrayList<>();
        if (options.get("paths") != null) paths.addAll(strings(options.get("paths")));
        if (options.get("path") != null) paths.add(options.get("path"));
        return paths;
    }

    private static List<String> strings(String json) {
        try {
            return List.of(new ObjectMapper().readValue(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("letor: paths must be an array of JSON, got '" + json + "'", e);
        }
    }
}
