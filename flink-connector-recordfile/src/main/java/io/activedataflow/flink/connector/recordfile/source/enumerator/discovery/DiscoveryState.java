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
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files have been handed out, as far as it is remembered. Immutable.
 *
 * <p>The bytes are a part of the enumerator's state, whose version covers them.
 */
@Internal
public final class DiscoveryState {

    static final int NO_MODE = 0;

    /** Of a job that has not looked for files yet. */
    public static final DiscoveryState EMPTY = new DiscoveryState(false, Map.of());

    private final boolean byContent;
    private final Map<String, RootState> roots;

    /**
     * @param byContent whether files were told apart by content rather than by size and time
     * @param roots by full path, all of one mode
     */
    DiscoveryState(boolean byContent, Map<String, RootState> roots) {
        this.byContent = byContent;
        this.roots = Collections.unmodifiableMap(new LinkedHashMap<>(roots));
    }

    boolean byContent() {
        return byContent;
    }

    Map<String, RootState> roots() {
        return roots;
    }

    /** The mode that the state was written in, or {@link #NO_MODE} if nothing has been listed. */
    int mode() {
        return roots.values().stream()
                .findFirst()
                .map(root -> root.horizon().mode())
                .orElse(NO_MODE);
    }

    /**
     * Those of these roots that have not been looked at, alone or below another one, as far as the
     * paths tell: a scheme or host that is left out is taken to be meant, and of relative paths
     * nothing is known.
     */
    public List<Path> newAmong(Collection<Path> selected) {
        Set<String> known = new HashSet<>();
        roots.keySet()
                .forEach(root -> known.add(RootMemories.withoutSlash(new Path(root).getPath())));
        return selected.stream()
                .filter(Path::isAbsolute)
                .filter(root -> RootMemories.nearest(root.getPath(), known) == null)
                .toList();
    }

    public void writeTo(StateWriter out) throws IOException {
        out.writeByte(mode());
        out.writeByte(byContent ? 1 : 0);
        out.writeInt(roots.size());
        for (Map.Entry<String, RootState> root : roots.entrySet()) {
            out.writeText(root.getKey());
            root.getValue().writeTo(out);
        }
    }

    /**
     * @throws IOException if the bytes cannot be what {@link #writeTo} has written
     */
    public static DiscoveryState readFrom(StateReader in) throws IOException {
        int mode = in.readByte();
        int byContent = in.readByte();
        if (byContent != 0 && byContent != 1) {
            throw in.corrupt("the flag " + byContent);
        }
        int count = in.readCount(2 * Integer.BYTES + Long.BYTES);
        if (mode == NO_MODE && count > 0) {
            throw in.corrupt(count + " roots without a discovery mode");
        }
        Map<String, RootState> roots = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (roots.put(in.readText(), RootState.readFrom(mode, in)) != null) {
                throw in.corrupt("the same root twice");
            }
        }
        return new DiscoveryState(byContent == 1, roots);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiscoveryState that
                && byContent == that.byContent
                && roots.equals(that.roots);
    }

    @Override
    public int hashCode() {
        return roots.hashCode();
    }

    @Override
    public String toString() {
        return "discovery state of " + roots.size() + " roots";
    }
}
