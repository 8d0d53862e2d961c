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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How the source remembers which files it has handed out already, and so what its state costs and
 * which files it recognises.
 *
 * <p>In every mode a file is read once as long as it is remembered; a file that was found but not
 * handed out yet, because it is not complete or over the limits of the round, is never forgotten.
 */
@PublicEvolving
public sealed interface RecordFileDiscoveryMode extends Serializable {

    /** See {@link #watermark(Duration)}. */
    Duration DEFAULT_TOLERANCE = Duration.ofHours(1);

    /** See {@link #full(Duration)}. */
    Duration DEFAULT_FORGET_AFTER = Duration.ofDays(1);

    /** {@link #watermark(Duration)} with {@link #DEFAULT_TOLERANCE}. The default. */
    static RecordFileDiscoveryMode watermark() {
        return watermark(DEFAULT_TOLERANCE);
    }

    /**
     * Remembers files by modification time. The watermark of a root is the largest modification
     * time seen in it so far (not one in the future), less the tolerance. Files that are not older
     * than it are remembered one by one, older ones are taken to be handed out.
     *
     * <p>Guarantee: a file is read exactly once if it is first listed before the watermark has
     * passed its modification time, across any number of restores. A file that turns up later is
     * late, see {@link RecordFileLatePolicy}. A path that is written again when it is forgotten,
     * and is first listed so after a restore, is a new file.
     *
     * <p>State: at most 32 bytes for each file younger than the watermark, 16 for each older one
     * that waits for being complete, none for the others. On file systems that have no modification
     * times nothing is ever forgotten.
     *
     * @param tolerance how much later than a younger file an older one may turn up, at least zero;
     *     more than the time a writer takes from the last write to the moment the file gets its
     *     final name, plus the difference between the clocks of the writers
     */
    static RecordFileDiscoveryMode watermark(Duration tolerance) {
        return new Watermark(tolerance);
    }

    /**
     * Remembers the last name. For files whose names grow: the path of a new file comes after those
     * of all files before it, character by character, in each root by itself. {@code part-10} comes
     * before {@code part-9} in this order, so numbers need leading zeros.
     *
     * <p>Guarantee: a file is read exactly once if, when it is first listed, no more than {@code
     * lateBuffer} files with greater names have been handed out. A file that turns up later is
     * late, see {@link RecordFileLatePolicy}. Modification times play no part.
     *
     * <p>State: the last {@code lateBuffer} paths of each root and one more.
     *
     * @param lateBuffer at least 0
     */
    static RecordFileDiscoveryMode ordered(int lateBuffer) {
        return new Ordered(lateBuffer);
    }

    /** {@link #full(Duration)} with {@link #DEFAULT_FORGET_AFTER}. */
    static RecordFileDiscoveryMode full() {
        return full(DEFAULT_FORGET_AFTER);
    }

    /**
     * Remembers every file that is there.
     *
     * <p>Guarantee: a file is read exactly once, whatever its name and modification time; changes
     * are noticed as long as the file exists. No file is late.
     *
     * <p>State: 32 bytes for each file that exists, or has existed less than {@code forgetAfter}
     * ago. A million files cost 32 MB in every checkpoint; for directories that are cleaned up.
     *
     * @param forgetAfter how long a file has to be missing from the listings before it is
     *     forgotten, so that a file that is not listed for a moment is not read again; at least
     *     zero
     */
    static RecordFileDiscoveryMode full(Duration forgetAfter) {
        return new Full(forgetAfter);
    }

    /** See {@link RecordFileDiscoveryMode#watermark(Duration)}. */
    @Internal
    record Watermark(Duration tolerance) implements RecordFileDiscoveryMode {
        private static final long serialVersionUID = 1L;

        public Watermark {
            requireNotNegative("tolerance", tolerance);
        }

        @Override
        public String toString() {
            return "watermark with a tolerance of " + tolerance;
        }
    }

    /** See {@link RecordFileDiscoveryMode#ordered(int)}. */
    @Internal
    record Ordered(int lateBuffer) implements RecordFileDiscoveryMode {
        private static final long serialVersionUID = 1L;

        public Ordered {
            if (lateBuffer < 0) {
                throw new IllegalArgumentException(
                        "A late buffer of "
                                + lateBuffer
                                + " files is not possible. Give the number of files, at least 0.");
            }
        }

        @Override
        public String toString() {
            return "ordered with a late buffer of " + lateBuffer + " files";
        }
    }

    /** See {@link RecordFileDiscoveryMode#full(Duration)}. */
    @Internal
    record Full(Duration forgetAfter) implements RecordFileDiscoveryMode {
        private static final long serialVersionUID = 1L;

        public Full {
            requireNotNegative("time until a file is forgotten", forgetAfter);
        }

        @Override
        public String toString() {
            return "full, forgetting after " + forgetAfter;
        }
    }

    private static void requireNotNegative(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "A " + what + " of " + value + " is not possible. Give at least zero.");
        }
    }
}
