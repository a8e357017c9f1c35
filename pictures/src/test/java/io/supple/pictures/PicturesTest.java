// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The program draws what docs/pictures/README.md shows, and the committed pictures are those. */
class PicturesTest {

    private static final Path DRAWN = Path.of("target", "pictures");
    private static final Path COMMITTED = Path.of("..", "docs", "pictures");
    private static final Pattern IMAGE = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)");
    private static final long LARGEST = 64 * 1024;

    private static List<Sheet> sheets;

    @BeforeAll
    static void draw() throws IOException {
        if (!letters()) return;
        sheets = Pictures.all();
        for (Sheet sheet : sheets) sheet.write(DRAWN);
    }

    /** Bare machines have a JDK but no fonts, and Java then draws no letters. */
    private static boolean letters() {
        try {
            return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0;
        } catch (RuntimeException | LinkageError | InternalError noFonts) {
            return false;
        }
    }

    private static List<Sheet> sheets() {
        assumeTrue(sheets != null, "this machine has no fonts");
        return sheets;
    }

    private static List<String> shown() throws IOException {
        return IMAGE.matcher(Files.readString(COMMITTED.resolve("README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".png"))
                    .toList();
        }
    }

    @Test
    void committedPicturesAreThoseShown() throws IOException {
        assertThat(shown()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(images(COMMITTED)).containsExactlyInAnyOrderElementsOf(shown());
        for (String name : shown()) {
            BufferedImage image = read(COMMITTED.resolve(name));
            assertThat(image.getWidth()).as(name).isEqualTo(Sheet.WIDTH);
            assertThat(Files.size(COMMITTED.resolve(name))).as(name).isLessThan(LARGEST);
        }
    }

    @Test
    void picturesDrawnAreThoseShown() throws IOException {
        assertThat(sheets().stream().map(Sheet::file)).containsExactlyInAnyOrderElementsOf(shown());
        for (Sheet sheet : sheets()) {
            BufferedImage drawn = read(DRAWN.resolve(sheet.file()));
            BufferedImage committed = read(COMMITTED.resolve(sheet.file()));
            assertThat(drawn.getWidth()).as(sheet.file()).isEqualTo(Sheet.WIDTH);
            assertThat(drawn.getHeight())
                    .as(sheet.file())
                    .isEqualTo(sheet.height())
                    .isEqualTo(committed.getHeight());
            assertThat(Files.size(DRAWN.resolve(sheet.file()))).as(sheet.file()).isLessThan(LARGEST);
        }
    }

    private static BufferedImage read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image).as(file.toString()).isNotNull();
        return image;
    }

    /** Paper is white at the edge, and something is drawn in colour on every quarter of it. */
    @Test
    void picturesAreDrawnOn() throws IOException {
        for (Sheet sheet : sheets()) {
            BufferedImage image = read(DRAWN.resolve(sheet.file()));
            int width = image.getWidth() / 2;
            int height = image.getHeight() / 2;
            for (int quarter = 0; quarter < 4; quarter++) {
                int left = quarter % 2 * width;
                int top = quarter / 2 * height;
                assertThat(coloured(image.getRGB(left, top, width, height, null, 0, width)))
                        .as(sheet.file() + ", quarter " + quarter)
                        .isGreaterThan(200);
            }
            for (int y = 0; y < image.getHeight(); y++) {
                assertThat(image.getRGB(0, y)).as(sheet.file() + ", left edge").isEqualTo(0xFFFFFFFF);
            }
        }
    }

    private static int coloured(int[] pixels) {
        int count = 0;
        for (int pixel : pixels) {
            int red = pixel >> 16 & 255;
            int blue = pixel & 255;
            if (Math.abs(red - blue) > 40) count++;
        }
        return count;
    }

    @Test
    void theSameIsDrawnTwice() throws IOException {
        List<Sheet> first = sheets();
        Path again = Path.of("target", "pictures-again");
        Pictures.main(new String[] {again.toString()});
        for (Sheet sheet : first) {
            assertThat(again.resolve(sheet.file())).hasSameBinaryContentAs(DRAWN.resolve(sheet.file()));
        }
    }
}
