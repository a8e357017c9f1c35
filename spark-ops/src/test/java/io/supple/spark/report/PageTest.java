// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.spark.Sessions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page: all sections, the numbers of the report, nothing from elsewhere, and words beside every picture. */
class PageTest {

    private static final TrainingHistory HISTORY =
            TrainingHistory.of(List.of("iteration,objective,ndcg@10", "0,0.75,0.4", "1,0.5,", "2,0.25,0.625"));

    private static RankingReport report;
    private static String html;

    @BeforeAll
    static void page() {
        report = RankingEvaluation.of(RankingEvaluationTest.COLUMNS, RankingEvaluationTest.JUDGING)
                .run(
                        Sessions.shared().createDataFrame(RankingEvaluationTest.rows(), RankingEvaluationTest.SCHEMA),
                        phase -> {});
        html = new Page(report, "lists <of> \"things\"", Optional.of(HISTORY)).html();
    }

    private static List<String> all(String pattern) {
        return Pattern.compile(pattern)
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void hasAllSections() {
        assertThat(all("<h2>([^<]*)</h2>"))
                .containsExactly(
                        "At a glance",
                        "Metrics by cut-off",
                        "Paired differences",
                        "Lists",
                        "The soft metric",
                        "Training");
        assertThat(all("<figcaption>([^<]*)</figcaption>"))
                .hasSize(1 + 6 + 6 + 2 + 2)
                .contains("Lengths of lists", "NDCG by cut-off", "Soft NDCG against softness")
                .contains("Gradient of soft NDCG by place", "Training: objective", "Training: ndcg@10");
        assertThat(html).contains("it flatters itself").contains("prefers-color-scheme: dark");
        String without = new Page(report, "lists", Optional.empty()).html();
        assertThat(without).doesNotContain("<h2>Training</h2>");
    }

    @Test
    void needsNothingElse() {
        assertThat(html)
                .doesNotContain("http")
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("url(");
        assertThat(all("(?:src|srcset|href)=\"([^\"]*)\""))
                .isNotEmpty()
                .allMatch(address -> address.startsWith("data:image/png;base64,"));
    }

    @Test
    void everyPictureHasWordsAndNumbersAndIsThereInBothThemes() throws IOException {
        int figures = all("<(figure)>").size();
        assertThat(all("<img [^>]*alt=\"([^\"]+)\"")).hasSize(figures);
        assertThat(all("(<details><summary>Numbers</summary>\n<table>)")).hasSize(figures);
        List<String> pictures = all("base64,([A-Za-z0-9+/=]+)");
        assertThat(pictures).hasSize(2 * figures);
        for (int i = 0; i < pictures.size(); i++) {
            var image =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(pictures.get(i))));
            Theme theme = i % 2 == 0 ? Theme.DARK : Theme.LIGHT;
            assertThat(image.getRGB(2, 2)).isEqualTo(theme.ground().getRGB());
        }
    }

    @Test
    void numbersAreThoseOfTheReport() {
        String text = new Page(report, "lists", Optional.empty()).text();
        for (int c = 0; c < report.scorings().size(); c++) {
            for (Metric metric : Metric.values()) {
                for (int k : report.judging().cutoffs()) {
                    String cell = NumberTable.number(report.mean(c, metric, k)) + " ("
                            + NumberTable.number(report.standardError(c, metric, k)) + ")";
                    String row = "<th scope=\"row\">" + report.scorings().get(c) + "</th>";
                    assertThat(table(metric.heading() + " by cut-off"))
                            .containsPattern(Pattern.quote(row) + ".*<td>" + Pattern.quote(cell) + "</td>");
                    assertThat(text).contains(cell);
                }
            }
        }
        assertThat(table("What was judged"))
                .contains("<th scope=\"row\">Lists</th><td>40</td>")
                .contains("<th scope=\"row\">Rows</th><td>" + report.rows() + "</td>");
        assertThat(table("Soft NDCG against softness"))
                .contains("<td>" + NumberTable.number(report.soft().soft(4).mean()) + "</td>");
        assertThat(table("Training: ndcg@10"))
                .contains("<th scope=\"row\">1</th><td>-</td>")
                .contains("<th scope=\"row\">2</th><td>0.6250</td>");
        assertThat(text).contains("against other").contains("Lists without relevant rows");
    }

    private static String table(String caption) {
        Matcher found = Pattern.compile(
                        "<caption>" + Pattern.quote(caption) + "</caption>(.*?)</table>", Pattern.DOTALL)
                .matcher(html);
        assertThat(found.find()).as(caption).isTrue();
        return found.group(1);
    }

    @Test
    void titlesBeginWithACapital() {
        assertThat(all("<(?:h1|h2|figcaption|caption|dt)>([^<]+)<"))
                .hasSizeGreaterThan(40)
                .allMatch(title -> Character.isUpperCase(title.charAt(0)));
    }

    @Test
    void everyScoreHasBarsOfErrors() {
        Figures figures = new Figures(report);
        List<Integer> cutoffs = report.judging().cutoffs();
        for (Metric metric : Metric.values()) {
            List<Line> lines = figures.metric(metric).lines();
            List<Line> differences = figures.differences(metric).lines();
            assertThat(lines).hasSize(report.randomOrder() + 1);
            assertThat(differences).hasSize(report.randomOrder());
            for (int c = 0; c < lines.size(); c++) {
                int scoring = c;
                assertThat(lines.get(c).errors())
                        .isEqualTo(cutoffs.stream()
                                .map(k -> report.standardError(scoring, metric, k))
                                .toList());
                if (c == RankingReport.PREDICTION) continue;
                assertThat(differences.get(c - 1).errors())
                        .isEqualTo(cutoffs.stream()
                                .map(k -> report.differenceError(scoring, metric, k))
                                .toList());
            }
        }
    }

    @Test
    void manyCutoffsGoDownThePage() {
        List<Integer> twenty = IntStream.rangeClosed(1, 20).boxed().toList();
        RankingReport many = RankingEvaluation.of(
                        RankingEvaluationTest.COLUMNS, RankingEvaluationTest.JUDGING.withCutoffs(twenty))
                .run(
                        Sessions.shared().createDataFrame(RankingEvaluationTest.rows(), RankingEvaluationTest.SCHEMA),
                        phase -> {});
        String page = new Page(many, "lists", Optional.empty()).html();
        List<String> heads = Pattern.compile("<thead><tr>(.*?)</tr></thead>")
                .matcher(page)
                .results()
                .map(head -> head.group(1))
                .toList();
        assertThat(heads).hasSizeGreaterThan(12).allMatch(head -> head.split("</th>", -1).length - 1 <= 6);
        for (int k : twenty) {
            for (int c = 0; c < many.scorings().size(); c++) {
                assertThat(new Figures(many)
                                .metric(Metric.MAP)
                                .table()
                                .body()
                                .get(k - 1)
                                .get(c + 1))
                        .isEqualTo(NumberTable.number(many.mean(c, Metric.MAP, k)) + " ("
                                + NumberTable.number(many.standardError(c, Metric.MAP, k)) + ")");
            }
        }
    }

    @Test
    void aGlanceHasABarForEveryScoreAndAVerdictForEveryRival() {
        String glance = table("Mean NDCG at 10 \u00B1 one standard error");
        List<String> names = report.scorings();
        for (int c = 0; c < names.size(); c++) {
            String row = glance.substring(glance.indexOf("<th scope=\"row\">" + names.get(c) + "</th>"));
            row = row.substring(0, row.indexOf("</tr>"));
            assertThat(row).contains("<td>" + NumberTable.brief(report.mean(c, Metric.NDCG, 10)) + " \u00B1");
            assertThat(row.contains("<svg")).as(names.get(c)).isEqualTo(c != report.bestOrder());
            assertThat(row.contains("better") || row.contains("worse") || row.contains("may be chance"))
                    .as(names.get(c))
                    .isEqualTo(report.rivals().contains(c));
        }
        double width = Double.parseDouble(glance.replaceAll("(?s).*?width=\"([0-9.]+)\".*", "$1"));
        double end = Double.parseDouble(glance.replaceAll("(?s).*From 0 to ([0-9.]+)<.*", "$1"));
        assertThat(width * end / 100).isCloseTo(report.mean(0, Metric.NDCG, 10), within(1e-3));
    }

    @Test
    void namesAreText() {
        assertThat(html).contains("lists &lt;of&gt; &quot;things&quot;").doesNotContain("<of>");
    }

    @Test
    void oddHistoriesAreRefused() {
        assertThatThrownBy(() -> TrainingHistory.of(List.of()))
                .hasMessage("history: the first line must begin with 'iteration', got ''");
        assertThatThrownBy(() -> TrainingHistory.of(List.of("name,value")))
                .hasMessageContaining("must begin with 'iteration', got 'name,value'");
        assertThatThrownBy(() -> TrainingHistory.of(List.of("iteration,objective", "1")))
                .hasMessageContaining("must have 2 numbers, got '1'");
        assertThatThrownBy(() -> TrainingHistory.of(List.of("iteration,objective", "1,x")))
                .hasMessageContaining("cells must be numbers, got 'x'");
    }

    @Test
    void rangesHoldWhatIsDrawn() {
        double[] range =
                Drawing.range(List.of(new Line("a", 0, List.of(0.2, Double.NaN, 0.7), List.of(0.1, 0.0, 0.1))));
        assertThat(range[0]).isLessThanOrEqualTo(0.1);
        assertThat(range[1]).isGreaterThanOrEqualTo(0.8);
        assertThat(Drawing.range(List.of(new Line("a", 0, List.of(Double.NaN)))))
                .containsExactly(0, 1);
        double[] flat = Drawing.range(List.of(new Line("a", 0, List.of(0.5, 0.5))));
        assertThat(flat[0]).isLessThan(flat[1]);
    }
}
