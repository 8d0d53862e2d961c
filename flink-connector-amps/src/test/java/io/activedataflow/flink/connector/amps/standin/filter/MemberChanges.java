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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Compares two bodies member by member.
 *
 * @param always the names of the members that count as changed
 * @param json whether the values are JSON, so that they may have members themselves
 */
record MemberChanges(Set<String> always, boolean json) {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    Map<String, byte[]> between(Map<String, byte[]> before, Map<String, byte[]> after) {
        Map<String, byte[]> changes = new LinkedHashMap<>();
        after.forEach(
                (name, value) -> {
                    byte[] old = before.get(name);
                    if (always.contains(name) || old == null) {
                        changes.put(name, value);
                    } else if (!Arrays.equals(old, value)) {
                        changes.put(name, between(old, value));
                    }
                });
        before.forEach(
                (name, value) -> {
                    if (!after.containsKey(name)) {
                        changes.put(name, json ? NULL : new byte[0]);
                    }
                });
        return changes;
    }

    private byte[] between(byte[] before, byte[] after) {
        Map<String, byte[]> old = json ? JsonMembers.of(before) : null;
        Map<String, byte[]> changed = json ? JsonMembers.of(after) : null;
        return old == null || changed == null
                ? after
                : JsonMembers.write(new MemberChanges(Set.of(), true).between(old, changed));
    }
}
