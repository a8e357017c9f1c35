// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are wrong: one line that names the option, what it must be and what was given, and no screen of help. */
class WrongCallTest {

    private static final String SHOPS = "shop,price,qty,name\na,3.5,2,fig\na,1.5,5,pear\nb,9,7,plum\nb,8,3,date\n";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        Sessions.shared();
        Files.writeString(folder.resolve("shops.csv"), SHOPS);
    }

    private static String err(String... call) {
        Calls calls = new Calls(folder);
        assertThat(calls.supple(call)).as(() -> calls.err()).isEqualTo(2);
        return calls.err();
    }

    private static String last(String err) {
        List<String> lines = err.lines().toList();
        return lines.get(lines.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "featurs                        | there is no command 'featurs'; did you mean 'features'?",
                "frobnicate                     | there is no command 'frobnicate'; 'supple --help' lists the commands",
                "--frob                         | there is no option '--frob'; 'supple --help' lists the commands",
                "train a b --los x              | train: there is no option '--los'; did you mean '--loss'?",
                "train a b --looss=x            | train: there is no option '--looss'; did you mean '--loss'?",
                "train a b --frob               | train: there is no option '--frob'; 'supple train --help' lists what it takes",
                "train                          | train: INPUT and MODEL must be given; 'supple train --help' lists",
                "score a                        | score: INPUT and OUTPUT must be given",
                "features a b --group g         | features: --select must be given",
                "features a b --select x --group | features: --group must have a value, COLUMNS",
                "features a b c --group g --select x | features: 'c' is one argument too many; text with spaces must stand in quotes",
                "features a b --group g --select x --null-groups skp | features: --null-groups must be one of error, skip, keep, got 'skp'; did you mean 'skip'?",
                "features a b --group g --select x --conf y | features: --conf must be of the form KEY=VALUE, got 'y'",
                "sql q --view a                 | sql: --view must be of the form NAME=PATH, got 'a'",
                "sql q --limit ten              | sql: --limit must be a whole number, got 'ten'",
                "sql q --limit 0                | sql: --limit must be a whole number >= 1, got 0",
                "sql q --output-format csv      | sql: --output must be given with --output-format and --overwrite",
                "sql q --view a=b               | the format of 'b' must be known from its extension (.parquet, .csv, .tsv, .json, .letor, .svm, .txt), got none for --view",
                "functions a b                  | functions: 'b' is one argument too many",
                "functions frobnicate           | there is no function 'frobnicate'; 'supple functions' lists them all",
                "functions topkk                | there is no function 'topkk'; did you mean 'soft_topk'?",
                "evaluate a.parquet --k 1,x     | evaluate: --k must be whole numbers, separated by commas, got 'x'",
                "evaluate a.parquet --softness x | evaluate: --softness must be a number, got 'x'",
                "evaluate a.parquet --gain exp  | evaluate: --gain must be one of exponential, linear, got 'exp'; did you mean 'exponential'?",
                "generate a                     | generate: --queries must be given",
                "generate a --queries 3 --rows 0,5 | generate: --rows: shortest must be >= 1, got 0",
                "generate a --queries 3 --position-bias -1 | generate: --position-bias must be",
                "generate a --queries 3 --features 0 | generate: --features must be",
                "bench list                     | bench: SUITE must be one of lists, gradients, numbers, ranker, got 'list'; did you mean 'lists'?",
                "bench --numbers 1e6            | bench: --numbers must be a whole number, got '1e6'",
                "train a.parquet m --early-stopping-rounds 2 | train: --validation or --validation-col must be given where --early-stopping-rounds is, got neither",
                "train @shops.csv m --validation no.csv | train: --validation must be an existing file or folder, got 'no.csv'",
                "train @shops.csv m --group shop --label qty --weight-col wait | train: --weight-col must be a column of the input, got 'wait'; the columns are shop, price, qty, name",
                "train @shops.csv m --group shop --label qty --features price,price | --features must be columns that differ, got 'price' twice",
                "train @shops.csv m --group shop --label qty --loss ndcg | softSpearman, got 'ndcg'",
                "features @shops.csv out.letor --group shop --select soft_rank(price) | the output must have the columns label and qid, since it is of ranked lists, got none named 'label'",
                "features @shops.csv out --group shp --select x | --group must be a column of the input, got 'shp'; did you mean 'shop'? The columns are shop",
                "features @shops.csv out --group zzzz --select x | --group must be a column of the input, got 'zzzz'; the columns are shop",
            })
    void oneLine(String words, String message) {
        String err = err(words.strip().split(" +", -1));
        assertThat(last(err)).startsWith("supple: ").contains(message);
        assertThat(err).doesNotContain("Usage:", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soft_rank(price AS r              | --select: Syntax error at or near 'AS', at character 17, after 'soft_rank(price'",
                "soft_rank(price)) AS r            | --select: Syntax error at or near ')', at character 17, after 'soft_rank(price)'",
                "soft_rank((price) AS r, 1         | --select: Syntax error at or near 'AS', at character 19, after 'soft_rank((price)'",
                "soft_rank(price                   | --select: Syntax error, at its end, after 'soft_rank(price'",
                ") AS r                            | --select: Syntax error at or near ')', at character 1",
                "soft_rank(prize) AS r             | --select: A column, variable, or function parameter with name `prize` cannot be resolved. Did you mean one of the following? [`price`",
                "soft_rank(price, softness = 1)    | Arguments are named with =>, as in softness => ...",
                "soft_rnk(price)                   | --select: there is no function 'soft_rnk'; did you mean 'soft_rank'? 'supple functions' lists all of Supple's",
                "topk(price, 1)                    | did you mean 'soft_topk'?",
                "frobnicate(price)                 | --select: there is no function 'frobnicate'; 'supple functions' lists all of Supple's",
                "soft_rank(shop)                   | supple: soft_rank: x must be an array of numbers, got 'shop' of type STRING",
                "soft_rank(transform(name, x -> upper(x))) | soft_rank: x must be an array of numbers, got the expression transform(",
                "soft_max_agg(price)               | got 'price' of type ARRAY<DOUBLE>; soft_max takes a list",
                "sum(price)                        | a list's sum is written aggregate(price, 0D, (sum, x) -> sum + x)",
                "CASE WHEN price > 2 THEN 1 END    | --select: 'price > 2': ",
                "max(price) AS m                   | take array_max(x), aggregate(x, 0D, (sum, each) -> sum + each) or a function of Supple",
                "round(price, 1)                   | transform(list, x -> ...), and of two lists zip_with(a, b, (x, y) -> ...)",
            })
    void selections(String select, String message) {
        assertThat(last(err("features", "@shops.csv", "@out", "--group", "shop", "--select", select)))
                .contains(message);
    }

    @Test
    void placesInSeveralLines() {
        assertThat(last(err(
                        "features",
                        "@shops.csv",
                        "@out",
                        "--group",
                        "shop",
                        "--select",
                        "soft_rank(price) AS r,\n  (qty")))
                .contains("--select: Syntax error, at its end, after 'soft_rank(price) AS r, (qty'");
        assertThat(last(err("features", "@shops.csv", "@out", "--group", "shop", "--select", "1 AS a,\n  qty) AS x")))
                .contains("--select: Syntax error at or near ')', at line 2, character 6, after '1 AS a, qty'");
        assertThat(last(err("features", "@shops.csv", "@out", "--group", "shop", "--select", " ")))
                .contains("--select must be SQL, got nothing");
        assertThat(last(err("sql", "SELECT 1 +"))).contains("QUERY: Syntax error, at its end, after 'SELECT 1 +'");
        assertThat(last(err("sql", "SELECT *\nFORM t")))
                .contains(
                        "QUERY: Syntax error at or near 't': extra input 't', at line 2, character 6, after 'SELECT * FORM'");
    }

    /** What is written instead is what the message says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "-price                      ~ transform(price, x -> -x)",
                "price - soft_median(price)  ~ zip_with(price, array_repeat(soft_median(price), size(price)), (x, y) -> x - y)",
                "abs(soft_max(price)) - price ~ zip_with(price, array_repeat(abs(soft_max(price)), size(price)), (x, y) -> y - x)",
                "price - qty                 ~ zip_with(price, qty, (x, y) -> x - y)",
                "price * price               ~ zip_with(price, price, (x, y) -> x * y)",
                "price >= 3                  ~ transform(price, x -> x >= 3)",
                "1 - price                   ~ transform(price, x -> 1 - x)",
                "price / max(price)          ~ zip_with(price, array_repeat(array_max(price), size(price)), (x, y) -> x / y)",
                "log(price)                  ~ transform(price, x -> log(x))",
                "name || 'x'                ~ transform(name, x -> x || 'x')",
            })
    void whatIsDoneToEachElement(String select, String remedy) throws IOException {
        assertThat(last(err("features", "@shops.csv", "@out", "--group", "shop", "--select", select + " AS r")))
                .startsWith("supple: --select: '" + select + "': ")
                .endsWith("; what is done to each element of a list is written " + remedy);
        Calls calls = new Calls(folder);
        List<String> call =
                new ArrayList<>(List.of("features", "@shops.csv", "@done", "--overwrite", "--group", "shop"));
        call.addAll(List.of("--select", remedy + " AS r"));
        assertThat(calls.supple(call.toArray(String[]::new))).as(calls.err()).isZero();
    }

    @Test
    void ofAWholeListToo() {
        Calls calls = new Calls(folder);
        String written = "aggregate(price, 0D, (sum, x) -> sum + x) AS s, array_max(price) AS m,"
                + " soft_quantile(price, 0.5, mode => 'hard') AS d";
        assertThat(calls.supple("features", "@shops.csv", "@whole.csv", "--group", "shop", "--select", written))
                .as(calls.err())
                .isZero();
        assertThat(Sessions.shared()
                        .read()
                        .option("header", "true")
                        .option("inferSchema", "true")
                        .csv(calls.at("whole.csv"))
                        .where("shop = 'a' AND s = 5 AND m = 3.5 AND d = 2.5")
                        .count())
                .isEqualTo(2);
    }
}
