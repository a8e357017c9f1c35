// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the published jar holds, and what it says that it holds. Run by the build on the jar, once it is packaged. */
class ShippedJarTest {

    private static final String BILL = "META-INF/sbom/supple-spark-4_2.13.cdx.json";

    private JarFile jar;

    @BeforeEach
    void jarIsThere() throws IOException {
        String subject = System.getProperty("supple.test.subject", "");
        assumeThat(subject).as("the tests run on a jar").endsWith(".jar");
        jar = new JarFile(subject);
    }

    @AfterEach
    void close() throws IOException {
        if (jar != null) jar.close();
    }

    private String text(String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (var in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<JsonNode> components() throws IOException {
        assumeThat(System.getProperty("supple.test.offline"))
                .as("no bill of materials of an offline build")
                .isEqualTo("offline false");
        List<JsonNode> components = new ArrayList<>();
        new ObjectMapper().readTree(text(BILL)).get("components").forEach(components::add);
        return components;
    }

    @Test
    void holdsNoClassUnderAnothersName() {
        assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/supple/"));
    }

    @Test
    void billNamesWhatIsInside() throws IOException {
        assertThat(components())
                .extracting(component -> component.get("name").asText())
                .containsExactlyInAnyOrder("supple-core", "picocli", "xchart");
    }

    @Test
    void everythingInsideHasALicenceThatIsToldToPeopleToo() throws IOException {
        String told = text("META-INF/THIRD-PARTY.txt");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        for (JsonNode component : components()) {
            String name = component.get("name").asText();
            assertThat(component.at("/licenses/0/license/id").asText()).as(name).isEqualTo("Apache-2.0");
            if (component.get("group").asText().equals("io.supple")) continue;
            assertThat(told)
                    .contains(component.get("group").asText() + ":" + name + ":"
                            + component.get("version").asText());
        }
    }
}
