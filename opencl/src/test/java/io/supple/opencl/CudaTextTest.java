// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of the kernels is CUDA C++ too: a second compiler, stricter in other places than the first. */
class CudaTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"compute_75", "compute_80", "compute_90"})
    void theKernelsCompileToPtx(String architecture) {
        String path = System.getProperty("supple.nvrtc", "");
        if (path.isEmpty() || !Files.exists(Path.of(path))) {
            TestDevice.absent("NVRTC, -Dsupple.nvrtc=.../libnvrtc.so.12 (PyPI: nvidia-cuda-nvrtc-cu12)");
        }
        for (int group : new int[] {32, 64, 128}) {
            String text = KernelText.of(group, OpenClDevice.LONGEST);
            String ptx = new Nvrtc(path).ptx(text, architecture);
            Matcher kernel = Pattern.compile("KERNEL (\\w+)\\(").matcher(text);
            int kernels = 0;
            while (kernel.find()) {
                assertThat(ptx).contains(".entry " + kernel.group(1) + "(");
                kernels++;
            }
            assertThat(kernels).isGreaterThanOrEqualTo(12);
        }
    }
}
