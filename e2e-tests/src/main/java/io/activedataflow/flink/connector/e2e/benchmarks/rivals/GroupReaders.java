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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;

/** Readers in a consumer group, which acknowledge what a completed checkpoint covers. */
public record GroupReaders<T>(
        StreamAddress address,
        String group,
        EntryConverter<T> converter,
        int count,
        int blockMillis)
        implements StreamReaders<T> {

    private static final long serialVersionUID = 1L;

    @Override
    public SourceReader<T, StreamSplit> create(SourceReaderContext context) {
        return new GroupReader<>(
                () -> new GroupSplitReader(address, group, count, blockMillis),
                converter,
                new Acknowledger(address, group),
                context);
    }
}
