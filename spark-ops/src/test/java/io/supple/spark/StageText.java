// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A stage as the Python package needs to know it: what it is, its Params, what its source says of it. */
record StageText(Class<? extends Params> type) {

    private static final Pattern COMMENT =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+[^\\n]*\\s+)*public final class ", Pattern.DOTALL);

    /** What Spark Connect finds, which is what Python can make. */
    static List<StageText> all() {
        return Stream.of(Transformer.class, Estimator.class, Evaluator.class)
                .flatMap(service -> ServiceLoader.load(service).stream())
                .map(ServiceLoader.Provider::type)
                .filter(type -> type.getName().startsWith("io.supple."))
                .sorted(Comparator.comparing(Class::getName))
                .<StageText>map(type -> new StageText(type.asSubclass(Params.class)))
                .toList();
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", type.getSimpleName());
        facts.put("package", type.getPackageName());
        facts.put("kind", kind());
        if (kind().equals("estimator")) facts.put("model", fitted());
        if (made() instanceof Evaluator judge) facts.put("larger_is_better", judge.isLargerBetter());
        facts.put("doc", doc());
        facts.put("attributes", attributes());
        return facts;
    }

    private String kind() {
        if (Model.class.isAssignableFrom(type)) return "model";
        if (Estimator.class.isAssignableFrom(type)) return "estimator";
        return Evaluator.class.isAssignableFrom(type) ? "evaluator" : "transformer";
    }

    private String fitted() {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("fit") && !method.isBridge())
                .map(method -> method.getReturnType().getSimpleName())
                .findFirst()
                .orElseThrow();
    }

    /** The class comment without its examples, in plain words. */
    private String doc() {
        Path source = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
        try {
            Matcher comment = COMMENT.matcher(Files.readString(source));
            if (!comment.find()) throw new AssertionError(source + " has no class comment");
            return comment.group(1)
                    .replaceAll("(?m)^\\s*\\* ?", "")
                    .replaceAll("(?s)<pre>.*?</pre>", "")
                    .replaceAll("(?s)<p>", "")
                    .replaceAll("\\{@link (?:[\\w.]*\\.)?(\\w+)#(\\w+)}", "``$1.$2``")
                    .replaceAll("\\{@link (?:[\\w.]*\\.)?(\\w+)}", "``$1``")
                    .replaceAll("(?s)\\{@code ([^}]*)}", "``$1``")
                    .replaceAll("(?m)^@.*", "")
                    .replaceAll("\\n{3,}", "\n\n")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a model tells beside its Params. */
    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!kind().equals("model")) return attributes;
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isBridge() && method.getParameterCount() == 0)
                .filter(method -> !method.getName().startsWith("get"))
                .filter(method -> List.of(Vector.class, int.class, double.class).contains(method.getReturnType()))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method ->
                        attributes.put(method.getName(), method.getReturnType().getSimpleName()));
        return attributes;
    }

    List<Map<String, Object>> params() {
        Params stage = made();
        List<Map<String, Object>> params = new ArrayList<>();
        for (Param<?> param : stage.params()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("name", param.name());
            facts.put("type", typeOf(param));
            facts.put("has_default", stage.hasDefault(param));
            Object value = stage.hasDefault(param) ? stage.getDefault(param).get() : null;
            facts.put("default", value instanceof String text ? text.replace(stage.uid(), "{uid}") : value);
            facts.put("setter", has("set", param));
            facts.put("doc", param.doc());
            params.add(facts);
        }
        return params;
    }

    private Params made() {
        try {
            return type.getConstructor(String.class).newInstance("a-stage");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** The class of a Param; for one of Spark's general class what its method says that it holds. */
    private String typeOf(Param<?> param) {
        if (!param.getClass().equals(Param.class)) return param.getClass().getSimpleName();
        try {
            String held = type.getMethod(param.name()).getGenericReturnType().getTypeName();
            return held.replaceAll("[\\w.]*\\.(?=\\w)", "");
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private boolean has(String prefix, Param<?> param) {
        String name = prefix
                + Character.toUpperCase(param.name().charAt(0))
                + param.name().substring(1);
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals(name));
    }
}
