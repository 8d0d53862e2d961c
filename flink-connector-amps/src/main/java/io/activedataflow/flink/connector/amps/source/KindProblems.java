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
import org.apache.flink.configuration.ConfigOption;

import java.util.List;

/**
 * Collects what does not go together with the kind of a subscription.
 *
 * @param described the source
 * @param kind the kind in words, such as {@code a live subscription}
 * @param alternative the kinds that may be meant instead, or empty
 * @param problems takes a sentence with a remedy for each
 */
@Internal
record KindProblems(
        SourceDescription<?> described, String kind, String alternative, List<String> problems) {

    /**
     * Something does not go with this kind.
     *
     * @param what the beginning of the sentence
     * @param why what this kind is like, and what to do, without a stop
     */
    void add(String what, String why) {
        problems.add(
                what
                        + " does not go with "
                        + kind
                        + ", which "
                        + why
                        + (alternative.isEmpty() ? "" : ", or use " + alternative)
                        + '.');
    }

    /** An option of the source does not go with this kind, whatever its value. */
    void addIfSet(ConfigOption<?> option, String setter, String why) {
        if (described.options.contains(option)) {
            add("'" + option.key() + "'", why + ". Remove " + setter);
        }
    }

    /** Something that only other kinds have a use for. */
    void addMisplaced(boolean given, String setter, String kinds) {
        if (given) {
            problems.add(
                    setter + " is of no use with " + kind + ". Remove it, or use " + kinds + '.');
        }
    }
}
