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

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The line is a path: the largest one that was pushed out of the buffer. */
@Internal
final class NameHorizon implements Horizon {

    private static final long FORGET_AFTER_MILLIS = Duration.ofHours(1).toMillis();

    private final int lateBuffer;
    private final NavigableMap<String, PathHash> buffer = new TreeMap<>();
    private final Map<PathHash, String> paths = new HashMap<>();
    @Nullable private String floor;
    @Nullable private String held;

    NameHorizon(int lateBuffer) {
        this.lateBuffer = lateBuffer;
    }

    static NameHorizon restored(int lateBuffer, HorizonState.ByName state, FileTable files) {
        NameHorizon horizon = new NameHorizon(lateBuffer);
        horizon.floor = state.floor();
        for (HorizonState.NamedFile file : state.files()) {
            PathHash hash = PathHash.of(file.path());
            files.put(hash, 0L, file.content(), FileTable.NEVER);
            horizon.remember(file.path(), hash);
        }
        return horizon;
    }

    private void remember(String path, PathHash hash) {
        buffer.put(path, hash);
        paths.put(hash, path);
    }

    @Override
    public boolean isBehind(ListedFile file) {
        return floor != null && file.pathText().compareTo(floor) <= 0;
    }

    @Override
    public boolean mayForget(FileTable files, int index) {
        return !paths.containsKey(files.hash(index));
    }

    @Override
    public long forgetAfterMillis() {
        return FORGET_AFTER_MILLIS;
    }

    @Override
    public void seen(ListedFile file, long nowMillis) {}

    @Override
    public void settled(ListedFile file) {
        if (!isBehind(file)) {
            remember(file.pathText(), file.hash());
        }
    }

    @Override
    public void forget(PathHash hash) {
        String path = paths.remove(hash);
        if (path != null) {
            buffer.remove(path);
        }
    }

    @Override
    public void hold(ListedFile file) {
        String path = file.pathText();
        if (!isBehind(file) && (held == null || path.compareTo(held) < 0)) {
            held = path;
        }
    }

    @Override
    public void advance() {
        while (buffer.size() > lateBuffer
                && (held == null || buffer.firstKey().compareTo(held) < 0)) {
            floor = buffer.firstKey();
            paths.remove(buffer.remove(floor));
        }
        held = null;
    }

    @Override
    public HorizonState snapshot(FileTable files) {
        List<HorizonState.NamedFile> remembered = new ArrayList<>(buffer.size());
        buffer.forEach(
                (path, hash) ->
                        remembered.add(
                                new HorizonState.NamedFile(path, files.content(files.find(hash)))));
        return new HorizonState.ByName(floor, remembered);
    }

    @Override
    public String toString() {
        return "last name " + floor;
    }
}
