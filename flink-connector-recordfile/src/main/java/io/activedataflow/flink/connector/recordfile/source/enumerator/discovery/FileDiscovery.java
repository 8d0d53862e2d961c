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

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.util.FlinkRuntimeException;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Finds files and says which of them are to be read. {@link #list} does all I/O and belongs to the
 * enumerator's worker thread; everything else to the coordinator thread.
 */
@Internal
public final class FileDiscovery {

    FileDiscovery(FileDiscoverySettings settings, FileLister lister, DiscoveryState restored) {}

    /**
     * @param plugin an enumerator of Flink that lists the files, or null for the connector's own
     * @param restored {@link DiscoveryState#EMPTY} for a new job
     * @throws FlinkRuntimeException if the state was written in another discovery mode
     */
    public static FileDiscovery create(
            FileDiscoverySettings settings,
            @Nullable FileEnumerator.Provider plugin,
            DiscoveryState restored) {
        throw new UnsupportedOperationException();
    }

    /** Lists once, without any retry or wait. Worker thread; one call at a time. */
    public FileListing list() throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes note of a listing. What the round has to read counts as handed out from now on.
     *
     * @param nowMillis since the epoch
     * @throws FlinkRuntimeException if a file is late or has changed and the policy is to fail
     */
    public DiscoveryRound apply(FileListing listing, long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes note of a listing that has failed.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @return how long to wait before the next attempt, in milliseconds
     * @throws FlinkRuntimeException if trying again is of no use, or has been for too long
     */
    public long failed(Throwable error, long nanoTime) {
        throw new UnsupportedOperationException();
    }

    /** How long to wait between the last listing and the next one, in milliseconds. */
    public long delayMillis() {
        throw new UnsupportedOperationException();
    }

    /** How many listings have failed so far, since the start or restore. */
    public long listingErrors() {
        throw new UnsupportedOperationException();
    }

    /** What has to be in a checkpoint. */
    public DiscoveryState snapshot() {
        throw new UnsupportedOperationException();
    }
}
