// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * A range of bytes of a file.
 *
 * @param path the file
 * @param start first byte
 * @param length how many bytes
 * @param counts the file that counts the rows of its queries, or null
 */
record FilePiece(Path path, long start, long length, Path counts) implements Serializable {}
