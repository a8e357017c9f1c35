// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Small PNG files: the 128 most frequent colours, every other pixel the nearest of them. Drawings have few colours and
 * their blends with white, so that the eye finds no difference and the file is a third as long. No date is written.
 */
final class Png {

    private static final int COLOURS = 128;

    private Png() {}

    static void write(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0); // of lossless compression: 0 is the smallest file
        Files.deleteIfExists(file); // the stream would write over the beginning of a longer file
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            if (out == null) throw new IOException("cannot write " + file);
            writer.setOutput(out);
            writer.write(null, new IIOImage(indexed(image), null, null), param);
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage indexed(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) counts.merge(pixel, 1, Integer::sum);
        List<Integer> colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        int[] palette = colours.stream().mapToInt(Integer::intValue).toArray();
        Map<Integer, Integer> places = new HashMap<>();
        for (int colour : counts.keySet()) places.put(colour, nearest(palette, colour));
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        int[] indices = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) indices[i] = places.get(pixels[i]);
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
