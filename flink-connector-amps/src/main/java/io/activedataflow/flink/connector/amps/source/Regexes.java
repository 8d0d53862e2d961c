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
import java.util.regex.PatternSyntaxException;

/** What regular expressions for topics must be like. */
@Internal
final class Regexes {

    private Regexes() {}

    /**
     * Refuses what is no regular expression. The server's are PCRE, and Java's differ in rarities
     * only; what Java lets through and the server does not fails the job at its start.
     */
    static void require(String what, String regex) {
        if (regex == null || regex.isBlank()) {
            throw new IllegalArgumentException(
                    what
                            + " got "
                            + (regex == null ? "null" : "an empty text")
                            + ". Give a regular expression, for example 'orders-.*'.");
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    what
                            + " got '"
                            + regex
                            + "', which is not a regular expression: "
                            + e.getDescription()
                            + " near index "
                            + e.getIndex()
                            + ". For literal names use topics().",
                    e);
        }
    }
}
