// SPDX-License-Identifier: Apache-2.0
/** What a Java program sees through Spark Connect; runs in a JVM that has Spark's client and no Spark. */
package io.supple.spark.connect;
