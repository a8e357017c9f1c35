// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;

/** What becomes of missing elements of arrays. */
public enum Missing {
    /** NULL elements are left out; their places in the result are NULL. */
    IGNORE,
    /** NULL and NaN elements are left out. */
    IGNORE_NAN,
    /** One NULL element makes the whole result NULL. */
    NULL,
    /** A NULL element is an error. */
    ERROR;

    /** The parameter that every SQL function takes, after those of its relaxation that it had from the beginning. */
    public static final Param.Choice PARAM = Param.Choice.any(
            "missing", "what becomes of NULL elements: left out, NaN too, whole result NULL, error", IGNORE);
}
