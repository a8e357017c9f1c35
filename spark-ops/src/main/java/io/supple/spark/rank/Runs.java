// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** Rows that stand together and have one group, as lists; one list at a time is in memory. */
final class Runs implements Iterator<List<Row>> {

    private final Iterator<Row> rows;
    private final int group;
    private Row next;

    /**
     * Lists of rows.
     *
     * @param group index of the group among the columns
     */
    Runs(Iterator<Row> rows, int group) {
        this.rows = rows;
        this.group = group;
        next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public List<Row> next() {
        if (next == null) throw new NoSuchElementException();
        Object key = next.get(group);
        List<Row> run = new ArrayList<>();
        while (next != null && Objects.equals(next.get(group), key)) {
            run.add(next);
            next = rows.hasNext() ? rows.next() : null;
        }
        return run;
    }
}
