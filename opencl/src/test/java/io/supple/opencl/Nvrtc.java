// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** CUDA's compiler from text to PTX; needs neither a processor of that kind nor its driver. */
final class Nvrtc {

    private final NativeLibrary library;

    Nvrtc(String path) {
        library = NativeLibrary.getInstance(path);
    }

    private int code(String function, Object... arguments) {
        return library.getFunction(function).invokeInt(arguments);
    }

    /** PTX for an architecture; the compiler's words if it refuses the text. */
    String ptx(String text, String architecture) {
        PointerByReference program = new PointerByReference();
        must(code("nvrtcCreateProgram", program, text, "rows.cu", 0, null, null));
        try {
            String[] options = {"--gpu-architecture=" + architecture, "--fmad=false"};
            int refused = code("nvrtcCompileProgram", program.getValue(), options.length, new StringArray(options));
            if (refused != 0) {
                throw new AssertionError(read(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog"));
            }
            return read(program, "nvrtcGetPTXSize", "nvrtcGetPTX");
        } finally {
            code("nvrtcDestroyProgram", program);
        }
    }

    private String read(PointerByReference program, String size, String content) {
        LongByReference bytes = new LongByReference();
        must(code(size, program.getValue(), bytes));
        try (Memory memory = new Memory(Math.max(1, bytes.getValue()))) {
            must(code(content, program.getValue(), memory));
            return memory.getString(0);
        }
    }

    private static void must(int code) {
        if (code != 0) throw new AssertionError("NVRTC error " + code);
    }
}
