// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Iterator;
import scala.collection.Seq;

/** ML vectors in SQL, by functions of arrays; the sparse ones leave out each 0.0, but no -0.0. */
final class MlVectors {

    private static final String DENSE = "dense_vector";
    private static final String SPARSE = "sparse_vector";

    /** A list of doubles, none of which is NULL, and not an empty one. */
    private static final Pattern DOUBLES = Pattern.compile(
            "array\\((-?[0-9.E-]+D|double\\('[A-Za-z-]+'\\))(, (-?[0-9.E-]+D|double\\('[A-Za-z-]+'\\)))*\\)");

    private MlVectors() {}

    /** Makes the functions known to a session. */
    static void register(SparkSession session) {
        UDF1<Seq<Double>, Object> dense = list -> list == null ? null : Vectors.dense(numbers(list));
        UDF1<Seq<Double>, Object> sparse = list -> list == null ? null : sparse(numbers(list));
        session.udf().register(DENSE, dense, SQLDataTypes.VectorType());
        session.udf().register(SPARSE, sparse, SQLDataTypes.VectorType());
    }

    private static double[] numbers(Seq<Double> list) {
        double[] numbers = new double[list.size()];
        int next = 0;
        for (Iterator<Double> each = list.iterator(); each.hasNext(); ) numbers[next++] = each.next();
        return numbers;
    }

    private static Object sparse(double[] numbers) {
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) if (Double.doubleToRawLongBits(numbers[i]) != 0) at.add(i);
        int[] indices = at.stream().mapToInt(i -> i).toArray();
        return Vectors.sparse(
                numbers.length,
                indices,
                at.stream().mapToDouble(i -> numbers[i]).toArray());
    }

    /** Whether an argument may as well be a vector. */
    static boolean takes(Argument argument) {
        return argument != null && DOUBLES.matcher(argument.sql()).matches();
    }

    /** The same numbers as a vector: its text says whether dense or sparse. */
    static Argument of(Argument argument) {
        return argument.with(sql(argument.sql().hashCode() % 2 == 0, argument.sql()));
    }

    static String sql(boolean dense, String array) {
        return (dense ? DENSE : SPARSE) + "(" + array + ")";
    }
}
