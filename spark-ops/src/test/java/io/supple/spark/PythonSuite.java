// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The tests of the Python package, in a classic session and through Spark Connect, and the Java client of Connect: run by
 * {@code .ci/python} on the jar of this build, and counted here one by one. The build runs this after the package is made.
 */
class PythonSuite {

    private static final String SUBJECT = "the Python package and Spark Connect";

    private static final Path OUT = Path.of(System.getProperty("supple.python.out", "target/python"));

    @TestFactory
    List<DynamicNode> python() throws IOException, InterruptedException, ParserConfigurationException, SAXException {
        if (System.getProperty("supple.test.classes") == null) {
            return BuildScript.skipped(SUBJECT, "run by the build, when the jar is made");
        }
        String missing = System.getProperty("supple.test.spark.missing", "");
        if (!missing.isEmpty()) return BuildScript.skipped(SUBJECT, missing);
        BuildScript script = BuildScript.run(
                SUBJECT,
                "../.ci/python",
                System.getProperty("supple.test.spark.home"),
                System.getProperty("supple.test.subject"),
                OUT.toString(),
                System.getProperty("supple.test.classes"));
        if (script.lacks()) return script.skipped();
        assertThat(script.exit()).as(script.said()).isZero();
        return List.of(
                DynamicContainer.dynamicContainer("classic", pytest("classic")),
                DynamicContainer.dynamicContainer("connect", pytest("connect")),
                DynamicContainer.dynamicContainer("java client of connect", client()));
    }

    private static List<DynamicTest> pytest(String session)
            throws IOException, ParserConfigurationException, SAXException {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(OUT.resolve(session + ".xml").toFile())
                .getElementsByTagName("testcase");
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String name = test.getAttribute("classname") + " " + test.getAttribute("name");
            tests.add(DynamicTest.dynamicTest(name, () -> outcome(session, test)));
        }
        assertThat(tests).as(session).hasSizeGreaterThan(100);
        return tests;
    }

    private static void outcome(String session, Element test) {
        for (String bad : List.of("failure", "error")) {
            NodeList found = test.getElementsByTagName(bad);
            if (found.getLength() > 0) fail(session + ": " + found.item(0).getTextContent());
        }
        NodeList skipped = test.getElementsByTagName("skipped");
        if (skipped.getLength() > 0) {
            Assumptions.abort(((Element) skipped.item(0)).getAttribute("message"));
        }
    }

    private static List<DynamicTest> client() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(OUT.resolve("java-client.txt"))) {
            tests.add(DynamicTest.dynamicTest(
                    line.replaceFirst(":.*", ""), () -> assertThat(line).endsWith(": ok")));
        }
        assertThat(tests).hasSize(6);
        return tests;
    }
}
