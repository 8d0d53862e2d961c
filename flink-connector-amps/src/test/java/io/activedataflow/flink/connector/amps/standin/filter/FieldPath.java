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
import java.util.ArrayList;
import java.util.List;

/**
 * A field of the body, for example {@code /order/legs[0]/price}. In JSON a name steps into an
 * object, and into each object of an array; an index picks one element of an array. In FIX and
 * NVFIX a field has one name. A body that is not what its message type says has no fields: each is
 * NULL.
 */
record FieldPath(List<Step> steps) implements Expression {

    /** One part of a path: a name, in bytes of UTF-8, or an index if the name is null. */
    record Step(byte[] name, int index) {}

    FieldPath {
        steps = List.copyOf(steps);
    }

    /** The path of nested fields with the given names. */
    static FieldPath ofNames(String... names) {
        List<Step> steps = new ArrayList<>();
        for (String name : names) {
            steps.add(new Step(name.getBytes(StandardCharsets.UTF_8), -1));
        }
        return new FieldPath(steps);
    }

    /** Whether the fields of a body of the message type are known here. */
    static boolean supports(String messageType) {
        return switch (messageType) {
            case "json", "nvfix", "fix" -> true;
            default -> false;
        };
    }

    @Override
    public Object value(FilterSubject subject) {
        return Values.first(operand(subject));
    }

    @Override
    public Object operand(FilterSubject subject) {
        return switch (subject.messageType()) {
            case "json" -> JsonFields.find(subject.body(), steps);
            case "nvfix", "fix" ->
                    steps.size() == 1
                            ? TaggedFields.find(subject.body(), steps.get(0).name())
                            : null;
            default -> null;
        };
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
