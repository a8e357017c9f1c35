// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks: {@code java -jar benchmarks/target/benchmarks.jar}. Figures belong in docs/benchmarks.md, never in tests. */
package io.supple.benchmarks;
