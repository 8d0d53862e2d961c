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
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

import java.util.function.Supplier;

/**
 * Keeps the fetcher while it has no splits, as long as there may be more of them. Flink would end
 * it, and start another one for the next split, which is after almost every file where files are
 * small and few. One that is ended while another one fills the queue may wait for ever, and closing
 * the reader waits half a minute for it. Task thread.
 */
@Internal
final class LastingFetcherManager<E> extends SingleThreadFetcherManager<E, RecordFileSplit> {

    private boolean noMoreSplits;

    LastingFetcherManager(
            Supplier<SplitReader<E, RecordFileSplit>> splitReaders, Configuration configuration) {
        super(splitReaders, configuration);
    }

    /** Lets the fetcher end after its last split. */
    void notifyNoMoreSplits() {
        noMoreSplits = true;
    }

    @Override
    public boolean maybeShutdownFinishedFetchers() {
        return noMoreSplits && super.maybeShutdownFinishedFetchers();
    }
}
