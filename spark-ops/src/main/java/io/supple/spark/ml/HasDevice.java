// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.spark.DeviceCalls;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.SparkSession;

/**
 * A stage that computes on a device where one is asked for. Spark finds Params by public methods without arguments, also
 * those of interfaces.
 *
 * @param <S> the stage's own class, which the setter returns
 */
public interface HasDevice<S> extends Params {

    /** Where it computes. */
    Param<String> device();

    /** Sets {@link #device()}. */
    @SuppressWarnings("unchecked")
    default S setDevice(String value) {
        set(device(), value);
        return (S) this;
    }

    /** The device that is asked for: by the Param, or else by the session. */
    default String deviceIn(SparkSession session) {
        return DeviceCalls.device(session, isSet(device()) ? getOrDefault(device()) : null);
    }

    /**
     * The Param, for the stage that owns it.
     *
     * @param what is computed there
     */
    static Param<String> declared(Params owner, String what) {
        return new Param<>(
                owner,
                "device",
                "where " + what
                        + " are computed: cpu; auto, an accelerator where an executor has one, else the CPU; or the"
                        + " name of a kind of device, such as opencl; by default what the setting " + DeviceCalls.DEVICE
                        + " says, else cpu");
    }
}
