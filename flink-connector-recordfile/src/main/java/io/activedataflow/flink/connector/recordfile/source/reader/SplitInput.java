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

import javax.annotation.Nullable;

import java.io.Closeable;
import java.io.IOException;

/**
 * A split that is open for reading.
 *
 * @param <E> what a batch hands out
 */
@Internal
interface SplitInput<E> extends Closeable {

    /** Opens splits of one kind. Worker thread. */
    interface Opener<E> {

        /**
         * @throws IOException if the split cannot be read; {@link
         *     io.activedataflow.flink.connector.recordfile.client.FileChangedException} if its file
         *     is no longer the one that was found
         */
        SplitInput<E> open(RecordFileSplit split) throws IOException;
    }

    /** The split as it was opened: with the identity that its file has been found to have. */
    RecordFileSplit split();

    /** The next records, or null at the end of the split. Worker thread. */
    @Nullable
    SplitBatch<E> read() throws IOException;

    /** How many bytes of the split, as it is stored, have been read so far. Worker thread. */
    long bytesRead();

    /** Worker thread. */
    @Override
    void close() throws IOException;
}
