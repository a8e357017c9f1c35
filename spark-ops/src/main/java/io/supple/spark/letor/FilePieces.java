// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads, in the order of the files.
 *
 * @param pieces ranges of files
 */
record FilePieces(List<FilePiece> pieces) implements InputPartition {}
