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

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bodies that only have what changes. Objects of JSON are merged member by member at any depth,
 * everything else is replaced; bodies of NVFIX and FIX are merged field by field.
 */
public final class BodyDelta {

    private BodyDelta() {}

    /**
     * What has changed.
     *
     * @param body the key fields and the changed ones; those that are gone are null, or empty in
     *     NVFIX and FIX
     * @param isEmpty whether only key fields are in it
     */
    public record Difference(byte[] body, boolean isEmpty) {}

    /** Whether bodies of the message type can be merged: json, nvfix and fix. */
    public static boolean supports(String messageType) {
        return FieldPath.supports(messageType);
    }

    /** Whether the body is an object of JSON; always true of another message type. */
    public static boolean isWellFormed(String messageType, byte[] body) {
        return !messageType.equals("json") || JsonMembers.of(body) != null;
    }

    /** The body with the changes; the changes alone if one of them is no object of JSON. */
    public static byte[] merge(String messageType, byte[] body, byte[] changes) {
        if (!messageType.equals("json")) {
            Map<String, byte[]> fields = TaggedFields.members(body);
            fields.putAll(TaggedFields.members(changes));
            return TaggedFields.write(fields);
        }
        Map<String, byte[]> members = JsonMembers.of(body);
        Map<String, byte[]> changed = JsonMembers.of(changes);
        if (members == null || changed == null) {
            return changes;
        }
        changed.forEach(
                (name, value) ->
                        members.merge(
                                name,
                                value,
                                (before, after) ->
                                        JsonMembers.of(before) == null
                                                ? after
                                                : merge(messageType, before, after)));
        return JsonMembers.write(members);
    }

    /** What must be merged into the one body to have the other. */
    public static Difference difference(
            String messageType, byte[] before, byte[] after, List<BodyField> keys) {
        boolean json = messageType.equals("json");
        Map<String, byte[]> old = json ? JsonMembers.of(before) : TaggedFields.members(before);
        Map<String, byte[]> changed = json ? JsonMembers.of(after) : TaggedFields.members(after);
        if (old == null || changed == null) {
            return new Difference(after, false);
        }
        Set<String> keyNames = new HashSet<>();
        keys.forEach(key -> keyNames.add(key.firstName()));
        MemberChanges changes = new MemberChanges(keyNames, json);
        Map<String, byte[]> difference = changes.between(old, changed);
        return new Difference(
                json ? JsonMembers.write(difference) : TaggedFields.write(difference),
                keyNames.containsAll(difference.keySet()));
    }
}
