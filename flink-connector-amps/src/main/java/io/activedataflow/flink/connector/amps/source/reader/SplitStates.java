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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;

import org.apache.flink.annotation.Internal;

import java.util.HashMap;
import java.util.Map;

/**
 * The states of the splits of a reader, where changes that no message makes can reach them. Task
 * thread only.
 */
@Internal
final class SplitStates {

    private final Map<String, AmpsSplitState> states = new HashMap<>();

    void put(String splitId, AmpsSplitState state) {
        states.put(splitId, state);
    }

    void remove(String splitId) {
        states.remove(splitId);
    }

    /** All of them, by split ID. */
    Map<String, AmpsSplitState> all() {
        return states;
    }

    /** Changes a state; a split that has ended meanwhile has none. */
    void apply(String splitId, SplitUpdate update) {
        AmpsSplitState state = states.get(splitId);
        if (state != null) {
            update.applyTo(state);
        }
    }
}
