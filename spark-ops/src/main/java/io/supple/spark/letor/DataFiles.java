// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/** The files of a read, in the order of their names, and how tasks share them. */
final class DataFiles {

    /** Ends of names of files that count the rows of queries, as LightGBM and XGBoost have them. */
    private static final List<String> COUNTS = List.of(".query", ".group");

    private final Configuration hadoop;
    private final LetorOptions options;
    private final List<FileStatus> data = new ArrayList<>();
    private final Set<Path> beside = new HashSet<>();

    /**
     * Lists files.
     *
     * @param paths files, folders and patterns
     * @throws IllegalArgumentException if one is not there, or a folder holds folders
     */
    DataFiles(Configuration hadoop, List<String> paths, LetorOptions options) {
        this.hadoop = hadoop;
        this.options = options;
        if (paths.isEmpty()) throw new IllegalArgumentException("letor: path must be given, got none; use load(path)");
        List<FileStatus> found = new ArrayList<>();
        try {
            for (String path : paths) list(path, found);
        } catch (IOException e) {
            throw new UncheckedIOException("letor: path cannot be listed: " + e.getMessage(), e);
        }
        Set<Path> all = new HashSet<>();
        for (FileStatus file : found) all.add(file.getPath());
        for (FileStatus file : found) {
            // of files that count, only those whose data are read too: another might be data of that name
            if (isBesideAny(file.getPath(), all)) beside.add(file.getPath());
            else data.add(file);
        }
        data.sort(Comparator.comparing(file -> file.getPath().toString()));
    }

    private void list(String given, List<FileStatus> found) throws IOException {
        Path pattern = new Path(given);
        FileSystem files = pattern.getFileSystem(hadoop);
        FileStatus[] matches = files.globStatus(pattern.makeQualified(files.getUri(), files.getWorkingDirectory()));
        if (matches == null || matches.length == 0) {
            throw new IllegalArgumentException(
                    "letor: path must be an existing file, folder or pattern, got '" + given + "'");
        }
        for (FileStatus match : matches) {
            if (match.isFile()) found.add(match);
            else folder(files, match.getPath(), found);
        }
    }

    private void folder(FileSystem files, Path folder, List<FileStatus> found) throws IOException {
        GlobFilter glob = options.glob() == null ? null : new GlobFilter(options.glob());
        for (FileStatus inside : files.listStatus(folder)) {
            String name = inside.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) continue; // hidden, as for Spark: _SUCCESS
            if (inside.isFile()) {
                if (glob == null || glob.accept(inside.getPath())) found.add(inside);
            } else if (options.recursive()) {
                folder(files, inside.getPath(), found);
            } else {
                throw new IllegalArgumentException("letor: path must be a folder of files, got '" + inside.getPath()
                        + "' inside; give option recursiveFileLookup = true, or a pattern");
            }
        }
    }

    private boolean isBesideAny(Path file, Set<Path> all) {
        for (String end : COUNTS) {
            String name = file.getName();
            if (!name.endsWith(end)) continue;
            String base = name.substring(0, name.length() - end.length());
            for (Path other : all) {
                if (other.getParent().equals(file.getParent())
                        && (other.getName().equals(base) || plain(other).equals(base))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The name without the end that says how it is compressed. */
    private String plain(Path file) {
        String name = file.getName();
        return SplitLines.isCompressed(hadoop, file) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /** The file that counts the rows of a file's queries, or null. */
    private Path counts(Path file) throws IOException {
        if (!options.groups()) return null;
        for (String name : List.of(file.getName(), plain(file))) {
            for (String end : COUNTS) {
                Path counts = new Path(file.getParent(), name + end);
                if (beside.contains(counts) || file.getFileSystem(hadoop).exists(counts)) return counts;
            }
        }
        return null;
    }

    /** Bytes of all files. */
    long bytes() {
        return data.stream().mapToLong(FileStatus::getLen).sum();
    }

    /** What changes when a file does. */
    List<String> stamp() {
        return data.stream()
                .map(file -> file.getPath() + ":" + file.getLen() + ":" + file.getModificationTime())
                .toList();
    }

    /**
     * Shares the files among tasks: of at most so many bytes each, unless a file cannot be split, because it is compressed or
     * its queries are counted beside it.
     *
     * @param most bytes of a task
     * @param open bytes that opening a file counts as
     * @param tasks how many there should be at least
     */
    FilePieces[] share(long most, long open, int tasks) {
        long total = data.stream().mapToLong(file -> file.getLen() + open).sum();
        long each = Math.max(1, Math.min(most, Math.max(open, total / Math.max(1, tasks))));
        List<FilePieces> shares = new ArrayList<>();
        List<FilePiece> pieces = new ArrayList<>();
        long filled = 0;
        for (FilePiece piece : pieces(each)) {
            if (!pieces.isEmpty() && filled + piece.length() > each) {
                shares.add(new FilePieces(List.copyOf(pieces)));
                pieces.clear();
                filled = 0;
            }
            pieces.add(piece);
            filled += piece.length() + open;
        }
        if (!pieces.isEmpty()) shares.add(new FilePieces(List.copyOf(pieces)));
        return shares.toArray(FilePieces[]::new);
    }

    private List<FilePiece> pieces(long each) {
        List<FilePiece> pieces = new ArrayList<>();
        try {
            for (FileStatus file : data) {
                Path counts = counts(file.getPath());
                long length = file.getLen();
                if (counts != null || SplitLines.isCompressed(hadoop, file.getPath())) {
                    pieces.add(new FilePiece(file.getPath(), 0, length, counts));
                    continue;
                }
                for (long start = 0; start < length; start += each) {
                    pieces.add(new FilePiece(file.getPath(), start, Math.min(each, length - start), null));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("letor: path cannot be listed: " + e.getMessage(), e);
        }
        return pieces;
    }
}
