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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;

import javax.annotation.Nullable;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Closes outputs of splits of which no record comes, or none for now. Flink opens one for each
 * split as soon as a reader is given it, and until there has been a record from every open output
 * the reader has no watermark. A split that gets records after all is given an output again. Task
 * thread only.
 */
@Internal
final class SplitOutputs {

    private final Set<String> toRelease = new LinkedHashSet<>();
    private @Nullable ReaderOutput<?> output;

    /** Takes note of where to emit; the output of a reader stays the same. */
    void outputIs(ReaderOutput<?> readerOutput) {
        if (output == null) {
            output = readerOutput;
            release();
        }
    }

    /** Closes the outputs of these splits, which the reader was given just now. */
    void release(Collection<String> splitIds) {
        toRelease.addAll(splitIds);
        release();
    }

    private void release() {
        if (output != null) {
            toRelease.forEach(output::releaseOutputForSplit);
            toRelease.clear();
        }
    }
}
