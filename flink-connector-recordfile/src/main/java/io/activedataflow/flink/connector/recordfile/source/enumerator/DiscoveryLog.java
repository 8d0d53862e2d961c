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

import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryRound;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** Says once for each round what it has found that a user should know of. */
@Internal
final class DiscoveryLog {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryLog.class);

    private final RecordFileEnumeratorSettings settings;

    DiscoveryLog(RecordFileEnumeratorSettings settings) {
        this.settings = settings;
    }

    void starting(boolean restored) {
        LOG.info(
                "{} the {} source of {}, {}.",
                restored ? "Restored" : "Starting",
                settings.bounded() ? "bounded" : "continuous",
                settings.discovery().selection(),
                settings.distribution());
    }

    /**
     * @param dropped what waited of files that have changed
     */
    void round(DiscoveryRound round, List<RecordFileSplit> dropped) {
        LOG.debug("Found {}.", round);
        if (!round.late().isEmpty()) {
            LOG.warn(
                    "{} files have turned up late, such as {}. Policy: {}.",
                    round.late().size(),
                    describe(round.late().get(0)),
                    settings.discovery().late());
        }
        if (!round.changed().isEmpty()) {
            LOG.warn(
                    "{} files have another content than when they were found, such as {}. Policy:"
                            + " {}. {} splits of the old content had not been handed out, and are"
                            + " dropped.",
                    round.changed().size(),
                    describe(round.changed().get(0)),
                    settings.discovery().changed(),
                    dropped.size());
        }
        if (round.unaccounted() > 0) {
            LOG.warn(
                    "At least {} old files of {} have turned up while the job was not running. They"
                            + " are not read. To read such files, raise the tolerance of the"
                            + " discovery mode, or use the full one.",
                    round.unaccounted(),
                    settings.discovery().selection());
        }
    }

    private static String describe(ListedFile file) {
        return file.path() + " with " + file.identity();
    }
}
