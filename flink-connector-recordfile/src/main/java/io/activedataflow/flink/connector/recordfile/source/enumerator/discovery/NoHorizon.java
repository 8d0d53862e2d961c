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

/** There is no line: every file that is there is remembered. */
@Internal
final class NoHorizon implements Horizon {

    private final long forgetAfterMillis;

    NoHorizon(long forgetAfterMillis) {
        this.forgetAfterMillis = forgetAfterMillis;
    }

    static NoHorizon restored(long forgetAfterMillis, HorizonState.All state, FileTable files) {
        FileEntries entries = state.files();
        for (int i = 0; i < entries.size(); i++) {
            files.put(entries.hash(i), 0L, entries.content(i), entries.time(i));
        }
        return new NoHorizon(forgetAfterMillis);
    }

    @Override
    public boolean isBehind(ListedFile file) {
        return false;
    }

    @Override
    public boolean mayForget(FileTable files, int index) {
        return true;
    }

    @Override
    public long forgetAfterMillis() {
        return forgetAfterMillis;
    }

    @Override
    public void seen(ListedFile file, long nowMillis) {}

    @Override
    public void settled(ListedFile file) {}

    @Override
    public void forget(PathHash hash) {}

    @Override
    public void hold(ListedFile file) {}

    @Override
    public void advance() {}

    @Override
    public HorizonState snapshot(FileTable files) {
        FileEntries.Builder entries = new FileEntries.Builder();
        for (int i = 0; i < files.slots(); i++) {
            if (files.isUsed(i)) {
                entries.add(files.hash(i), files.listed(i), files.content(i));
            }
        }
        return new HorizonState.All(entries.build());
    }

    @Override
    public String toString() {
        return "all files";
    }
}
