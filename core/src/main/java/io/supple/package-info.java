// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 4: what the operators mean.
 *
 * <p>Read these in this order: {@link io.supple.Ordering} (a family: typed methods beside the declarations),
 * {@link io.supple.Operator} (what a declaration holds), {@link io.supple.Soft} (the receiver that evaluates),
 * {@link io.supple.Param} (what arguments may be), {@link io.supple.Catalogue} (all of it as data).
 */
package io.supple;
