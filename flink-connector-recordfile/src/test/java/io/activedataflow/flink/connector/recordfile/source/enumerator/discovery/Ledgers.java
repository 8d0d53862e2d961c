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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.client.ExponentialBackoff;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Settings and listings for tests of the ledger; settings are changed in place. */
final class Ledgers {

    static final String ROOT = "test:/in";

    RecordFileSelection selection = RecordFileSelection.of(ROOT);
    RecordFileDiscoveryMode mode = RecordFileDiscoveryMode.watermark(Duration.ofMillis(100));
    RecordFileOrder order = RecordFileOrder.MODIFICATION_TIME;
    RecordFileCompleteness completeness = RecordFileCompleteness.atOnce();
    RecordFileLatePolicy late = RecordFileLatePolicy.READ;
    RecordFileChangePolicy changed = RecordFileChangePolicy.RESTART;
    boolean content;
    int maxFiles = Integer.MAX_VALUE;
    long maxBytes = Long.MAX_VALUE;
    Duration interval = Duration.ofSeconds(1);
    FileRetrySettings retries =
            new FileRetrySettings(
                    new ExponentialBackoff(Duration.ofMillis(200), Duration.ofSeconds(30), 0.5),
                    Duration.ofSeconds(60));

    FileDiscoverySettings settings() {
        return new FileDiscoverySettings(
                false,
                selection,
                mode,
                order,
                completeness,
                late,
                changed,
                content,
                maxFiles,
                maxBytes,
                interval,
                FileDiscoverySettings.DEFAULT_MAX_INTERVAL,
                retries);
    }

    DiscoveryLedger ledger() {
        return new DiscoveryLedger(settings(), DiscoveryState.EMPTY);
    }

    /** A ledger that goes on where another was at a checkpoint. */
    DiscoveryLedger restored(DiscoveryLedger ledger) throws IOException {
        return new DiscoveryLedger(settings(), state(bytes(ledger)));
    }

    static byte[] bytes(DiscoveryLedger ledger) throws IOException {
        StateWriter out = new StateWriter();
        ledger.snapshot().writeTo(out);
        return out.toByteArray();
    }

    static DiscoveryState state(byte[] bytes) throws IOException {
        StateReader in = new StateReader("discovery state", bytes);
        DiscoveryState state = DiscoveryState.readFrom(in);
        in.requireEnd();
        return state;
    }

    /** A file of ten bytes. */
    static ListedFile file(String name, long modificationTime) {
        return file(name, 10, modificationTime);
    }

    static ListedFile file(String name, long size, long modificationTime) {
        return ListedFile.of(new Path(ROOT + '/' + name), size, modificationTime);
    }

    static FileListing listing(ListedFile... files) {
        return listing(List.of(files));
    }

    static FileListing listing(List<ListedFile> files) {
        return new FileListing(files, Set.of(ROOT), Set.of());
    }

    static List<String> names(Collection<ListedFile> files) {
        return files.stream().map(file -> file.path().getName()).toList();
    }

    static List<String> read(DiscoveryRound round) {
        return names(round.toRead());
    }
}
