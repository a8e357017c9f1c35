// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.RankingLoss;
import io.supple.ScoredLists;
import io.supple.device.Devices;
import io.supple.device.RowSession;
import io.supple.spark.DeviceCalls;
import io.supple.spark.TaskSession;
import java.io.Serializable;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the soft ranks of losses are computed.
 *
 * @param name as devices are found by it
 * @param batch how many scores are computed at once
 */
record RankDevice(String name, int batch) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(SoftRanker.class);

    /** What a ranker, or else the session, asks for. */
    static RankDevice of(SoftRanker ranker, SparkSession session) {
        String name = ranker.deviceIn(session);
        return new RankDevice(name, name.equals(Devices.CPU) ? 1 : DeviceCalls.batch(session));
    }

    private boolean serves(RankingLoss loss) {
        return !name.equals(Devices.CPU) && ScoredLists.takes(loss);
    }

    /** The running task's session for a loss; null where the JVM computes it list by list. */
    RowSession session(RankingLoss loss) {
        return serves(loss) ? TaskSession.of("SoftRanker", name) : null;
    }

    /** Says so where a device is asked for and a loss has nothing for it. */
    void tell(RankingLoss loss) {
        if (name.equals(Devices.CPU) || serves(loss)) return;
        LOG.info(
                "{} is computed by the CPU, not on device {}: devices compute ranks by pairwise, softsort,"
                        + " fast_soft_sort and sorting_network, for approxNDCG and softSpearman",
                loss,
                name);
    }
}
