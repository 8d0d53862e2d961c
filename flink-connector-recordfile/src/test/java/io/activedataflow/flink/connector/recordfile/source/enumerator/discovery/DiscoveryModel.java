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
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.SimulatedFiles.Version;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the modes promise, said with unlimited memory: which versions of files have been handed out
 * for good, where the line of the mode is, and which versions nobody can be blamed for.
 */
final class DiscoveryModel {

    private final RecordFileDiscoveryMode mode;

    private Set<Version> handedOut = new HashSet<>();
    private Set<Version> excused = new HashSet<>();
    private Map<String, Version> lastByName = new HashMap<>();
    private Set<String> pendingBehind = new HashSet<>();
    private Set<String> seenThisRun = new HashSet<>();
    private long watermark = Long.MIN_VALUE;
    private long largest = Long.MIN_VALUE;
    private String floor = "";
    private Set<String> buffer = new HashSet<>();
    private long oldFiles;
    private boolean restored;
    private int listingsToConfirm;

    /**
     * @param listingsToConfirm in how many listings of a new job no file can be complete
     */
    DiscoveryModel(RecordFileDiscoveryMode mode, int listingsToConfirm) {
        this.mode = mode;
        this.listingsToConfirm = listingsToConfirm;
    }

    /** What the model knows when a checkpoint is made, as the job knows it after a restore. */
    DiscoveryModel atCheckpoint() {
        DiscoveryModel copy = new DiscoveryModel(mode, listingsToConfirm);
        copy.handedOut = new HashSet<>(handedOut);
        copy.excused = new HashSet<>(excused);
        copy.lastByName = new HashMap<>(lastByName);
        copy.pendingBehind = new HashSet<>(pendingBehind);
        copy.watermark = watermark;
        copy.largest = largest;
        copy.floor = floor;
        copy.buffer = new HashSet<>(buffer);
        copy.oldFiles = oldFiles;
        copy.restored = true;
        return copy;
    }

    boolean isBehind(Version file) {
        if (mode instanceof RecordFileDiscoveryMode.Watermark) {
            return file.modificationTime() < watermark;
        }
        return mode instanceof RecordFileDiscoveryMode.Ordered && file.name().compareTo(floor) <= 0;
    }

    /** Checks a round, and takes note of it. */
    void check(List<Version> listed, DiscoveryRound round, long now) {
        Map<String, Version> byPath = new HashMap<>();
        listed.forEach(file -> byPath.put(SimulatedFiles.ROOT + '/' + file.name(), file));
        long behindNotHandedOut = 0;
        for (Version file : listed) {
            Version last = lastByName.get(file.name());
            boolean remembered = last != null && !isBehind(last);
            if (restored
                    && isBehind(file)
                    && !pendingBehind.contains(file.name())
                    && !(remembered && isRemembered(last))) {
                behindNotHandedOut++;
                excused.add(file);
            }
        }
        assertThat(round.unaccounted())
                .as("files that are not accounted for")
                .isEqualTo(restored ? Math.max(0, behindNotHandedOut - oldFiles) : 0);
        restored = false;

        for (ListedFile late : round.late()) {
            Version file = byPath.get(late.path().toString());
            assertThat(isBehind(file)).as("%s is late", file).isTrue();
        }
        for (ListedFile read : round.toRead()) {
            Version file = byPath.get(read.path().toString());
            assertThat(handedOut.add(file)).as("%s is handed out once", file).isTrue();
        }
        Set<String> pending = new HashSet<>();
        for (Version file : listed) {
            if (handedOut.contains(file) || excused.contains(file)) {
                lastByName.put(file.name(), file);
            } else {
                pending.add(file.name());
            }
            if (file.modificationTime() <= now) {
                largest = Math.max(largest, file.modificationTime());
            }
        }
        assertThat(pending)
                .as("what is not handed out waits")
                .hasSize(round.incomplete().size() + round.overLimit());
        moveLine(listed, pending, round);
        pendingBehind = new HashSet<>();
        oldFiles = 0;
        for (Version file : listed) {
            if (isBehind(file)) {
                if (pending.contains(file.name())) {
                    pendingBehind.add(file.name());
                } else {
                    oldFiles++;
                }
            }
        }
    }

    private void moveLine(List<Version> listed, Set<String> pending, DiscoveryRound round) {
        if (listingsToConfirm > 0) {
            listingsToConfirm--;
            return;
        }
        // What is over the limits holds the line. If something is, it is the same with files that
        // are incomplete in these tests, which never have both.
        List<Version> holding =
                round.overLimit() == 0
                        ? List.of()
                        : listed.stream()
                                .filter(file -> pending.contains(file.name()) && !isBehind(file))
                                .toList();
        if (mode instanceof RecordFileDiscoveryMode.Watermark byTime && largest > Long.MIN_VALUE) {
            long target = largest - byTime.tolerance().toMillis();
            for (Version file : holding) {
                target = Math.min(target, file.modificationTime());
            }
            watermark = Math.max(watermark, target);
        }
        if (mode instanceof RecordFileDiscoveryMode.Ordered byName) {
            for (Version file : listed) {
                if (!pending.contains(file.name()) && !isBehind(file)) {
                    buffer.add(file.name());
                }
            }
            List<String> names = new ArrayList<>(buffer);
            names.sort(null);
            while (names.size() > byName.lateBuffer()) {
                String first = names.remove(0);
                if (holding.stream().anyMatch(file -> file.name().compareTo(first) <= 0)) {
                    break;
                }
                buffer.remove(first);
                floor = first;
            }
        }
    }

    /** Whether a file of before must still be remembered by its path. */
    private boolean isRemembered(Version file) {
        return !(mode instanceof RecordFileDiscoveryMode.Ordered) || buffer.contains(file.name());
    }

    /** Nothing is lost: every version that exists was handed out, or could not be told. */
    void checkNothingLost(List<Version> listed) {
        assertThat(listed)
                .allSatisfy(
                        file ->
                                assertThat(handedOut.contains(file) || excused.contains(file))
                                        .as("%s is handed out", file)
                                        .isTrue());
    }

    /** How many files have to be in the state. */
    int remembered() {
        return (int)
                lastByName.values().stream()
                        .filter(file -> !isBehind(file) && isRemembered(file))
                        .count();
    }

    int waiting() {
        return pendingBehind.size();
    }
}
