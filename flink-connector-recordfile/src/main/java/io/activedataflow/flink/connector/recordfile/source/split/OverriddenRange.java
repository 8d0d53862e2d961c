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

package io.activedataflow.flink.connector.recordfile.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * A range that was found in the state, of a file for which a position is given by hand.
 *
 * @param path of the file
 * @param begin of the range, in bytes of the file as it is stored
 * @param end of the range, likewise
 * @param fileSize of the file
 * @param applied whether the position is applied now, and not known from an earlier time
 */
@Internal
public record OverriddenRange(Path path, long begin, long end, long fileSize, boolean applied)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The ranges among splits from the state, before {@link PositionOverrides#apply}. */
    public static List<OverriddenRange> among(
            Collection<RecordFileSplit> splits, PositionOverrides overrides) {
        return splits.stream()
                .filter(split -> split.kind() != RecordFileSplit.Kind.SCAN)
                .filter(split -> overrides.of(split.path()) != null)
                .map(
                        split ->
                                new OverriddenRange(
                                        split.path(),
                                        split.offset(),
                                        split.end(),
                                        split.identity().size(),
                                        overrides.isToBeApplied(split)))
                .toList();
    }
}
