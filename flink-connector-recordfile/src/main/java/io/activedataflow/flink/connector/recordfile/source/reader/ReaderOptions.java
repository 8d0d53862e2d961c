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

import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a reader needs to know besides its splits and its format.
 *
 * @param continuous whether new files are looked for until the job ends
 * @param changed what to do with files that are not the ones that were found
 * @param batchBytes how many bytes of records are handed over at once, about
 * @param prefetchedSplits how many splits are asked for ahead of the one that is being read
 * @param overrides positions put in place of those in the state
 */
@Internal
public record ReaderOptions(
        boolean continuous,
        RecordFileChangePolicy changed,
        int batchBytes,
        int prefetchedSplits,
        PositionOverrides overrides)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public ReaderOptions {
        Objects.requireNonNull(changed, "changed");
        Objects.requireNonNull(overrides, "overrides");
        if (batchBytes < 1 || prefetchedSplits < 0) {
            throw new IllegalArgumentException(
                    "A reader cannot hand over batches of "
                            + batchBytes
                            + " bytes and ask for "
                            + prefetchedSplits
                            + " splits ahead. Give at least 1 byte and at least 0 splits.");
        }
    }
}
