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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.Internal;

import java.util.List;

/** What goes together with a bookmark replay. */
@Internal
final class ReplayRules {

    private ReplayRules() {}

    static void addProblems(SourceDescription<?> described, List<String> problems) {
        KindProblems replay = new KindProblems(described, "a bookmark replay", "", problems);
        SnapshotRules.addMisplaced(replay);
        QueueRules.addMisplaced(replay);
        SnapshotRules.addMisplacedUpdates(replay);
    }
}
