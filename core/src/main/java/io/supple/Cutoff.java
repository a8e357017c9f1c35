// SPDX-License-Identifier: Apache-2.0
package io.supple;

/**
 * How many places from the top count: a whole number of at least 1. More than the list has takes the whole list, as does
 * null where it need not be given.
 *
 * @param required whether it must be given
 */
public record Cutoff(String name, String doc, boolean required) implements WholeNumber {

    @Override
    public Object byDefault() {
        return null;
    }

    @Override
    public int least() {
        return 1;
    }

    @Override
    public boolean varies() {
        return true;
    }
}
