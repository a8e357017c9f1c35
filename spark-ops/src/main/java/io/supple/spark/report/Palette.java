// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures of few colours, a byte a pixel: what a page of many pictures weighs falls to a third. */
final class Palette {

    private static final int COLOURS = 256;

    private Palette() {}

    /** The picture in its most frequent colours; the others, at the edges of letters, become the nearest of them. */
    static BufferedImage indexed(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, int[]> counts = new HashMap<>();
        int[] count = {0};
        for (int p = 0; p < pixels.length; p++) {
            // long runs are of one colour
            if (p == 0 || pixels[p] != pixels[p - 1]) count = counts.computeIfAbsent(pixels[p], c -> new int[1]);
            count[0]++;
        }
        List<Integer> colours = counts.entrySet().stream()
                .sorted((a, b) -> a.getValue()[0] != b.getValue()[0]
                        ? Integer.compare(b.getValue()[0], a.getValue()[0])
                        : Integer.compare(a.getKey(), b.getKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        int[] palette = colours.stream().mapToInt(Integer::intValue).toArray();
        Map<Integer, Integer> places = new HashMap<>();
        for (int colour : counts.keySet()) places.put(colour, nearest(palette, colour));
        int[] indices = new int[pixels.length];
        for (int p = 0; p < pixels.length; p++) {
            indices[p] = p > 0 && pixels[p] == pixels[p - 1] ? indices[p - 1] : places.get(pixels[p]);
        }
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        small.getRaster().setPixels(0, 0, width, height, indices);
        return small;
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int k = 0; k < palette.length; k++) {
            int red = (palette[k] >> 16 & 255) - (colour >> 16 & 255);
            int green = (palette[k] >> 8 & 255) - (colour >> 8 & 255);
            int blue = (palette[k] & 255) - (colour & 255);
            int distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }
}
