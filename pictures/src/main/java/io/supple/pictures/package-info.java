// SPDX-License-Identifier: Apache-2.0
/**
 * Draws the pictures of docs/pictures: {@code mvn -B -q -pl pictures -am -DskipTests -Ddraw package}. What is drawn is
 * computed by the operators, nothing is copied.
 */
package io.supple.pictures;
