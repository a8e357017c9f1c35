// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.util.regex.Pattern;

/** Javadoc as Markdown. */
final class Javadoc {

    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\">([^<]*)</a>");
    private static final Pattern TAGS = Pattern.compile("\\n@(param|return|throws|see).*", Pattern.DOTALL);

    private Javadoc() {}

    /** A comment, with its stars, without its tags. */
    static String markdown(String comment) {
        String text = comment.replaceAll("(?m)^\\s*/?\\*\\*? ?", "")
                .replaceAll("\\s*\\*?/\\s*$", "")
                .strip();
        text = TAGS.matcher("\n" + text).replaceAll("").strip();
        text = inline(text.replaceAll("<pre>\\{@code\\n(.*?)\\}</pre>", "```text\n$1```"));
        text = LINK.matcher(text).replaceAll("[$2]($1)");
        return text.replaceAll("\\s*<p>", "\n\n")
                .replace("<em>", "*")
                .replace("</em>", "*")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&")
                .strip();
    }

    /** Replaces {@code ...} and links, whose braces may be nested. */
    private static String inline(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (true) {
            int from = text.indexOf("{@", at);
            if (from < 0) return out.append(text.substring(at)).toString();
            out.append(text, at, from);
            int depth = 0;
            int end = from;
            do {
                if (text.charAt(end) == '{') depth++;
                if (text.charAt(end) == '}') depth--;
                end++;
            } while (depth > 0);
            String[] tag = text.substring(from + 2, end - 1).split("\\s+", 2);
            String body = tag[1].replaceAll("\\s*\\n\\s*", " ");
            if (tag[0].startsWith("link")) {
                String[] link = body.split("\\s+", 2);
                body = link.length == 2
                        ? link[1]
                        : link[0].replaceAll("\\(.*", "")
                                .replaceAll("^.*[.#](?=\\w)", "")
                                .replace("#", "");
            }
            out.append('`').append(body).append('`');
            at = end;
        }
    }
}
