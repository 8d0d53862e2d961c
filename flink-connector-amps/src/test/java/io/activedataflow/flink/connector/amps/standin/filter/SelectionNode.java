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

package io.activedataflow.flink.connector.amps.standin.filter;

import java.util.HashMap;
import java.util.Map;

/** A field in a selection, and the fields below it. Not changed once the selection is read. */
final class SelectionNode {

    private final Map<String, SelectionNode> children = new HashMap<>();

    /** Null if it is as the field above it. */
    private Boolean selected;

    SelectionNode childOrNew(String name) {
        return children.computeIfAbsent(name, unused -> new SelectionNode());
    }

    /** The field below with the name, or null if no entry concerns it. */
    SelectionNode child(String name) {
        return children.get(name);
    }

    boolean hasChildren() {
        return !children.isEmpty();
    }

    void decide(boolean selected) {
        this.selected = selected;
    }

    boolean isSelected(boolean above) {
        return selected == null ? above : selected;
    }
}
