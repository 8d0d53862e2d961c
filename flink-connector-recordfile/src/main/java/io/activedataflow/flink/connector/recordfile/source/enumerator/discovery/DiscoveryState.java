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

import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files have been handed out, as far as it is remembered. Immutable.
 *
 * <p>The bytes are a part of the enumerator's state, whose version covers them.
 */
@Internal
public final class DiscoveryState {

    private static final int NO_MODE = 0;

    /** Of a job that has not looked for files yet. */
    public static final DiscoveryState EMPTY = new DiscoveryState(Map.of(), List.of(), 0L);

    private final Map<String, RootState> roots;
    private final List<PathHash> waiting;
    private final long oldFiles;

    /**
     * @param roots by full path, all of one mode
     * @param waiting files that are older than the watermark of their root and have not been handed
     *     out yet
     * @param oldFiles how many files were listed that are older than the watermark of their root
     */
    DiscoveryState(Map<String, RootState> roots, List<PathHash> waiting, long oldFiles) {
        this.roots = new LinkedHashMap<>(roots);
        this.waiting = List.copyOf(waiting);
        this.oldFiles = oldFiles;
    }

    Map<String, RootState> roots() {
        return roots;
    }

    List<PathHash> waiting() {
        return waiting;
    }

    long oldFiles() {
        return oldFiles;
    }

    /** The mode that the state was written in, or 0 if nothing has been listed. */
    int mode() {
        return roots.values().stream().findFirst().map(RootState::mode).orElse(NO_MODE);
    }

    public void writeTo(StateWriter out) throws IOException {
        out.writeByte(mode());
        out.writeInt(roots.size());
        for (Map.Entry<String, RootState> root : roots.entrySet()) {
            out.writeText(root.getKey());
            root.getValue().writeTo(out);
        }
        out.writeInt(waiting.size());
        for (PathHash hash : waiting) {
            out.writeLong(hash.high());
            out.writeLong(hash.low());
        }
        out.writeLong(oldFiles);
    }

    /**
     * @throws IOException if the bytes cannot be what {@link #writeTo} has written
     */
    public static DiscoveryState readFrom(StateReader in) throws IOException {
        int mode = in.readByte();
        int count = in.readCount(2 * Integer.BYTES);
        if (mode == NO_MODE && count > 0) {
            throw in.corrupt(count + " roots without a discovery mode");
        }
        Map<String, RootState> roots = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (roots.put(in.readText(), RootState.readFrom(mode, in)) != null) {
                throw in.corrupt("the same root twice");
            }
        }
        int waitingCount = in.readCount(2 * Long.BYTES);
        List<PathHash> waiting = new ArrayList<>(waitingCount);
        for (int i = 0; i < waitingCount; i++) {
            waiting.add(new PathHash(in.readLong(), in.readLong()));
        }
        long oldFiles = in.readLong();
        if (oldFiles < 0) {
            throw in.corrupt(oldFiles + " old files");
        }
        return new DiscoveryState(roots, waiting, oldFiles);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiscoveryState that
                && roots.equals(that.roots)
                && waiting.equals(that.waiting)
                && oldFiles == that.oldFiles;
    }

    @Override
    public int hashCode() {
        return roots.hashCode();
    }

    @Override
    public String toString() {
        return "discovery state of "
                + roots.size()
                + " roots, "
                + waiting.size()
                + " files waiting";
    }
}
