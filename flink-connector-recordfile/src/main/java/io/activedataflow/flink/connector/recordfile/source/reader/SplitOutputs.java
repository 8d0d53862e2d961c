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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;

import javax.annotation.Nullable;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keeps splits that wait in a reader from holding back its watermark. Flink opens an output for
 * each split as soon as the reader has it, and until there is a record from every output there is
 * no watermark. Here, a split counts from its first batch on, as if the reader had not had it
 * before; one that was being read when a checkpoint was taken counts at once, because the watermark
 * must not overtake what is left of it. Task thread only.
 */
@Internal
final class SplitOutputs<T> {

    private static final String NO_SPLIT = "no split";

    private final Set<String> toRelease = new LinkedHashSet<>();
    private @Nullable ReaderOutput<T> output;

    /** Takes note of where to emit; the output of a reader stays the same. */
    void outputIs(ReaderOutput<T> readerOutput) {
        if (output == null) {
            output = readerOutput;
            release();
        }
    }

    /** The reader has new splits. */
    void added(Collection<RecordFileSplit> splits) {
        for (RecordFileSplit split : splits) {
            if (split.isUntouched()) {
                toRelease.add(split.splitId());
            }
        }
        release();
    }

    /** The reader will not read these splits. */
    void dropped(Collection<String> splitIds) {
        toRelease.addAll(splitIds);
        release();
    }

    private void release() {
        if (output != null) {
            toRelease.forEach(output::releaseOutputForSplit);
            toRelease.clear();
        }
    }

    /** To Flink, the splits are as active as the last that has ended until one is not. */
    void markIdle() {
        if (output != null) {
            output.createOutputForSplit(NO_SPLIT).markIdle();
            output.releaseOutputForSplit(NO_SPLIT);
        }
    }
}
