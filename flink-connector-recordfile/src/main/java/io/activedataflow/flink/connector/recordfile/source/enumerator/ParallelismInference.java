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

import io.activedataflow.flink.connector.recordfile.MaskedText;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryRound;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscovery;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkRuntimeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * How many readers a bounded source can keep busy. Lists the files once, so it takes as long as
 * that; nothing is remembered.
 */
@Internal
public final class ParallelismInference {

    private static final Logger LOG = LoggerFactory.getLogger(ParallelismInference.class);

    private ParallelismInference() {}

    /**
     * As many as there are files, parts of files, of the largest size, and keys.
     *
     * @param upperBound what is returned at most, and if the files cannot be listed now
     * @return at least 1
     */
    public static int infer(RecordFileEnumeratorSettings settings, int upperBound) {
        FileDiscovery discovery =
                FileDiscovery.create(
                        settings.discoveryInRounds(),
                        settings.fileEnumerator(),
                        DiscoveryState.EMPTY,
                        upperBound);
        return infer(settings, discovery, upperBound);
    }

    static int infer(
            RecordFileEnumeratorSettings settings, FileDiscovery discovery, int upperBound) {
        try {
            DiscoveryRound round = discovery.apply(discovery.list(), System.currentTimeMillis());
            return Math.max(1, Math.min(parts(settings, round, upperBound), upperBound));
        } catch (IOException | FlinkRuntimeException e) {
            LOG.warn(
                    "Cannot tell how many readers {} can keep busy, because the files cannot be"
                            + " listed. Taking {}. {}",
                    settings.discovery().selection(),
                    upperBound,
                    MaskedText.of(e.toString()));
            return upperBound;
        }
    }

    private static int parts(
            RecordFileEnumeratorSettings settings, DiscoveryRound round, int upperBound) {
        SplitPlanner planner = settings.planner(upperBound);
        Set<String> keys = new HashSet<>();
        // Files that are not complete yet may be read by the same run, some time later.
        long parts = (long) round.incomplete().size() + round.overLimit();
        for (ListedFile file : round.toRead()) {
            if (parts + keys.size() >= upperBound) {
                break;
            }
            SplitPlanner.Plan plan = planner.planOfLargeParts(file, round.bytesToRead());
            String key =
                    plan.splits().stream()
                            .findFirst()
                            .map(RecordFileSplit::distributionKey)
                            .orElse("");
            if (key.isEmpty()) {
                parts += plan.parts();
            } else {
                keys.add(key);
            }
        }
        return (int) Math.min(parts + keys.size(), upperBound);
    }
}
