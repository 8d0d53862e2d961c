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

import io.activedataflow.flink.connector.recordfile.client.FileAccess;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

import java.io.Serializable;

/**
 * The two halves that a format brings to a reader.
 *
 * @param <E> what the one hands to the other
 * @param <T> the type of the elements
 */
@Internal
interface FormatBinding<E, T> extends Serializable {

    /** Opens the format for one reader. Task thread. */
    Bound<E, T> bind(SourceReaderContext context, RecordFileSourceReaderMetrics metrics)
            throws Exception;

    /** Whether reading may wait until a batch has been given back. */
    boolean waitsForBatches();

    /** A format that one reader uses. */
    interface Bound<E, T> {

        /** Opens splits, but for scan splits of formats that have none. */
        SplitInput.Opener<E> opener(
                FileAccess files, ReadControl control, SplitOutcome.Board outcomes);

        RecordEmitter<E, T, RecordFileSplitState> emitter();
    }
}
