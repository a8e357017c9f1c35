// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.awt.Graphics2D;

/** Part of a picture that paints itself into a rectangle whose corner is the origin. */
@FunctionalInterface
interface Panel {
    void paint(Graphics2D g, int width, int height);
}
