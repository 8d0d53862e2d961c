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

import java.util.regex.Pattern;

/** The names of fields in the content of messages, by the AMPS user guide. */
@Internal
final class Fields {

    private static final Pattern PLAIN = Pattern.compile("(?:/@?\\w+(?:\\[\\d+])?)+");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[/[^\\[\\]\\p{Cntrl}]+]");

    private Fields() {}

    /** Returns the name if it is one, so that nothing else can slip into a filter. */
    static String require(String what, String field) {
        if (field == null || !(isPlain(field) || IN_BRACKETS.matcher(field).matches())) {
            throw new IllegalArgumentException(
                    what
                            + " got "
                            + (field == null ? "null" : "'" + field + "'")
                            + ", which does not name a field. Write /id, /customer/name, /items[0] or"
                            + " /Order/@id; a name with other characters in brackets: [/odd name].");
        }
        return field;
    }

    /** As {@link #require}, where there can be no brackets around a name. */
    static String requirePlain(String what, String field) {
        if (field == null || !isPlain(field)) {
            throw new IllegalArgumentException(
                    what
                            + " got "
                            + (field == null ? "null" : "'" + field + "'")
                            + ", which does not name a field. Write /id or /customer/name.");
        }
        return field;
    }

    private static boolean isPlain(String field) {
        return PLAIN.matcher(field).matches();
    }
}
