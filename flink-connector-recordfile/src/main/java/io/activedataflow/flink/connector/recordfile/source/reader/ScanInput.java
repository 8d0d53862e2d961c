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
import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/**
 * A block of a file that is looked through for places to cut the file at. It has no records; what
 * comes of it is the outcome of the split.
 */
@Internal
final class ScanInput<E> implements SplitInput<E> {

    private final RecordFileSplit split;
    private final FileAccess files;
    private final ReadControl control;
    private final BlockScan scan;
    private final SplitOutcome.Board outcomes;
    private boolean scanned;

    private ScanInput(
            RecordFileSplit split,
            FileAccess files,
            ReadControl control,
            BlockScan scan,
            SplitOutcome.Board outcomes) {
        this.split = split;
        this.files = files;
        this.control = control;
        this.scan = scan;
        this.outcomes = outcomes;
    }

    /** Opens scan splits so, and all others as the given opener does. */
    static <E> Opener<E> opener(
            FileAccess files,
            ReadControl control,
            BlockScan scan,
            SplitOutcome.Board outcomes,
            Opener<E> others) {
        return split ->
                split.kind() == RecordFileSplit.Kind.SCAN
                        ? new ScanInput<>(split, files, control, scan, outcomes)
                        : others.open(split);
    }

    @Override
    public RecordFileSplit split() {
        return split;
    }

    @Override
    public SplitBatch<E> read() throws IOException {
        ScannedBlockEvent event;
        try (FileInput file = files.open(split.path(), split.identity(), control)) {
            event = scan.scan(split, file);
        } catch (FileChangedException e) {
            // What is to be done about it is decided when the file is read.
            event = ScannedBlockEvent.notSplittable(split.splitId(), e.getMessage());
        }
        outcomes.put(split.splitId(), new SplitOutcome.Scanned(event));
        scanned = true;
        return null;
    }

    @Override
    public long bytesRead() {
        return scanned ? split.length() : 0;
    }

    @Override
    public void close() {}
}
