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

import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkRuntimeException;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The memories of all roots. A file belongs to the nearest root above it. Roots of the state stay,
 * so that it is known what was read where the user has chosen wider roots since; a new root within
 * one of them shares its memory.
 */
@Internal
final class RootMemories {

    /** To tell files of roots that are nowhere to be found. */
    private static final String ANYWHERE = "";

    private final RecordFileDiscoveryMode mode;
    private final int listingsToConfirm;
    private final Map<String, RootMemory> byRoot = new LinkedHashMap<>();
    private final Set<String> restoredRoots = new HashSet<>();
    private Set<String> checkedRoots = Set.of();
    private String lastDirectory = ANYWHERE;
    @Nullable private RootMemory lastMemory;

    /**
     * @param listingsToConfirm see {@link RootMemory#create}
     */
    RootMemories(
            RecordFileDiscoveryMode mode,
            int listingsToConfirm,
            boolean byContent,
            DiscoveryState state) {
        this.mode = mode;
        this.listingsToConfirm = listingsToConfirm;
        requireSameMode(state.mode());
        boolean comparable = byContent == state.byContent();
        state.roots()
                .forEach(
                        (root, memory) -> {
                            byRoot.put(root, restored(memory, comparable));
                            restoredRoots.add(root);
                        });
    }

    Collection<RootMemory> all() {
        return byRoot.values();
    }

    Map<String, RootMemory> byRoot() {
        return byRoot;
    }

    /** Takes note of the roots that were looked at. */
    void addRoots(Set<String> roots) {
        if (roots.equals(checkedRoots)) {
            return;
        }
        for (String root : roots) {
            String key = withoutSlash(root);
            if (nearest(key, restoredRoots) == null) {
                byRoot.computeIfAbsent(
                        key, unused -> RootMemory.create(newHorizon(), listingsToConfirm));
            }
        }
        checkedRoots = roots;
        lastMemory = null;
    }

    /** The memory that a file belongs to. */
    RootMemory of(ListedFile file) {
        String path = file.pathText();
        String directory = withoutSlash(file.directory());
        if (byRoot.containsKey(path)) {
            return byRoot.get(path);
        }
        if (lastMemory == null || !directory.equals(lastDirectory)) {
            String root = nearest(directory, byRoot.keySet());
            lastMemory =
                    byRoot.computeIfAbsent(
                            root == null ? ANYWHERE : root,
                            unused -> RootMemory.create(newHorizon(), listingsToConfirm));
            lastDirectory = directory;
        }
        return lastMemory;
    }

    static String withoutSlash(String root) {
        int end = root.length();
        while (end > 0 && root.charAt(end - 1) == '/') {
            end--;
        }
        return root.substring(0, end);
    }

    /** The longest of the roots that is this path or above it. */
    @Nullable
    static String nearest(String path, Set<String> roots) {
        String at = path;
        while (!roots.contains(at)) {
            int slash = at.lastIndexOf('/');
            if (slash < 0) {
                return null;
            }
            at = withoutSlash(at.substring(0, slash));
        }
        return at;
    }

    private Horizon newHorizon() {
        if (mode instanceof RecordFileDiscoveryMode.Watermark watermark) {
            return new TimeHorizon(millis(watermark.tolerance()));
        }
        if (mode instanceof RecordFileDiscoveryMode.Ordered ordered) {
            return new NameHorizon(ordered.lateBuffer());
        }
        return new NoHorizon(forgetAfterMillis());
    }

    private RootMemory restored(RootState state, boolean comparable) {
        FileTable files = new FileTable();
        Horizon horizon;
        if (state.horizon() instanceof HorizonState.ByTime byTime) {
            long tolerance = millis(((RecordFileDiscoveryMode.Watermark) mode).tolerance());
            horizon = TimeHorizon.restored(tolerance, byTime, files);
        } else if (state.horizon() instanceof HorizonState.ByName byName) {
            int lateBuffer = ((RecordFileDiscoveryMode.Ordered) mode).lateBuffer();
            horizon = NameHorizon.restored(lateBuffer, byName, files);
        } else {
            HorizonState.All all = (HorizonState.All) state.horizon();
            horizon = NoHorizon.restored(forgetAfterMillis(), all, files);
        }
        if (!comparable) {
            files.forgetContents();
        }
        return RootMemory.restored(files, horizon, state);
    }

    private long forgetAfterMillis() {
        return millis(((RecordFileDiscoveryMode.Full) mode).forgetAfter());
    }

    /** Half of the range is for ever, too, and can be subtracted from a time. */
    private static long millis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(Long.MAX_VALUE / 2)) > 0
                ? Long.MAX_VALUE / 2
                : duration.toMillis();
    }

    private void requireSameMode(int found) {
        int wanted =
                mode instanceof RecordFileDiscoveryMode.Watermark
                        ? HorizonState.BY_TIME
                        : mode instanceof RecordFileDiscoveryMode.Ordered
                                ? HorizonState.BY_NAME
                                : HorizonState.ALL;
        if (found != DiscoveryState.NO_MODE && found != wanted) {
            throw new FlinkRuntimeException(
                    "The state remembers files "
                            + nameOf(found)
                            + ", and the job's discovery mode is "
                            + mode
                            + ". Which files were read cannot be told in another mode: set the one"
                            + " the state was written in, or start without state.");
        }
    }

    private static String nameOf(int mode) {
        return switch (mode) {
            case HorizonState.BY_TIME -> "in the mode watermark(...)";
            case HorizonState.BY_NAME -> "in the mode ordered(...)";
            default -> "in the mode full()";
        };
    }
}
