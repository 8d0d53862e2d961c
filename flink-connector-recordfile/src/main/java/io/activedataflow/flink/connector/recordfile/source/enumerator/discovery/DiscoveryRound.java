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

import java.util.List;
import java.util.Map;

/**
 * What one listing means.
 *
 * @param toRead files to read, in order; with those of {@code late} and {@code changed} that the
 *     policies want read
 * @param late files that are found to have turned up too late, whether they are read, now or when
 *     they are complete, or not at all
 * @param changed files that were handed out before and have another content now, whether they are
 *     read anew or not: what was not read of the old content can no longer be
 * @param renamed files, under their new names, that were handed out under others, by the hashes of
 *     the paths they had; whoever still has all of one reads it under its new name
 * @param listed how many files the listing had, after the filters
 * @param incomplete files that are wanted and not complete yet
 * @param settling whether some of these are new or have changed since the listing before, so that
 *     the next look at them is worth having soon
 * @param overLimit how many are wanted and complete, and wait for the next round
 * @param unaccounted in the first round after a restore: how many more old files there are, at
 *     least, than when the checkpoint was made; these have turned up meanwhile and are not read
 */
@Internal
public record DiscoveryRound(
        List<ListedFile> toRead,
        List<ListedFile> late,
        List<ListedFile> changed,
        Map<PathHash, ListedFile> renamed,
        int listed,
        List<ListedFile> incomplete,
        boolean settling,
        int overLimit,
        long unaccounted) {

    public DiscoveryRound {
        toRead = List.copyOf(toRead);
        late = List.copyOf(late);
        changed = List.copyOf(changed);
        renamed = Map.copyOf(renamed);
        incomplete = List.copyOf(incomplete);
    }

    /**
     * Whether there are files that a later round may hand out. A bounded run goes on until there
     * are none over the limit, and gives those that are incomplete as long as their conditions
     * take, then it leaves them out: see {@link
     * io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness}.
     */
    public boolean hasWaiting() {
        return !incomplete.isEmpty() || overLimit > 0;
    }

    /** How large the files are together that are to be read. */
    public long bytesToRead() {
        return toRead.stream().mapToLong(ListedFile::size).sum();
    }

    /** Whether files have come, also if they are not complete yet. */
    boolean hasNews() {
        return !toRead.isEmpty() || settling;
    }
}
