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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.OverriddenRange;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which positions given by hand could not be applied, or not to all that lies behind them.
 * What is in the state is known as soon as all readers have told what they have. Coordinator thread
 * only.
 */
@Internal
final class OverrideCheck {

    private static final Logger LOG = LoggerFactory.getLogger(OverrideCheck.class);

    private final PositionOverrides overrides;
    private final int parallelism;
    private final List<OverriddenRange> waiting;
    private final Map<Integer, List<OverriddenRange>> withReaders = new HashMap<>();
    private boolean done;

    private OverrideCheck(
            PositionOverrides overrides, int parallelism, List<OverriddenRange> waiting) {
        this.overrides = overrides;
        this.parallelism = parallelism;
        this.waiting = waiting;
    }

    /**
     * @param restored the state as it was found, or null for a new job
     */
    static OverrideCheck of(
            PositionOverrides overrides, int parallelism, @Nullable RecordFileEnumState restored) {
        List<RecordFileSplit> waiting = new ArrayList<>();
        if (restored != null) {
            waiting.addAll(restored.waiting());
            restored.scans().forEach(scan -> waiting.add(scan.whole()));
        }
        return new OverrideCheck(overrides, parallelism, OverriddenRange.among(waiting, overrides));
    }

    /** A reader has told what it was restored with. */
    void reported(int subtask, List<OverriddenRange> ranges) {
        if (done) {
            return;
        }
        withReaders.put(subtask, ranges);
        done = withReaders.size() >= parallelism;
        if (done) {
            overrides.positions().forEach(this::check);
            withReaders.clear();
        }
    }

    private void check(Path given, RecordFilePosition position) {
        List<OverriddenRange> ranges = new ArrayList<>();
        withReaders.values().forEach(of -> addThose(of, position, ranges));
        addThose(waiting, position, ranges);
        if (ranges.isEmpty()) {
            LOG.warn(
                    "The position {} given by hand for the file '{}' is not applied: nothing of"
                            + " that file is in the restored state. Either it has been read to its"
                            + " end, perhaps from this position on, or it has not been found yet"
                            + " and will be read from its beginning, or its path is written in"
                            + " another way in the logs. Leave it out of setPositionOverrides; to"
                            + " read the file once more, restore a savepoint from before its end.",
                    position,
                    given);
            return;
        }
        String missing = gaps(ranges, position.offset());
        if (ranges.stream().allMatch(OverriddenRange::applied) && !missing.isEmpty()) {
            LOG.warn(
                    "The position {} given by hand for the file '{}' is applied to those parts of"
                            + " the file only that are in the restored state. The bytes{} have been"
                            + " read before, and are not read again. To read them, restore a"
                            + " savepoint from before that.",
                    position,
                    given,
                    missing);
        }
    }

    private void addThose(
            List<OverriddenRange> from, RecordFilePosition position, List<OverriddenRange> to) {
        for (OverriddenRange range : from) {
            // The same object, as all is found in the same map.
            if (overrides.of(range.path()) == position) {
                to.add(range);
            }
        }
    }

    /** What lies behind an offset and in none of the ranges. */
    private static String gaps(List<OverriddenRange> ranges, long offset) {
        ranges.sort(Comparator.comparingLong(OverriddenRange::begin));
        StringBuilder gaps = new StringBuilder();
        long at = Math.max(0, offset);
        for (OverriddenRange range : ranges) {
            addGap(at, range.begin(), gaps);
            at = Math.max(at, range.end());
        }
        addGap(at, ranges.get(0).fileSize(), gaps);
        return gaps.toString();
    }

    private static void addGap(long from, long to, StringBuilder gaps) {
        if (from < to) {
            gaps.append(gaps.isEmpty() ? " " : ", ").append(from).append(" to ").append(to);
        }
    }
}
