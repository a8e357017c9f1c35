// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** How often something is done again: a whole number of at least 0; null leaves it to the method. */
public record Repeats(String name, String doc) implements WholeNumber {

    @Override
    public Object byDefault() {
        return null;
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public int least() {
        return 0;
    }
}
