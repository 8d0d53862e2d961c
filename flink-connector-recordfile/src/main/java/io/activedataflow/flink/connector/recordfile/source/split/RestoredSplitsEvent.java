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
import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * Tells the enumerator which splits a reader was restored with and goes on to read. Each reader
 * sends it once when it starts, also when there are none. Handling it twice is harmless.
 *
 * @param splitIds the IDs of the splits
 * @param overridden what was found of the files for which a position is given by hand
 */
@Internal
public record RestoredSplitsEvent(List<String> splitIds, List<OverriddenRange> overridden)
        implements SourceEvent {

    private static final long serialVersionUID = 1L;

    public RestoredSplitsEvent {
        splitIds = List.copyOf(splitIds);
        overridden = List.copyOf(overridden);
    }

    /** Without positions given by hand. */
    public RestoredSplitsEvent(List<String> splitIds) {
        this(splitIds, List.of());
    }

    @Override
    public String toString() {
        return "RestoredSplitsEvent{" + splitIds.size() + " splits}";
    }
}
