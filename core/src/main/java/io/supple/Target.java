// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** The distribution that listNet takes from labels. */
public enum Target {
    /** Their softmax, {@code exp(y_i) / sum_j exp(y_j)}. */
    LABEL,
    /** Their gains over the sum of the gains. */
    GAIN
}
