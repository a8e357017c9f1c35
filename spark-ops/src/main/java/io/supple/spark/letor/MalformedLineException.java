// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

/** What is wrong with a line, and at which byte. */
final class MalformedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int at;

    MalformedLineException(int at, String message) {
        super(message, null, false, false); // there may be one for every line that is left out
        this.at = at;
    }

    int at() {
        return at;
    }
}
