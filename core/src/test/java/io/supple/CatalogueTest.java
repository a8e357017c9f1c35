// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue, the typed methods and the documents say the same. */
class CatalogueTest {

    /** Methods whose operator has another name: they take several levels at once. */
    private static final List<String> PLURALS = List.of("quantiles", "argquantiles");

    /** Methods that call an operator several times. */
    private static final List<String> COMPOSED = List.of("dynamicSlice");

    static Stream<Method> methods() {
        return Arrays.stream(Soft.class.getInterfaces())
                .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
                .filter(m -> m.isDefault() && Modifier.isPublic(m.getModifiers()))
                .filter(m -> !COMPOSED.contains(m.getName()));
    }

    @Test
    void everyOperatorHasATypedMethodAndTheOtherWayRound() {
        Set<String> typed = methods()
                .map(Method::getName)
                .filter(name -> !PLURALS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = Catalogue.operators().stream()
                .map(o -> camelCase(o.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(typed)
                .as(
                        "an operator needs a typed default method beside its declaration, and must stand in the list that ends"
                                + " its family")
                .isEqualTo(declared);
    }

    private static String camelCase(String snake) {
        StringBuilder name = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** Between a typed method and its declaration the compiler sees only objects; this sees the rest. */
    @ParameterizedTest
    @MethodSource("methods")
    void typedMethodsCallWithWhatTheOperatorTakes(Method method) throws ReflectiveOperationException {
        List<Object[]> calls = new ArrayList<>();
        Object recorder = Proxy.newProxyInstance(
                getClass().getClassLoader(), Soft.class.getInterfaces(), (proxy, called, arguments) -> {
                    if (called.isDefault()) return InvocationHandler.invokeDefault(proxy, called, arguments);
                    calls.add(arguments);
                    return null;
                });
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) arguments[i] = sample(method.getParameterTypes()[i]);
        method.invoke(recorder, arguments);
        Operator operator = (Operator) calls.get(0)[0];
        Object[] passed = (Object[]) calls.get(0)[1];
        String name = PLURALS.contains(method.getName())
                ? method.getName().substring(0, method.getName().length() - 1)
                : method.getName();
        assertThat(camelCase(operator.name())).isEqualTo(name);
        assertThat(operator.bind(passed)).isNotNull(); // as many, and each of the kind that its parameter takes
    }

    private static Object sample(Class<?> type) {
        if (type == boolean.class) return true;
        if (type == Gain.class) return Gain.LINEAR;
        if (type == Target.class) return Target.GAIN;
        if (type == EmptyList.class) return EmptyList.ZERO;
        if (type == int.class) return 1;
        if (type == long.class) return 7L;
        if (type == double.class) return 0.5;
        if (type == double[].class) return new double[] {0.5};
        if (type == Interpolation.class) return Interpolation.LOWER;
        if (type == Integer.class) return 1; // an axis or a cut-off
        return io.supple.tensor.Tensor.of(new int[] {1, 1}, new double[1]);
    }

    @Test
    void documentsAreApproved() throws IOException {
        ApprovedFile.check("docs/OPERATORS.md", CatalogueText.markdown(), getClass());
        ApprovedFile.check("core/src/main/resources/io/supple/catalogue.json", CatalogueText.json(), getClass());
    }

    @Test
    void theProgramsFileIsJson() throws IOException {
        assertThat(new ObjectMapper().readTree(CatalogueText.json()).get("operators"))
                .hasSize(Catalogue.operators().size());
    }

    @Test
    void operatorsSerialiseAsTheirNames() throws IOException, ClassNotFoundException {
        for (Operator operator : Catalogue.operators()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(operator);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isSameAs(operator);
            }
        }
    }

    @Test
    void relaxationParametersRoundTripThroughAChoice() {
        Soft soft = Soft.smooth(0.2)
                .with(Mode.C1)
                .with(io.supple.Method.SOFTSORT)
                .withStandardize(false)
                .straightThrough();
        assertThat(Soft.of(soft.relaxation())).isEqualTo(soft);
    }
}
