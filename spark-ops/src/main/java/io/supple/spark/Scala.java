// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.util.Iterator;
import java.util.List;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The few Scala collections that Spark's interfaces ask for. */
final class Scala {

    private Scala() {}

    static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    static <T> List<T> list(scala.collection.Seq<T> seq) {
        return CollectionConverters.asJava(seq);
    }

    static <T> scala.collection.Iterator<T> iterator(Iterator<T> iterator) {
        return CollectionConverters.asScala(iterator);
    }

    static Map<String, String> map(java.util.Map<String, String> map) {
        return Map$.MODULE$.from(CollectionConverters.asScala(map));
    }
}
