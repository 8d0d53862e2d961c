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

import java.util.ArrayList;
import java.util.List;

/** Finds the values of one field in a JSON text. */
final class JsonFields {

    private final JsonCursor cursor;
    private final List<FieldPath.Step> steps;

    private boolean found;
    private Object first;

    /** All values, once there is a second one. */
    private List<Object> several;

    private JsonFields(byte[] body, List<FieldPath.Step> steps) {
        this.cursor = new JsonCursor(body);
        this.steps = steps;
    }

    /**
     * The value of the field, or the list of its values if an array is on the way or at the end. An
     * object is no value, an empty array is NULL. Of two members of one name the first one counts.
     */
    static Object find(byte[] body, List<FieldPath.Step> steps) {
        JsonFields fields = new JsonFields(body, steps);
        try {
            fields.walk(0);
            fields.cursor.end();
        } catch (MalformedBodyException e) {
            return null;
        }
        return fields.several == null ? fields.first : fields.several;
    }

    private void walk(int step) throws MalformedBodyException {
        boolean arrived = step == steps.size();
        int next = cursor.peek();
        if (next == '[') {
            array(step, !arrived && steps.get(step).name() == null);
        } else if (next == '{' && !arrived && steps.get(step).name() != null) {
            object(step);
        } else if (next != '{' && arrived) {
            add(cursor.scalar());
        } else {
            cursor.skip();
        }
    }

    private void object(int step) throws MalformedBodyException {
        byte[] name = steps.get(step).name();
        boolean seen = false;
        for (boolean more = cursor.enter('{'); more; more = cursor.another('{')) {
            cursor.name();
            if (!seen && cursor.nameIs(name)) {
                seen = true;
                walk(step + 1);
            } else {
                cursor.skip();
            }
        }
    }

    private void array(int step, boolean indexed) throws MalformedBodyException {
        int index = 0;
        for (boolean more = cursor.enter('['); more; more = cursor.another('[')) {
            if (!indexed) {
                walk(step);
            } else if (index == steps.get(step).index()) {
                walk(step + 1);
            } else {
                cursor.skip();
            }
            index++;
        }
    }

    private void add(Object value) {
        if (several != null) {
            several.add(value);
        } else if (found) {
            several = new ArrayList<>();
            several.add(first);
            several.add(value);
        } else {
            found = true;
            first = value;
        }
    }
}
