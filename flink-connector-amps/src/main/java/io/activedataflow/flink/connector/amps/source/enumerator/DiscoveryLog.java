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

package io.activedataflow.flink.connector.amps.source.enumerator;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.TreeSet;

/** Says in the log what the discovery has brought. Coordinator thread. */
@Internal
final class DiscoveryLog {

    private static final Logger LOG = LoggerFactory.getLogger(AmpsSourceEnumerator.class);

    private final AmpsEnumeratorSettings settings;
    private boolean saidAll;

    DiscoveryLog(AmpsEnumeratorSettings settings) {
        this.settings = settings;
    }

    /**
     * A round has been entered.
     *
     * @param newSplits how many it has brought
     * @param knownIds all splits that are now known
     */
    void roundDone(int newSplits, Set<String> knownIds) {
        if (newSplits > 0) {
            LOG.info("Found {} new splits for {}.", newSplits, settings.selection());
        } else if (!saidAll && knownIds.isEmpty()) {
            if (settings.isBounded()) {
                LOG.warn(
                        "There is no topic for {}: the source ends without reading anything.",
                        settings.selection());
            } else {
                LOG.info(
                        "There is no topic for {} yet; looking again every {}.",
                        settings.selection(),
                        settings.discoveryInterval());
            }
        }
        splitsKnown(knownIds);
    }

    /** All splits of now are known. Complains once of positions given by hand for others. */
    void splitsKnown(Set<String> knownIds) {
        Set<String> strangers = new TreeSet<>(settings.positionOverrides().keySet());
        strangers.removeAll(knownIds);
        if (!saidAll && !strangers.isEmpty()) {
            LOG.warn(
                    "Positions are given by hand for splits that this source does not have: {}."
                            + " Its splits are {}.",
                    strangers,
                    new TreeSet<>(knownIds));
        }
        saidAll = true;
    }
}
