/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.redis.source.reader;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;

import javax.annotation.Nullable;

/**
 * Marks a reader without splits idle, so that it does not hold back the watermark of the job, and
 * active again when it gets one. Idle only by the enumerator's word: a reader that merely waits for
 * its first splits is about to emit records that the watermark must not overtake. Task thread only.
 */
@Internal
final class ReaderIdleness {

    private static final String NO_SPLIT = "no split";

    private @Nullable ReaderOutput<?> output;
    private boolean idle;

    /** Takes note of where to emit; the output of a reader stays the same. */
    void outputIs(ReaderOutput<?> readerOutput) {
        if (output == null) {
            output = readerOutput;
            if (idle) {
                markIdle(output);
            }
        }
    }

    void nothingToRead() {
        if (!idle) {
            idle = true;
            if (output != null) {
                markIdle(output);
            }
        }
    }

    void somethingToRead() {
        if (idle) {
            idle = false;
            if (output != null) {
                output.markActive();
            }
        }
    }

    /** To Flink, splits are as active as the last that has ended until there is one that is not. */
    private static void markIdle(ReaderOutput<?> output) {
        output.createOutputForSplit(NO_SPLIT).markIdle();
        output.releaseOutputForSplit(NO_SPLIT);
        output.markIdle();
    }
}
