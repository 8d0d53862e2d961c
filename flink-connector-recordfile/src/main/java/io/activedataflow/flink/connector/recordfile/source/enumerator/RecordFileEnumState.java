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

import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import java.util.List;
import java.util.Map;

/**
 * What the enumerator keeps in a checkpoint. Who has which split is not part of it: after a restore
 * the readers tell what they go on with.
 *
 * @param allFound whether all files of a bounded source have been found
 * @param discovery what has been found
 * @param waiting the splits that no reader has, those that are next first
 * @param openKeys the keys of the splits with a key that readers have not reported as finished, by
 *     the ID of the split
 * @param scans the files that are looked at before they are cut, with the answers so far
 */
@Internal
public record RecordFileEnumState(
        boolean allFound,
        DiscoveryState discovery,
        List<RecordFileSplit> waiting,
        Map<String, String> openKeys,
        List<FileScan> scans) {

    public RecordFileEnumState {
        waiting = List.copyOf(waiting);
        openKeys = Map.copyOf(openKeys);
        scans = List.copyOf(scans);
    }
}
