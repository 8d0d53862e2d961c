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

/** The line is a modification time: the watermark. */
@Internal
final class TimeHorizon implements Horizon {

    private static final long NONE = Long.MIN_VALUE;

    private final long toleranceMillis;
    private long watermark;
    private long largest;
    private long held = Long.MAX_VALUE;

    TimeHorizon(long toleranceMillis) {
        this(toleranceMillis, NONE, NONE);
    }

    private TimeHorizon(long toleranceMillis, long watermark, long largest) {
        this.toleranceMillis = toleranceMillis;
        this.watermark = watermark;
        this.largest = largest;
    }

    static TimeHorizon restored(long toleranceMillis, HorizonState.ByTime state, FileTable files) {
        FileEntries entries = state.files();
        for (int i = 0; i < entries.size(); i++) {
            files.put(entries.hash(i), entries.time(i), entries.content(i), FileTable.NEVER);
        }
        return new TimeHorizon(toleranceMillis, state.watermark(), state.largest());
    }

    @Override
    public boolean isBehind(ListedFile file) {
        return file.modificationTime() < watermark;
    }

    @Override
    public boolean mayForget(FileTable files, int index) {
        return files.modified(index) < watermark;
    }

    @Override
    public long forgetAfterMillis() {
        return toleranceMillis;
    }

    @Override
    public void seen(ListedFile file, long nowMillis) {
        // One file with a time in the future would make all others late.
        if (file.modificationTime() <= nowMillis) {
            largest = Math.max(largest, file.modificationTime());
        }
    }

    @Override
    public void settled(ListedFile file) {}

    @Override
    public void forget(PathHash hash) {}

    @Override
    public void hold(ListedFile file) {
        if (!isBehind(file)) {
            held = Math.min(held, file.modificationTime());
        }
    }

    @Override
    public void advance() {
        if (largest >= NONE + toleranceMillis) {
            watermark = Math.max(watermark, Math.min(largest - toleranceMillis, held));
        }
        held = Long.MAX_VALUE;
    }

    @Override
    public HorizonState snapshot(FileTable files) {
        FileEntries.Builder entries = new FileEntries.Builder();
        for (int i = 0; i < files.slots(); i++) {
            if (files.isUsed(i) && !mayForget(files, i)) {
                entries.add(files.hash(i), files.modified(i), files.content(i));
            }
        }
        return new HorizonState.ByTime(watermark, largest, entries.build());
    }

    @Override
    public String toString() {
        return "watermark " + watermark;
    }
}
