// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 3: how a permutation is made, exactly or softly, and what can be read from it.
 *
 * <p>{@link io.supple.order.Permutation} is the one interface; each class behind it is a way to order lists. Operators
 * say which {@link io.supple.order.Places} they read and never how they are found. A new method of sorting is one class
 * here.
 */
package io.supple.order;
